"""Addresses of operations."""

from django.urls import path

from simpul.operations import views

app_name = "operations"
urlpatterns = [
    path("perpustakaan/<str:code>/impor/catatan-lama/", views.past, name="past"),
    path("perpustakaan/<str:code>/impor/catatan-lama/templat/<str:kind>.csv", views.template, name="past_template"),
]
