"""Addresses of voices and surveys."""

from django.urls import path

from simpul.surveys.views import build, city, fill, follow_up, needs, surveys, voice

app_name = "surveys"
NEEDS = "perpustakaan/<str:code>/suara/"
SURVEYS = "perpustakaan/<str:code>/survei/"
DUE = SURVEYS + "tindak-lanjut/"
ONE = SURVEYS + "<uuid:id>/"
QUESTION = ONE + "pertanyaan/<uuid:question>/"
urlpatterns = [
    path("suara/<str:code>/", voice.voice, name="voice"),
    path("suara/<str:code>/terima-kasih/", voice.voice_thanks, name="voice_thanks"),
    path(NEEDS, needs.needs, name="needs"),
    path(NEEDS + "jawaban/", needs.answer, name="answer"),
    path(NEEDS + "catat/", needs.spoken, name="spoken"),
    path(NEEDS + "rembug/", needs.meetings, name="meetings"),
    path(NEEDS + "poster/", needs.poster, name="poster"),
    path(NEEDS + "<uuid:id>/belum-dibaca/", needs.unread, name="unread"),
    path(NEEDS + "<uuid:id>/perlindungan/", needs.safety, name="safety"),
    path(NEEDS + "<uuid:id>/kabar/", needs.told, name="told"),
    path("survei/undangan/<str:token>/", fill.fill_invited, name="fill_invited"),
    path("survei/<str:survey>/", fill.fill, name="fill"),
    path("survei/<str:survey>/terima-kasih/", fill.fill_thanks, name="fill_thanks"),
    path(SURVEYS, surveys.surveys, name="list"),
    path(SURVEYS + "baru/", build.new, name="new"),
    path(DUE, follow_up.due, name="due"),
    path(DUE + "baru/", follow_up.new, name="due_new"),
    path(DUE + "<uuid:id>/terkirim/", follow_up.sent, name="due_sent"),
    path(DUE + "<uuid:id>/telepon/", follow_up.script, name="due_script"),
    path(DUE + "<uuid:id>/batal/", follow_up.drop, name="due_drop"),
    path(ONE, surveys.survey, name="survey"),
    path(ONE + "unduhan/", surveys.export, name="export"),
    path(ONE + "kertas/", surveys.paper, name="paper"),
    path(ONE + "poster/", surveys.poster, name="survey_poster"),
    path(ONE + "lembar/", surveys.enter, name="enter"),
    path(ONE + "lembar/<uuid:response>/batal/", surveys.void, name="void"),
    path(ONE + "lembar/<uuid:response>/perlindungan/", surveys.answer_safety, name="answer_safety"),
    path(ONE + "susun/", build.build, name="build"),
    path(ONE + "pengaturan/", build.settings, name="settings"),
    path(ONE + "terbitan/", build.publish_draft, name="publish"),
    path(ONE + "versi-baru/", build.draft, name="draft"),
    path(ONE + "tutup/", build.close, name="close"),
    path(ONE + "buka/", build.reopen, name="reopen"),
    path(QUESTION, build.question, name="question"),
    path(QUESTION + "hapus/", build.question_off, name="question_off"),
    path(QUESTION + "naik/", build.question_up, name="question_up"),
    path("kota/suara/", city.city, name="city"),
    path("kota/suara/petugas-perlindungan/", city.safeguarding, name="safeguarding"),
    path("kota/suara/nomor-darurat/", city.hotlines, name="hotlines"),
    path("kota/perlindungan/", city.disclosures, name="disclosures"),
    path("kota/perlindungan/<uuid:id>/selesai/", city.disclosure_handled, name="disclosure_handled"),
]
