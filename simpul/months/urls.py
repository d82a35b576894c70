"""Addresses of months and of the city's calendar."""

from django.urls import path

from simpul.months.views import calendar, city, month, public, signing

HERE = "perpustakaan/<str:code>/bulan/"
ONE = HERE + "<str:month>/"

app_name = "months"
urlpatterns = [
    path(HERE, month.months, name="list"),
    path(ONE, month.one, name="month"),
    path(ONE + "periksa/", signing.prepare, name="prepare"),
    path(ONE + "tanda-tangan/", signing.sign, name="sign"),
    path(ONE + "penjelasan/", signing.answer, name="answer"),
    path(ONE + "penjelasan/<uuid:answer>/batal/", signing.answer_withdraw, name="answer_withdraw"),
    path(ONE + "catatan/", signing.told, name="told"),
    path(ONE + "perubahan/dibaca/", signing.seen, name="seen"),
    path(ONE + "pindaian/", signing.scan, name="scan"),
    path(ONE + "pindaian/<int:version>/", signing.scan_file, name="scan_file"),
    path(ONE + "versi/<int:version>/", month.version, name="version"),
    path(ONE + "cetak/", month.paper, name="paper"),
    path("laporan-bulanan/<str:short>/", public.verify, name="verify"),
    path("kota/bulan/", city.city, name="city"),
    path("kota/bulan/unduhan/", city.export, name="city_export"),
    path("kota/kalender/", calendar.calendar, name="calendar"),
    path("kota/kalender/tanggal/", calendar.dates, name="dates"),
    path("kalender-laporan.ics", calendar.feed, name="feed"),
]
