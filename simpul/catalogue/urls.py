"""Addresses of catalogue."""

from django.urls import URLPattern, path

from simpul.catalogue.views import copies, entry, imports, public

app_name = "catalogue"
urlpatterns: list[URLPattern] = [
    path("katalog/", public.search_page, name="search"),
    path("katalog/<uuid:id>/", public.title, name="title"),
    path("katalog/<uuid:id>/marc/", public.marc, name="marc"),
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
