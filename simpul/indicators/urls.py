"""The list of numbers, the short code of figures, the population; the receipt itself is `web:figure`."""

from django.urls import path

from simpul.indicators import views
from simpul.indicators.views import population

app_name = "indicators"
urlpatterns = [
    path("k/<str:short>/", views.short, name="short"),
    path("k/<str:short>", views.short),
    path("angka/", views.listing, name="list"),
    path("kota/penduduk/", population.regions, name="population"),
    path("kota/penduduk/lembar/", population.sheet_template, name="population_template"),
    path("kota/penduduk/bawa/", population.bring, name="population_bring"),
    path("kota/penduduk/<str:region>/", population.one_region, name="region"),
]
