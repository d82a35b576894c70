"""Addresses of kits: the city's, and what a library reads of them."""

from django.urls import path

from simpul.kits.views import adapting, city, library, parcels

app_name = "kits"
CITY = "kota/kit/"
PARCEL = CITY + "kiriman/<uuid:parcel>/"
KIT = CITY + "<uuid:kit>/"
ITEM = KIT + "isi/<uuid:item>/"
HERE = "perpustakaan/<str:code>/kit/"
urlpatterns = [
    path(CITY, city.kits, name="city"),
    path(CITY + "baru/", parcels.bring, name="bring"),
    path(CITY + "bawaan/<slug:shipped>/", parcels.install_house_kit, name="shipped"),
    path(CITY + "kunci/", parcels.keys, name="keys"),
    path(CITY + "kunci/<uuid:trusted>/cabut/", parcels.distrust, name="key_distrust"),
    path(CITY + "kunci/<uuid:trusted>/percaya/", parcels.trust_again, name="key_trust"),
    path(CITY + "edisi/<uuid:edition>/", city.edition_file, name="edition"),
    path(PARCEL, parcels.parcel, name="parcel"),
    path(PARCEL + "percaya/", parcels.trust, name="parcel_trust"),
    path(PARCEL + "pasang/", parcels.install, name="parcel_install"),
    path(PARCEL + "ambil/", parcels.take, name="parcel_take"),
    path(PARCEL + "buang/", parcels.aside, name="parcel_aside"),
    path(KIT, city.kit, name="kit"),
    path(KIT + "panduan/", city.guide_paper, name="guide"),
    path(KIT + "berkas/", city.file, name="file"),
    path(KIT + "bimtek/", city.as_workshop, name="as_workshop"),
    path(KIT + "usulan/", city.propose, name="propose"),
    path(KIT + "bagikan/", city.publish, name="publish"),
    path(KIT + "perbedaan/", adapting.conflicts, name="conflicts"),
    path(KIT + "perbedaan/<uuid:conflict>/", adapting.decide_one, name="conflict"),
    path(KIT + "tambah/", adapting.add, name="add"),
    path(ITEM, city.item, name="item"),
    path(ITEM + "ubah/", adapting.adapt, name="adapt"),
    path(ITEM + "keluarkan/", adapting.remove, name="item_remove"),
    path(ITEM + "pulihkan/", adapting.put_back, name="item_restore"),
    path(KIT + "sesuaian/<uuid:adaptation>/asal/", adapting.to_origin, name="adaptation_end"),
    path(KIT + "sesuaian/<uuid:adaptation>/lagi/", adapting.ours_again, name="adaptation_resume"),
    path(HERE, library.kits, name="library"),
    path(HERE + "<uuid:kit>/", library.kit, name="library_kit"),
    path(HERE + "<uuid:kit>/panduan/", library.guide_paper, name="library_guide"),
    path(HERE + "<uuid:kit>/isi/<uuid:item>/", library.item, name="library_item"),
    path(HERE + "<uuid:kit>/isi/<uuid:item>/survei/", library.as_survey, name="as_survey"),
    path(HERE + "<uuid:kit>/isi/<uuid:item>/kegiatan/", library.as_activity, name="as_activity"),
    path(HERE + "<uuid:kit>/isi/<uuid:item>/dijalankan/", library.part_done, name="part_done"),
    path(HERE + "<uuid:kit>/isi/<uuid:item>/belum/", library.part_undone, name="part_undone"),
    path(HERE + "<uuid:kit>/pakai/", library.adopt, name="adopt"),
    path(HERE + "pemakaian/<uuid:adoption>/akhir/", library.leave, name="leave"),
]
