"""Addresses of workshops."""

from django.urls import path

from simpul.training.views import coming, folder, library, office, own, presence, public, results

app_name = "training"
CITY = "kota/bimtek/"
ONE = CITY + "<uuid:id>/"
LESSON = ONE + "sesi/<uuid:lesson>/"
PERSON = ONE + "peserta/<uuid:participant>/"
HERE = "perpustakaan/<str:code>/bimtek/"
OWN = "bimtek/saya/<str:token>/"


def _person(name: str, address: str) -> object:
    return path(f"{PERSON}{address}/", coming.person_do, {"action": name}, name=f"person_{name}")


urlpatterns = [
    path(CITY, office.table, name="table"),
    path(CITY + "baru/", office.new, name="new"),
    path(ONE, office.workshop, name="workshop"),
    path(ONE + "ubah/", office.edit, name="edit"),
    path(ONE + "salin/", office.copy, name="copy"),
    path(ONE + "buka/", office.announce, name="announce"),
    path(ONE + "batalkan/", office.cancel, name="cancel"),
    path(ONE + "sesi/baru/", office.lesson_new, name="lesson_new"),
    path(LESSON + "ubah/", office.lesson_edit, name="lesson_edit"),
    path(LESSON + "keluarkan/", office.lesson_remove, name="lesson_remove"),
    path(LESSON + "masukkan/", office.lesson_restore, name="lesson_restore"),
    path(LESSON + "hadir/", presence.lesson, name="lesson"),
    path(LESSON + "hadir/<uuid:participant>/", presence.tick, name="tick"),
    path(LESSON + "hadir/<uuid:participant>/hapus/", presence.untick_one, name="untick"),
    path(LESSON + "layar/", presence.screen, name="screen"),
    path(ONE + "hari/<uuid:day>/", presence.paper, name="paper"),
    path(ONE + "narasumber/baru/", office.speaker_new, name="speaker_new"),
    path(ONE + "narasumber/<uuid:speaker>/", office.speaker_edit, name="speaker_edit"),
    path(ONE + "narasumber/<uuid:speaker>/keluarkan/", office.speaker_remove, name="speaker_remove"),
    path(ONE + "anggaran/baru/", office.budget_new, name="budget_new"),
    path(ONE + "anggaran/<uuid:line>/", office.budget_edit, name="budget_edit"),
    path(ONE + "anggaran/<uuid:line>/keluarkan/", office.budget_remove, name="budget_remove"),
    path(ONE + "undangan/", coming.invitations, name="invitations"),
    path(ONE + "undangan/undang/", coming.invite, name="invite"),
    path(ONE + "undangan/<uuid:invitation>/terkirim/", coming.invitation_told, name="invitation_told"),
    path(ONE + "undangan/<uuid:invitation>/kuota/", coming.quota, name="quota"),
    path(ONE + "peserta/", coming.people, name="people"),
    path(ONE + "peserta/baru/", coming.person_new, name="person_new"),
    path(PERSON + "ganti/", coming.replace, name="person_replace"),
    _person("confirm", "datang"), _person("decline", "tidak-datang"), _person("told", "diberi-tahu"),
    _person("home", "pulang"), _person("back", "kembali"),
    path(ONE + "tes/", results.tests, name="tests"),
    path(ONE + "tes/kunci/", results.key, name="key"),
    path(PERSON + "tes/<str:moment>/", results.sheet, name="sheet"),
    path(PERSON + "tes/<str:moment>/keluarkan/", results.sheet_void, name="sheet_void"),
    path(ONE + "rtl/", results.plans, name="plans"),
    path(ONE + "sertifikat/", results.certificates, name="certificates"),
    path(ONE + "sertifikat/siapkan/", results.settle_now, name="settle"),
    path(PERSON + "kecualikan/", results.waive_one, name="waive"),
    path(PERSON + "kecualikan/batal/", results.unwaive_one, name="unwaive"),
    path(ONE + "spj/", folder.folder, name="folder"),
    path(ONE + "spj/cetak/", folder.bundle, name="bundle"),
    path(ONE + "spj/foto/", folder.photo_new, name="photo_new"),
    path(ONE + "spj/foto/<uuid:photo>/", folder.photo, name="photo"),
    path(ONE + "spj/foto/<uuid:photo>/keluarkan/", folder.photo_remove, name="photo_remove"),
    path(HERE, library.nominate, name="nominate"),
    path(HERE + "<uuid:invitation>/baru/", library.name, name="name"),
    path(HERE + "<uuid:invitation>/tidak-ikut/", library.decline, name="decline"),
    path(HERE + "peserta/<uuid:participant>/ganti/", library.replace, name="replace"),
    path(HERE + "peserta/<uuid:participant>/tarik/", library.take_back, name="take_back"),
    path(OWN, own.own, name="own"),
    path(OWN + "datang/", own.comes, name="own_comes"),
    path(OWN + "tidak-datang/", own.cannot, name="own_cannot"),
    path(OWN + "hadir/<uuid:lesson>/", own.present, name="own_present"),
    path(OWN + "kesan/<uuid:lesson>/", own.feedback, name="own_feedback"),
    path(OWN + "tes/<str:moment>/", own.test, name="own_test"),
    path(OWN + "rtl/", own.plan, name="own_plan"),
    path(OWN + "rtl/mulai/", own.plan_begin, name="own_plan_begin"),
    path(OWN + "rtl/serahkan/", own.plan_hand_in, name="own_plan_hand_in"),
    path(OWN + "rtl/<uuid:step>/keluarkan/", own.plan_remove, name="own_plan_remove"),
    path(OWN + "sertifikat/", own.certificate, name="own_certificate"),
    path("bimtek/hadir/<uuid:lesson>/<str:shown>/", own.scan, name="scan"),
    path("bimtek/<uuid:id>/", public.public, name="public"),
]
