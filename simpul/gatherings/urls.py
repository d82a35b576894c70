"""Addresses of a registrant's own page."""

from django.urls import path

from simpul.gatherings import views

app_name = "gatherings"
urlpatterns = [
    path("tiket/<str:token>/", views.ticket, name="ticket"),
    path("tiket/<str:token>/mundur/", views.leave, name="leave"),
]
