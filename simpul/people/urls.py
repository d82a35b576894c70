"""Addresses of people."""

from django.urls import path

from simpul.people.views import cards, consent, doubles, guardian, imports, members, rights

app_name = "people"
MEMBERS = "perpustakaan/<str:code>/anggota/"
ONE = MEMBERS + "<uuid:member>/"
urlpatterns = [
    path(MEMBERS, members.members, name="list"),
    path(MEMBERS + "baru/", members.new, name="new"),
    path(MEMBERS + "impor/", imports.imports, name="imports"),
    path(MEMBERS + "impor/templat.xlsx", imports.template, name="template"),
    path(MEMBERS + "impor/<uuid:batch>/tidak-diterima.csv", imports.refusals, name="refusals"),
    path(MEMBERS + "kembar/", doubles.doubles, name="doubles"),
    path(MEMBERS + "kartu/", cards.cards, name="cards"),
    path(MEMBERS + "persetujuan/", consent.sheets, name="sheets"),
    path(MEMBERS + "persetujuan/baru/", consent.sheet_new, name="sheet_new"),
    path(MEMBERS + "persetujuan/<str:sheet>/", consent.sheet, name="sheet"),
    path(MEMBERS + "persetujuan/<str:sheet>/catat/", consent.sheet_record, name="sheet_record"),
    path(ONE, members.member, name="member"),
    path(ONE + "ubah/", members.correct, name="correct"),
    path(ONE + "kartu-baru/", members.new_card, name="new_card"),
    path(ONE + "akhiri/", members.end, name="end"),
    path(ONE + "lanjutkan/", members.resume, name="resume"),
    path(ONE + "blokir/", members.block, name="block"),
    path(ONE + "buka-blokir/", members.unblock, name="unblock"),
    path(ONE + "wali/", members.guardian, name="guardian"),
    path(ONE + "wali/<uuid:guardian>/lepas/", members.guardian_off, name="guardian_off"),
    path(ONE + "persetujuan/", consent.consent, name="consent"),
    path(ONE + "persetujuan/tautan/", consent.ask, name="ask"),
    path(ONE + "persetujuan/<uuid:consent>/tarik/", consent.withdraw, name="withdraw"),
    path(ONE + "persetujuan/<uuid:consent>/bukti/", consent.evidence, name="evidence"),
    path(ONE + "data/", rights.kept, name="kept"),
    path(ONE + "data.json", rights.kept_json, name="kept_json"),
    path(ONE + "hapus/", rights.erase, name="erase"),
    path(ONE + "kembar/", doubles.double, name="double"),
    path(ONE + "sama/", rights.same, name="same"),
    path(ONE + "sama/<uuid:person>/lepas/", rights.not_same, name="not_same"),
    path("persetujuan/<str:token>/", guardian.answer, name="answer"),
    path("persetujuan/<str:token>/tarik/", guardian.withdraw, name="answer_withdraw"),
    path("kota/anggota/", rights.counts, name="counts"),
]
