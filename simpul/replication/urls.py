"""Addresses of journeys, mentoring, peer learning, the cascade, the board."""

from django.urls import path

from simpul.replication.views import belonging, board, cascade, delegates, journey, meetings, mentoring

app_name = "replication"
LIBRARY = "perpustakaan/<str:code>/"
HERE = LIBRARY + "perjalanan/"
CONTACT = HERE + "pendampingan/<uuid:id>/"
MEETING = "saling-belajar/<uuid:id>/"
CITY = "kota/replikasi/"
CASCADE = "kota/kaskade/"
urlpatterns = [
    path("pendampingan/", mentoring.mentoring, name="mentoring"),
    path(HERE, journey.journey, name="journey"),
    path(HERE + "berkas/baru/", journey.document_new, name="document_new"),
    path(HERE + "berkas/<uuid:id>/", journey.document_file, name="document_file"),
    path(HERE + "berkas/<uuid:id>/keluarkan/", journey.document_out, name="document_out"),
    path(HERE + "berkas/<uuid:id>/masukkan/", journey.document_back, name="document_back"),
    path(HERE + "pernyataan/", journey.confirm, name="confirm"),
    path(HERE + "pernyataan/<uuid:id>/cabut/", journey.confirmation_out, name="confirmation_out"),
    path(HERE + "kesiapan/", journey.score, name="score"),
    path(HERE + "pendampingan/rencana/", mentoring.contact_plan, name="contact_plan"),
    path(HERE + "pendampingan/catatan/", mentoring.contact_new, name="contact_new"),
    path(CONTACT + "catatan/", mentoring.contact_done, name="contact_done"),
    path(CONTACT + "batal/", mentoring.contact_off, name="contact_off"),
    path(CONTACT + "pulih/", mentoring.contact_back, name="contact_back"),
    path(CONTACT + "dibaca/", mentoring.contact_read, name="contact_read"),
    path(HERE + "jeda/", mentoring.pause, name="pause"),
    path(HERE + "jeda/<uuid:id>/akhir/", mentoring.pause_end, name="pause_end"),
    path(HERE + "saling-belajar/<uuid:id>/", meetings.share_write, name="share"),
    path(HERE + "saling-belajar/<uuid:id>/utusan/", delegates.send, name="delegate_send"),
    path(HERE + "saling-belajar/<uuid:id>/utusan/<uuid:delegate>/mundur/", delegates.leaves, name="delegate_leaves"),
    path(LIBRARY + "kaskade/", cascade.library, name="cascade_library"),
    path(LIBRARY + "kegiatan/<uuid:id>/rencana/", belonging.part_of_plan, name="part_of_plan"),
    path("saling-belajar/", meetings.meetings, name="meetings"),
    path("saling-belajar/baru/", meetings.meeting_new, name="meeting_new"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(MEETING + "undangan/", meetings.meeting_invite, name="meeting_invite"),
    path(MEETING + "hadir/", delegates.presence, name="meeting_presence"),
    path(MEETING + "hadir/tamu/", delegates.walk_in, name="meeting_walk_in"),
    path(MEETING + "hadir/<uuid:delegate>/", delegates.mark, name="meeting_mark"),
    path(MEETING + "hadir/<uuid:delegate>/batal/", delegates.unmark, name="meeting_unmark"),
    path(MEETING + "ubah/", meetings.meeting_edit, name="meeting_edit"),
    path(MEETING + "batal/", meetings.meeting_off, name="meeting_off"),
    path(MEETING + "pulih/", meetings.meeting_back, name="meeting_back"),
    path(MEETING + "cetak/", meetings.meeting_paper, name="meeting_paper"),
    path(CITY, board.replication, name="board"),
    path(CITY + "cetak/", board.paper, name="board_paper"),
    path(CITY + "pantauan/", mentoring.follow_ups, name="follow_ups"),
    path(CITY + "biaya/", board.costs, name="costs"),
    path(CITY + "biaya/<uuid:id>/keluarkan/", board.cost_out, name="cost_out"),
    path(CITY + "biaya/<uuid:id>/masukkan/", board.cost_back, name="cost_back"),
    path(CASCADE, cascade.city, name="cascade"),
    path(CASCADE + "bimtek/<uuid:id>/", cascade.workshop, name="cascade_workshop"),
    path(CASCADE + "narasumber/<uuid:id>/", cascade.speaker, name="cascade_speaker"),
    path(CASCADE + "peserta/<uuid:id>/", cascade.participant, name="cascade_participant"),
]
