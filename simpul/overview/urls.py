"""Addresses of overviews."""

from django.urls import path

from simpul.overview.views import city, library, papers, public

app_name = "overview"
urlpatterns = [
    path("perpustakaan/<str:code>/gambaran/", library.library_overview, name="library"),
    path("perpustakaan/<str:code>/gambaran/poster.pdf", papers.library_poster, name="library_poster"),
    path("perpustakaan/<str:code>/gambaran/kotak.png", papers.library_square, name="library_square"),
    path("perpustakaan/<str:code>/gambaran/rembug/", papers.library_meeting, name="library_meeting"),
    path("perpustakaan/<str:code>/gambaran/rembug.pdf", papers.library_meeting_pdf, name="library_meeting_pdf"),
    path("perpustakaan/<str:code>/gambaran/tahunan/", papers.library_year, name="library_year"),
    path("perpustakaan/<str:code>/gambaran/tahunan.pdf", papers.library_year_pdf, name="library_year_pdf"),
    path("kota/gambaran/", city.city_overview, name="city"),
    path("kota/gambaran/poster.pdf", papers.city_poster, name="city_poster"),
    path("kota/gambaran/kotak.png", papers.city_square, name="city_square"),
    path("kota/gambaran/rembug/", papers.city_meeting, name="city_meeting"),
    path("kota/gambaran/rembug.pdf", papers.city_meeting_pdf, name="city_meeting_pdf"),
    path("kota/gambaran/tahunan/", papers.city_year, name="city_year"),
    path("kota/gambaran/tahunan.pdf", papers.city_year_pdf, name="city_year_pdf"),
    path("angka-kota/", public.city_numbers, name="public"),
    path("angka-kota/angka.csv", public.city_numbers_csv, name="public_csv"),
    path("angka-kota/keterangan.csv", public.city_metadata_csv, name="public_metadata"),
]
