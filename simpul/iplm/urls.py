from django.urls import path

from simpul.iplm.views import city, fill, frame, sheet

app_name = "iplm"
urlpatterns = [
    path("iplm/<str:token>/", fill.fill, name="fill"),
    path("kota/iplm/", frame.institutions, name="institutions"),
    path("kota/iplm/baru/", frame.new, name="institution_new"),
    path("kota/iplm/lembar/", sheet.sheet, name="sheet"),
    path("kota/iplm/lembar/templat/", sheet.template, name="sheet_template"),
    path("kota/iplm/lembar/simpan/", sheet.confirm, name="sheet_confirm"),
    path("kota/iplm/lembar/ditolak/", sheet.refused, name="sheet_refused"),
    path("kota/iplm/penormal/", city.normalising, name="normalising"),
    path("kota/iplm/<uuid:id>/", frame.institution, name="institution"),
    path("kota/iplm/<uuid:id>/tautan/", frame.link_new, name="link_new"),
    path("kota/iplm/<uuid:id>/tautan/<uuid:link>/cabut/", frame.link_end, name="link_end"),
    path("kota/iplm/<uuid:id>/keluarkan/", frame.close, name="close"),
    path("kota/iplm/<uuid:id>/masukkan/", frame.reopen, name="reopen"),
    path("kota/lppd/", city.berita_acara, name="berita_acara"),
    path("kota/lppd/naskah/", city.draft, name="draft"),
    path("kota/lppd/pindaian/", city.signed_new, name="signed_new"),
    path("kota/lppd/pindaian/<uuid:id>/", city.signed_file, name="signed_file"),
    path("kota/lppd/pindaian/<uuid:id>/coret/", city.signed_void, name="signed_void"),
    path("kota/lppd/pindaian/<uuid:id>/pulihkan/", city.signed_restore, name="signed_restore"),
    path("kota/lppd/nilai/", city.published, name="published"),
]
