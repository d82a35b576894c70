"""Addresses of the standard, accreditation and the shelf of papers."""

from django.urls import path

from simpul.standards.views import accreditation, city, shelf, standard

app_name = "standards"
HERE = "perpustakaan/<str:code>/"
urlpatterns = [
    path(HERE + "standar/", standard.standard, name="standard"),
    path(HERE + "standar/rencana/", standard.into_plan, name="into_plan"),
    path(HERE + "berkas/", shelf.shelf, name="shelf"),
    path(HERE + "berkas/baru/", shelf.paper_new, name="paper_new"),
    path(HERE + "berkas/<uuid:id>/keluarkan/", shelf.paper_out, name="paper_out"),
    path(HERE + "berkas/<uuid:id>/masukkan/", shelf.paper_back, name="paper_back"),
    path(HERE + "akreditasi/", accreditation.accreditation, name="accreditation"),
    path(HERE + "akreditasi/penilaian/", accreditation.assess_own, name="assess"),
    path(HERE + "akreditasi/penilaian/<uuid:together>/urung/", accreditation.assessment_back, name="assessment_back"),
    path(HERE + "akreditasi/daftar/", accreditation.index_paper, name="index_paper"),
    path(HERE + "akreditasi/map.zip", accreditation.folder, name="folder"),
    path("kota/standar/", city.city, name="city"),
    path("kota/akreditasi/nilai/", city.grades, name="grades"),
    path("kota/akreditasi/nilai/<uuid:id>/cabut/", city.grades_out, name="grades_out"),
    path("kota/akreditasi/nilai/<uuid:id>/pulih/", city.grades_back, name="grades_back"),
]
