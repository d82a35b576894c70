"""Addresses of standards, accreditation, NPP and the shelf of papers."""

from django.urls.resolvers import URLPattern

app_name = "standards"
urlpatterns: list[URLPattern] = []
