"""Addresses of stories: everybody's, her own, a library's and the city's."""

from django.urls import path

from simpul.stories.views import checking, choosing, city, consenting, mine, public, telling

app_name = "stories"
MINE = "cerita-saya/<str:token>/"
LIST = "perpustakaan/<str:code>/cerita/"
ONE = LIST + "<uuid:id>/"
ROUND = "kota/cerita/putaran/<uuid:id>/"
urlpatterns = [
    path("cerita/", public.stories, name="public_list"),
    path("cerita/<str:story>/", public.story, name="public"),
    path("cerita/<str:story>/cetak/", public.sheet, name="print"),
    path("cerita/<str:story>/foto/<uuid:photo>/", public.photo, name="public_photo"),
    path(MINE, mine.own, name="mine"),
    path(MINE + "langkah/<int:step>/", mine.step, name="mine_step"),
    path(MINE + "persetujuan/", mine.consent, name="mine_consent"),
    path(MINE + "foto/", mine.photo_new, name="mine_photo_new"),
    path(MINE + "foto/<uuid:photo>/", mine.photo, name="mine_photo"),
    path(MINE + "penarikan/", mine.leave, name="mine_withdraw"),
    path(LIST, telling.stories, name="list"),
    path(LIST + "baru/", telling.new, name="new"),
    path(LIST + "pilihan/", choosing.rounds, name="rounds"),
    path(LIST + "pilihan/<uuid:id>/", choosing.of_library, name="round"),
    path(ONE, telling.story, name="story"),
    path(ONE + "langkah/<int:step>/", telling.step, name="step"),
    path(ONE + "bukti/", telling.evidence, name="evidence"),
    path(ONE + "persetujuan/", consenting.consent, name="consent"),
    path(ONE + "persetujuan/lembar/", consenting.sheet, name="sheet"),
    path(ONE + "persetujuan/bukti/", consenting.proof, name="proof"),
    path(ONE + "penarikan/", consenting.leave, name="withdraw"),
    path(ONE + "foto/", telling.photo_new, name="photo_new"),
    path(ONE + "foto/<uuid:photo>/", telling.photo, name="photo"),
    path(ONE + "foto/<uuid:photo>/hapus/", telling.photo_remove, name="photo_remove"),
    path(ONE + "pengajuan/", checking.send, name="submit"),
    path(ONE + "pemeriksaan/", checking.check, name="verify"),
    path(ONE + "pengembalian/", checking.back, name="send_back"),
    path(ONE + "sembunyi/", checking.down, name="hide"),
    path(ONE + "tampil/", checking.up, name="show"),
    path(ONE + "perbaikan/", telling.reopen, name="take_back"),
    path(ONE + "buang/", telling.discard, name="discard"),
    path("kota/cerita/", city.stories, name="city"),
    path("kota/cerita/lembar/", city.sheet, name="city_sheet"),
    path("kota/cerita/putaran/", choosing.new, name="round_new"),
    path(ROUND, choosing.round_, name="city_round"),
    path(ROUND + "pilihan/", choosing.compare, name="compare"),
    path(ROUND + "tutup/", choosing.close, name="round_close"),
    path(ROUND + "buka/", choosing.reopen, name="round_reopen"),
]
