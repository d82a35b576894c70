"""Addresses of the app on the phone. All of it stands under /telepon/, the scope of its service worker."""

from django.urls import path

from simpul.pocket import views

app_name = "pocket"
urlpatterns = [
    path("telepon/", views.shell, name="shell"),
    path("telepon/manifest.webmanifest", views.manifest, name="manifest"),
    path("telepon/sw.js", views.service_worker, name="service_worker"),
]
