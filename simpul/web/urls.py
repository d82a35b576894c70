"""Addresses of pages that cross domains."""

from django.urls import path

from simpul.indicators.views import receipt
from simpul.web.views import public, records, shell, today

app_name = "web"
urlpatterns = [
    path("", public.start, name="start"),
    path("bantuan/", public.help_page, name="help"),
    path("privasi/", public.privacy, name="privacy"),
    path("hari-ini/", today.today, name="today"),
    path("perpustakaan/<str:code>/hari-ini/", today.library_today, name="library_today"),
    path("kota/", today.city_today, name="city_today"),
    path("angka/<str:name>/", receipt, name="figure"),
    path("perpustakaan/<str:code>/catatan/", records.library_journal, name="library_journal"),
    path("kota/catatan/", records.city_journal, name="city_journal"),
    path("perpustakaan/<str:code>/lainnya/", records.more, name="more"),
    path("kota/lainnya/", records.city_more, name="city_more"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("sw.js", shell.service_worker, name="service_worker"),
    path("luring/", shell.offline, name="offline"),
]
