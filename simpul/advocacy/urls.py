"""Addresses of partners, agreements, approaches, the yearly road and publicity."""

from django.urls import path

from simpul.advocacy.views import agreements, approaches, city, partners, publicity, road

app_name = "advocacy"
HERE = "perpustakaan/<str:code>/"
PARTNER = HERE + "mitra/<uuid:partner>/"
AGREEMENT = HERE + "kesepakatan/<uuid:agreement>/"
APPROACH = HERE + "advokasi/<uuid:approach>/"
ROAD = HERE + "advokasi/tahun/<int:year>/"
CITY = "kota/mitra/"
urlpatterns = [
    path(HERE + "mitra/", partners.partners, name="partners"),
    path(HERE + "mitra/baru/", partners.new, name="partner_new"),
    path(HERE + "mitra/unduhan/", partners.export, name="partners_export"),
    path(PARTNER, partners.partner, name="partner"),
    path(PARTNER + "ubah/", partners.edit, name="partner_edit"),
    path(PARTNER + "dihubungi/", partners.contacted, name="partner_contacted"),
    path(PARTNER + "terima-kasih/", partners.thanked, name="partner_thanked"),
    path(PARTNER + "akhir/", partners.end, name="partner_end"),
    path(PARTNER + "lanjut/", partners.resume, name="partner_resume"),
    path(PARTNER + "dukungan/", partners.support, name="support_new"),
    path(HERE + "mitra/dukungan/<uuid:support>/batal/", partners.support_off, name="support_void"),
    path(HERE + "mitra/dukungan/<uuid:support>/pulih/", partners.support_on, name="support_restore"),
    path(HERE + "kesepakatan/", agreements.agreements, name="agreements"),
    path(HERE + "kesepakatan/baru/", agreements.new, name="agreement_new"),
    path(AGREEMENT, agreements.agreement, name="agreement"),
    path(AGREEMENT + "ubah/", agreements.edit, name="agreement_edit"),
    path(AGREEMENT + "perpanjangan/", agreements.renew, name="agreement_renew"),
    path(AGREEMENT + "dokumen/", agreements.document, name="agreement_document"),
    path(AGREEMENT + "batal/", agreements.off, name="agreement_void"),
    path(AGREEMENT + "pulih/", agreements.on, name="agreement_restore"),
    path(HERE + "advokasi/", approaches.board, name="board"),
    path(HERE + "advokasi/baru/", approaches.new, name="approach_new"),
    path(APPROACH, approaches.approach, name="approach"),
    path(APPROACH + "ubah/", approaches.edit, name="approach_edit"),
    path(APPROACH + "sudah-bertemu/", approaches.met, name="approach_met"),
    path(APPROACH + "langkah/", approaches.next_one, name="approach_next"),
    path(APPROACH + "keadaan/", approaches.move, name="approach_move"),
    path(APPROACH + "pertemuan/", approaches.talk, name="talk_new"),
    path(APPROACH + "hasil/", approaches.result, name="result_new"),
    path(APPROACH + "bukti/", approaches.evidence, name="evidence_new"),
    path(HERE + "advokasi/pertemuan/<uuid:talk>/batal/", approaches.talk_off, name="talk_void"),
    path(HERE + "advokasi/hasil/<uuid:result>/batal/", approaches.result_off, name="result_void"),
    path(HERE + "advokasi/hasil/<uuid:result>/dokumen/", approaches.result_document, name="result_document"),
    path(HERE + "advokasi/bukti/<uuid:figure>/hapus/", approaches.evidence_off, name="evidence_drop"),
    path(HERE + "advokasi/tahun/", road.now, name="road_now"),
    path(ROAD, road.road, name="road"),
    path(ROAD + "langkah/<str:step>/selesai/", road.done, name="step_done"),
    path(ROAD + "langkah/<str:step>/belum/", road.open_again, name="step_open"),
    path(ROAD + "langkah/<str:step>/tanggal/", road.dated, name="step_date"),
    path(ROAD + "proposal/", road.proposal, name="proposal"),
    path(ROAD + "proposal/mulai/", road.begin, name="proposal_begin"),
    path(ROAD + "proposal/bukti/", road.evidence, name="proposal_evidence"),
    path(ROAD + "proposal/cetak/", road.paper, name="proposal_paper"),
    path(HERE + "publikasi/", publicity.publicity, name="publicity"),
    path(HERE + "publikasi/<uuid:publicity>/batal/", publicity.off, name="publicity_void"),
    path(HERE + "publikasi/<uuid:publicity>/pulih/", publicity.on, name="publicity_restore"),
    path(CITY, city.partners, name="city_partners"),
    path(CITY + "baru/", city.partner_new, name="city_partner_new"),
    path(CITY + "<uuid:partner>/", city.partner, name="city_partner"),
    path(CITY + "<uuid:partner>/akhir/", city.partner_end, name="city_partner_end"),
    path(CITY + "<uuid:partner>/lanjut/", city.partner_resume, name="city_partner_resume"),
    path("kota/kesepakatan/baru/", city.agreement_new, name="city_agreement_new"),
    path("kota/kesepakatan/<uuid:agreement>/", city.agreement, name="city_agreement"),
    path("kota/kesepakatan/<uuid:agreement>/dokumen/", city.agreement_document, name="city_agreement_document"),
    path("kota/kesepakatan/<uuid:agreement>/batal/", city.agreement_off, name="city_agreement_void"),
    path("kota/kesepakatan/<uuid:agreement>/pulih/", city.agreement_on, name="city_agreement_restore"),
    path("kota/advokasi/", city.city, name="city"),
    path("kota/advokasi/tanggal/", city.dates, name="city_dates"),
]
