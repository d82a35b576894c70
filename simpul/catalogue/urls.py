"""Addresses of catalogue."""

from django.urls import URLPattern, path

from simpul.catalogue.views import copies, digital, entry, imports, offers, public

app_name = "catalogue"
urlpatterns: list[URLPattern] = [
    path("katalog/", public.search_page, name="search"),
    path("katalog/<uuid:id>/", public.title, name="title"),
    path("katalog/<uuid:id>/marc/", public.marc, name="marc"),
    path("katalog/bahan/<uuid:id>/", digital.resource, name="resource"),
    path("katalog/bahan/<uuid:id>/isi/", digital.content, name="resource_content"),
    path("katalog/bahan/<uuid:id>/unduh/", digital.download, name="resource_download"),
    path("perpustakaan/<str:code>/digital/", offers.digital, name="digital"),
    path("perpustakaan/<str:code>/digital/baru/", offers.digital_new, name="digital_new"),
    path("perpustakaan/<str:code>/digital/<uuid:resource_id>/", offers.resource, name="resource_edit"),
    path("perpustakaan/<str:code>/digital/<uuid:resource_id>/tarik/", offers.withdraw, name="resource_withdraw"),
    path("perpustakaan/<str:code>/digital/<uuid:resource_id>/pulihkan/", offers.restore, name="resource_restore"),
    path("perpustakaan/<str:code>/buku/<uuid:title_id>/digital/", offers.resources, name="resources"),
    path("perpustakaan/<str:code>/buku/baru/", entry.new, name="new"),
    path("perpustakaan/<str:code>/buku/<uuid:title_id>/", entry.edit, name="edit"),
    path("perpustakaan/<str:code>/buku/<uuid:title_id>/gabung/", entry.merge, name="merge"),
    path("perpustakaan/<str:code>/buku/<uuid:title_id>/eksemplar/", copies.copies, name="copies"),
    path("perpustakaan/<str:code>/eksemplar/<uuid:copy_id>/", copies.copy, name="copy"),
    path("perpustakaan/<str:code>/eksemplar/<uuid:copy_id>/tarik/", copies.withdraw, name="withdraw"),
    path("perpustakaan/<str:code>/eksemplar/<uuid:copy_id>/pulihkan/", copies.restore, name="restore"),
    path("perpustakaan/<str:code>/impor/", imports.imports, name="imports"),
    path("perpustakaan/<str:code>/impor/templat/", imports.sheet_template, name="sheet_template"),
    path("perpustakaan/<str:code>/impor/<uuid:batch_id>/", imports.batch, name="batch"),
    path("perpustakaan/<str:code>/impor/<uuid:batch_id>/ditolak/", imports.refusals, name="refusals"),
]
