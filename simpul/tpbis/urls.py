"""Addresses of SIM: items to enter, account and colour, the simulation; the city's overview."""

from django.urls import path

from simpul.tpbis.views import city, items, score

app_name = "tpbis"
HERE = "perpustakaan/<str:code>/sim/"
CITY = "kota/sim/"
urlpatterns = [
    path(HERE, items.items, name="items"),
    path(HERE + "input/", items.mark, name="mark"),
    path(HERE + "input/<uuid:together>/urung/", items.marks_back, name="marks_back"),
    path(HERE + "input/<uuid:id>/lepas/", items.unmark_one, name="unmark"),
    path(HERE + "akun/", items.account, name="account"),
    path(HERE + "akun/<uuid:together>/urung/", items.account_back, name="account_back"),
    path(HERE + "simulasi/", score.score, name="score"),
    path(CITY, city.city, name="city"),
    path(CITY + "tabel/", city.table, name="table"),
    path(CITY + "tabel/contoh/", city.template, name="template"),
    path(CITY + "tabel/<uuid:together>/urung/", city.table_back, name="table_back"),
    path(CITY + "pola/", score.patterns, name="patterns"),
    path(CITY + "bobot/", score.weights, name="weights"),
    path(CITY + "bobot/<uuid:id>/cabut/", score.weights_out, name="weights_out"),
    path(CITY + "bobot/<uuid:id>/pulih/", score.weights_back, name="weights_back"),
]
