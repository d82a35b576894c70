"""Addresses of libraries."""

from simpul.libraries import staff_urls

app_name = "libraries"
urlpatterns = [
    *staff_urls.urlpatterns,
]
