"""Addresses of activities: a library's own, and everybody's."""

from django.urls import path

from simpul.activities.views import after, day, parts, planning, public, registrants

app_name = "activities"
LIST = "perpustakaan/<str:code>/kegiatan/"
ONE = LIST + "<uuid:id>/"
SESSION = ONE + "sesi/<uuid:session>/"
urlpatterns = [
    path("kegiatan/", public.near, name="near"),
    path("kegiatan/kalender.ics", public.feed, name="feed"),
    path("kegiatan/<uuid:id>/", public.activity, name="public"),
    path("kegiatan/<uuid:id>/kalender.ics", public.calendar, name="calendar"),
    path("kegiatan/<uuid:id>/poster/", public.poster, name="poster"),
    path("kegiatan/<uuid:id>/foto/<uuid:photo>/", public.photo, name="public_photo"),
    path(LIST, planning.activities, name="list"),
    path(LIST + "baru/", planning.new, name="new"),
    path(ONE, planning.activity, name="activity"),
    path(ONE + "ubah/", planning.edit, name="edit"),
    path(ONE + "terbit/", planning.publish, name="publish"),
    path(ONE + "pembatalan/", planning.cancel, name="cancel"),
    path(ONE + "salinan/", planning.copy, name="copy"),
    path(ONE + "ceklis/", planning.checklist, name="checklist"),
    path(ONE + "sesi/", planning.session_new, name="session_new"),
    path(SESSION + "pindah/", planning.session_move, name="session_move"),
    path(SESSION + "pembatalan/", planning.session_cancel, name="session_cancel"),
    path(ONE + "bahan/", parts.parts, name="parts"),
    path(ONE + "narasumber/", parts.speaker, name="speaker"),
    path(ONE + "dukungan/", parts.gift, name="gift"),
    path(ONE + "buku/", parts.book, name="book"),
    path(ONE + "bahan/<uuid:part>/hapus/", parts.remove, name="part_remove"),
    path(ONE + "peserta/", registrants.registrants, name="registrants"),
    path(ONE + "peserta/<uuid:registration>/mundur/", registrants.out, name="registrant_out"),
    path(ONE + "kabar/", registrants.tell, name="tell"),
    path(ONE + "kabar/<uuid:registration>/", registrants.told, name="told"),
    path(SESSION, day.day, name="day"),
    path(SESSION + "hadir/<uuid:registration>/", day.mark, name="mark"),
    path(SESSION + "pindai/", day.scan, name="scan"),
    path(SESSION + "tamu/", day.walk_in, name="walk_in"),
    path(SESSION + "tanda/<uuid:mark>/batal/", day.undo, name="undo_mark"),
    path(SESSION + "hitungan/", day.headcount, name="headcount"),
    path(SESSION + "daftar-hadir/", day.sheet, name="sheet"),
    path(ONE + "hasil/", after.result, name="result"),
    path(ONE + "foto/", after.photo_new, name="photo_new"),
    path(ONE + "foto/<uuid:photo>/", after.photo, name="photo"),
    path(ONE + "foto/<uuid:photo>/hapus/", after.photo_remove, name="photo_remove"),
]
