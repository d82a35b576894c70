"""Addresses of the guest book."""

from django.urls import path

from simpul.visits.views import book, entries, many

app_name = "visits"
BOOK = "perpustakaan/<str:code>/kunjungan/"
urlpatterns = [
    path(BOOK, book.book, name="book"),
    path(BOOK + "catatan/", book.record, name="record"),
    path(BOOK + "kartu/", book.card, name="card"),
    path(BOOK + "rombongan/", many.group, name="group"),
    path(BOOK + "hitungan/", many.tally, name="tally"),
    path(BOOK + "buku-tamu/", many.sheet, name="sheet"),
    path(BOOK + "<uuid:id>/pembatalan/", entries.undo, name="undo"),
    path(BOOK + "<uuid:id>/keterangan/", entries.complete, name="complete"),
    path(BOOK + "<uuid:id>/perbaikan/", entries.correct, name="correct"),
    path(BOOK + "<uuid:id>/foto/", entries.photo, name="photo"),
]
