"""Addresses of libraries."""

from django.urls import path

from simpul.libraries import staff_urls
from simpul.libraries.views import first_run, manage, profile, public

app_name = "libraries"
#: `/perpustakaan/<code>/`; fixed words stand before it, and no code is such a word
HERE = "perpustakaan/<str:code>/"
urlpatterns = [
    path("mulai/", first_run.first_run, name="first_run"),
    path("mulai/kota/", first_run.first_run_city, name="first_run_city"),
    path("mulai/kota/<str:region>/", first_run.first_run_setup, name="first_run_setup"),
    path("mulai/kota/<str:region>/lembar.<str:kind>", first_run.first_run_template, name="first_run_template"),
    path("mulai/selesai/", first_run.first_run_done, name="first_run_done"),
    path("mulai/ditolak.csv", first_run.first_run_refused, name="first_run_refused"),
    path("perpustakaan/", public.library_list, name="list"),
    path("perpustakaan/baru/", manage.new, name="new"),
    path("perpustakaan/lembar/", manage.sheet, name="sheet"),
    path("perpustakaan/lembar/ditolak.csv", manage.refused, name="sheet_refused"),
    path("perpustakaan/lembar/perpustakaan.<str:kind>", manage.template, name="sheet_template"),
    *staff_urls.urlpatterns,
    path(HERE, public.library_detail, name="detail"),
    path(f"{HERE}profil/", profile.profile, name="profile"),
    path(f"{HERE}profil/nama/", profile.identity, name="identity"),
    path(f"{HERE}profil/alamat/", profile.address, name="address"),
    path(f"{HERE}profil/jam-buka/", profile.hours, name="hours"),
    path(f"{HERE}profil/libur/", profile.closures, name="closures"),
    path(f"{HERE}profil/libur/<uuid:id>/tarik/", profile.closure_withdraw, name="closure_withdraw"),
    path(f"{HERE}profil/libur/<uuid:id>/pulihkan/", profile.closure_restore, name="closure_restore"),
    path(f"{HERE}profil/ruang/", profile.spaces, name="spaces"),
    path(f"{HERE}profil/ruang/<uuid:id>/tutup/", profile.space_close, name="space_close"),
    path(f"{HERE}profil/ruang/<uuid:id>/buka/", profile.space_reopen, name="space_reopen"),
    path(f"{HERE}profil/singgah/", profile.stops, name="stops"),
    path(f"{HERE}profil/singgah/<uuid:id>/tutup/", profile.stop_close, name="stop_close"),
    path(f"{HERE}profil/singgah/<uuid:id>/buka/", profile.stop_reopen, name="stop_reopen"),
    path(f"{HERE}profil/pindah/", manage.move, name="move"),
    path(f"{HERE}profil/tutup/", manage.close, name="close"),
    path(f"{HERE}profil/buka-lagi/", manage.reopen, name="reopen"),
    path(f"{HERE}profil/data/<str:section>/", profile.facts, name="facts"),
    path(f"{HERE}profil/data/<str:section>/<uuid:id>/coret/", profile.fact_void, name="fact_void"),
    path(f"{HERE}profil/data/<str:section>/<uuid:id>/pulihkan/", profile.fact_restore, name="fact_restore"),
]
