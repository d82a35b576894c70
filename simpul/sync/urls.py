"""Addresses for phones, and of the pages about them."""

from django.urls import path

from simpul.sync.views import api

app_name = "sync"
urlpatterns = [
    path("api/sync/hello", api.hello, name="hello"),
    path("api/sync/pair", api.pair, name="pair"),
    path("api/sync/events", api.events, name="events"),
    path("api/sync/photos/<str:sha256>", api.photo, name="photo"),
    path("api/sync/snapshot", api.snapshot, name="snapshot"),
    path("api/sync/leave", api.sign_out, name="leave"),
]
