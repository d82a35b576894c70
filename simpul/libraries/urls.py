"""Addresses of libraries."""

from django.urls import URLPattern

app_name = "libraries"
urlpatterns: list[URLPattern] = []
