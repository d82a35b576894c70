"""Addresses of the guest book."""

from django.urls import path

from simpul.visits.views import book, entries, figures, kiosk, many

app_name = "visits"
BOOK = "perpustakaan/<str:code>/kunjungan/"
urlpatterns = [
    path(BOOK, book.book, name="book"),
    path(BOOK + "catatan/", book.record, name="record"),
    path(BOOK + "kartu/", book.card, name="card"),
    path(BOOK + "rombongan/", many.group, name="group"),
    path(BOOK + "hitungan/", many.tally, name="tally"),
    path(BOOK + "buku-tamu/", many.sheet, name="sheet"),
    path(BOOK + "angka/", figures.figures, name="figures"),
    path(BOOK + "unduhan/", figures.export, name="export"),
    path(BOOK + "<uuid:id>/pembatalan/", entries.undo, name="undo"),
    path(BOOK + "<uuid:id>/keterangan/", entries.complete, name="complete"),
    path(BOOK + "<uuid:id>/perbaikan/", entries.correct, name="correct"),
    path(BOOK + "<uuid:id>/foto/", entries.photo, name="photo"),
    path("kios/", kiosk.start, name="kiosk"),
    path("kios/pemasangan/", kiosk.pair, name="kiosk_pair"),
    path("kios/kunjungan/", kiosk.record, name="kiosk_record"),
    path("kios/kartu/", kiosk.card, name="kiosk_card"),
    path("kios/terima-kasih/", kiosk.thanks_again, name="kiosk_thanks_again"),
    path("kios/terima-kasih/<uuid:id>/", kiosk.thanks, name="kiosk_thanks"),
    path("kios/kunjungan/<uuid:id>/pembatalan/", kiosk.undo, name="kiosk_undo"),
]
