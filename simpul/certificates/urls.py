"""Addresses of certificates."""

from django.urls import path

from simpul.certificates.views import batches, public, single

app_name = "certificates"
CITY = "kota/sertifikat/"
BATCH = CITY + "<uuid:id>/"
ONE = CITY + "lembar/<uuid:id>/"
urlpatterns = [
    path("sertifikat/penerbit/", public.profile, name="profile"),
    path("sertifikat/penerbit/kunci/<str:thumbprint>/", public.key, name="key"),
    path("sertifikat/penerbit/pencabutan/", public.revoked, name="revocations"),
    path("sertifikat/milik/<str:token>/", public.own_page, name="own"),
    path("sertifikat/milik/<str:token>/<str:form>/", public.own_file, name="own_file"),
    path("sertifikat/<str:token>/", public.check, name="check"),
    path(CITY, batches.table, name="table"),
    path(CITY + "baru/", batches.new, name="new"),
    path(BATCH, batches.batch, name="batch"),
    path(BATCH + "ubah/", batches.edit, name="edit"),
    path(BATCH + "terbit/", batches.issue, name="issue"),
    path(BATCH + "cetak/", batches.printed, name="print"),
    path(BATCH + "zip/", batches.zipped, name="zip"),
    path(BATCH + "bertanda-tangan/", batches.signed, name="signed"),
    path(ONE, single.certificate, name="certificate"),
    path(ONE + "betul/", single.corrected, name="correct"),
    path(ONE + "cabut/", single.revoked, name="revoke"),
    path(ONE + "hapus-nama/", single.forgotten, name="forget"),
]
