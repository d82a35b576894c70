"""Addresses of pages that cross domains."""

from django.urls import path

from simpul.web import views

app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
]
