"""Addresses for phones, and of the pages about them."""

from django.urls import path

from simpul.sync.views import api, pages, public

app_name = "sync"
HERE = "perpustakaan/<str:code>/telepon/"
urlpatterns = [
    path("api/sync/hello", api.hello, name="hello"),
    path("api/sync/pair", api.pair, name="pair"),
    path("api/sync/events", api.events, name="events"),
    path("api/sync/photos/<str:sha256>", api.photo, name="photo"),
    path("api/sync/snapshot", api.snapshot, name="snapshot"),
    path("api/sync/leave", api.sign_out, name="leave"),
    path(HERE, pages.phones, name="phones"),
    path(HERE + "catatan/", pages.records, name="records"),
    path(HERE + "catatan/<uuid:id>/catat/", pages.take, name="take"),
    path(HERE + "catatan/<uuid:id>/abaikan/", pages.ignore, name="ignore"),
    path(HERE + "catatan/<uuid:id>/beres/", pages.settle, name="settle"),
    path(HERE + "catatan/<uuid:id>/buka-lagi/", pages.reopen, name="reopen"),
    path(HERE + "berkas/", pages.hand_in_here, name="rescue"),
    path(HERE + "<uuid:id>/cabut/", pages.revoke, name="revoke"),
    path(HERE + "<uuid:id>/pulihkan/", pages.restore, name="restore"),
    path(HERE + "<uuid:id>/perpanjang/", pages.prolong, name="prolong"),
    path("telepon/terima/", public.receive_file, name="receive"),
    path("kota/telepon/", pages.city, name="city"),
]
