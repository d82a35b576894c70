"""Addresses of the outbox: stopping e-mail, and the city's view."""

from django.urls import path

from simpul.messages import views

app_name = "outbox"
urlpatterns = [
    path("surel/berhenti/<str:token>/", views.stop, name="stop"),
    path("surel/lanjut/<str:token>/", views.resume, name="resume"),
    path("kota/surel/", views.city, name="city"),
]
