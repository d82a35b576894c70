"""Addresses of catalogue."""

from django.urls import URLPattern, path

from simpul.catalogue.views import public

app_name = "catalogue"
urlpatterns: list[URLPattern] = [
    path("katalog/", public.search_page, name="search"),
    path("katalog/<uuid:id>/", public.title, name="title"),
    path("katalog/<uuid:id>/marc/", public.marc, name="marc"),
]
