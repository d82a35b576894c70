"""The 28 counts of the questionnaire of 2025, with its numbering and wording, and where each comes from here."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from simpul.libraries.facts import OF_THE_CITY, SCHOOL
from simpul.reports.form import Counts, Kind


@dataclass(frozen=True)
class Item:
    """One line. Of the sources one is used: `indicator` (counted from records, everything until the period's end where
    it is a stock), or `facts` (their sum, of the latest telling), of the year only where `is_yearly`. `fact_or_records`
    takes the larger of a fact and an indicator. `about`: kinds of library that are asked; the others write 0."""

    section: str
    number: str
    label: str
    kind: Kind = Kind.COUNT
    unit: Any = ""
    indicator: str = ""
    facts: tuple[str, ...] = ()
    is_yearly: bool = False
    about: frozenset[str] = frozenset()
    counts: Counts = Counts.NOTHING
    people_of: str = ""       # the measure whose different persons stand behind the visits
    source: Any = ""
    is_collection: bool = False

    @property
    def key(self) -> str:
        return f"{self.section}.{self.number}"


SECTIONS = {"koleksi": "Dimensi Koleksi", "tenaga": "Dimensi Tenaga Perpustakaan", "pelayanan": "Dimensi Pelayanan",
            "penyelenggaraan": "Dimensi Penyelenggaraan"}
TITLES, COPIES, PEOPLE = _("titles"), _("copies"), _("people")
_PRINTED, _DIGITAL = _("the catalogue: copies held"), _("the catalogue: digital titles")
_RECEIVED, _TOLD = _("the catalogue: day of receipt"), _("the library's profile")
_YEAR = " dalam 1 Tahun Terakhir"


def _collection(number: str, label: str, unit: Any, indicator: str, source: Any) -> Item:
    return Item("koleksi", number, label, unit=unit, indicator=indicator, source=source, is_collection=True)


def _budget(section: str, number: str, label: str, *facts: str, about: frozenset[str] = frozenset()) -> Item:
    return Item(section, number, label, Kind.RUPIAH, facts=facts, is_yearly=True, source=_TOLD, about=about)


ITEMS: tuple[Item, ...] = (
    _collection("1", "Jumlah Judul Koleksi Tercetak", TITLES, "printed_titles_held", _PRINTED),
    _collection("2", "Jumlah Eksemplar Koleksi Tercetak", COPIES, "copies_held", _PRINTED),
    _collection("3", "Jumlah Judul Koleksi Digital", TITLES, "digital_titles_held", _DIGITAL),
    _collection("4", "Jumlah Eksemplar Koleksi Digital", COPIES, "digital_copies_held", _DIGITAL),
    _collection("5", "Penambahan Jumlah Judul Koleksi Tercetak" + _YEAR, TITLES, "printed_titles_added", _RECEIVED),
    _collection("6", "Penambahan Jumlah Eksemplar Koleksi Tercetak" + _YEAR, COPIES, "printed_copies_added", _RECEIVED),
    _collection("7", "Penambahan Jumlah Judul Koleksi Digital" + _YEAR, TITLES, "digital_titles_added", _DIGITAL),
    _collection("8", "Penambahan Jumlah Eksemplar Koleksi Digital" + _YEAR, COPIES, "digital_copies_added", _DIGITAL),
    _budget("koleksi", "9", "Jumlah Anggaran Pengembangan Koleksi dari Dana BOS", "budget_collection_bos", about=SCHOOL),
    _budget("koleksi", "10", "Jumlah Anggaran Pengembangan Koleksi dari Dana Non BOS", "budget_collection", about=SCHOOL),
    _budget("koleksi", "11", "Total Jumlah Anggaran Pengembangan Koleksi Tercetak dan Digital" + _YEAR,
            "budget_collection_bos", "budget_collection"),
    Item("tenaga", "1", "Jumlah Tenaga Perpustakaan Memiliki Kualifikasi Pendidikan Ilmu Perpustakaan (Orang)", unit=PEOPLE,
         facts=("staff_qualified",), counts=Counts.PEOPLE, source=_TOLD),
    Item("tenaga", "2", "Jumlah Tenaga Perpustakaan Tidak Memiliki Kualifikasi Pendidikan Ilmu Perpustakaan (Orang)",
         unit=PEOPLE, facts=("staff_unqualified",), counts=Counts.PEOPLE, source=_TOLD),
    Item("tenaga", "3", "Jumlah Tenaga Perpustakaan yang Mengikuti PKB/Diklat dalam 1 Tahun Terakhir (Orang)", unit=PEOPLE,
         facts=("staff_trained",), is_yearly=True, indicator="people_trained", counts=Counts.PEOPLE,
         source=_("the larger of the library's profile and the certificates of workshops here")),
    _budget("tenaga", "4", "Jumlah Anggaran Pengembangan Keprofesian (Diklat) Tenaga" + _YEAR, "budget_training"),
    Item("pelayanan", "1", "Jumlah Peserta Kegiatan Literasi/Budaya Baca dalam 1 Tahun Terakhir (Orang)", unit=PEOPLE,
         indicator="literacy_participants", counts=Counts.VISITS, people_of="literacy_participants",
         source=_("attendance lists of literacy activities")),
    Item("pelayanan", "2", "Jumlah Pemustaka (Luring/Daring) dalam 1 Tahun Terakhir (Orang)", unit=PEOPLE,
         indicator="users_onsite_online", counts=Counts.VISITS, people_of="visits",
         source=_("the guest book, and digital titles opened")),
    Item("pelayanan", "3", "Jumlah Pemustaka yang Menggunakan Fasilitas TIK dalam 1 Tahun Terakhir (Orang)", unit=PEOPLE,
         indicator="ict_users", counts=Counts.VISITS, people_of="ict_visits",
         source=_("the guest book: computer or internet")),
    Item("pelayanan", "4", "Jumlah Judul Koleksi Tercetak Yang Dimanfaatkan Dalam 1 Tahun Terakhir", unit=TITLES,
         indicator="printed_titles_used", source=_("loans and books read in place")),
    Item("pelayanan", "5", "Jumlah Eksemplar Koleksi Tercetak yang Dimanfaatkan dalam 1 Tahun Terakhir", unit=COPIES,
         indicator="printed_copies_used", source=_("loans and books read in place, each time")),
    Item("pelayanan", "6", "Jumlah Judul Koleksi Digital yang Dimanfaatkan dalam 1 Tahun Terakhir", unit=TITLES,
         indicator="digital_titles_used", source=_("digital titles opened")),
    Item("pelayanan", "7", "Jumlah Eksemplar Koleksi Digital yang Dimanfaatkan dalam 1 Tahun Terakhir", unit=COPIES,
         indicator="digital_copies_used", source=_("digital copies opened, each once")),
    Item("penyelenggaraan", "1", "Jumlah Kegiatan Penguatan Budaya Baca" + _YEAR, unit=_("activities"),
         indicator="literacy_activities", source=_("literacy activities that were held")),
    Item("penyelenggaraan", "2", "Jumlah Kegiatan Kolaborasi/Kerja Sama dengan Pihak Eksternal" + _YEAR,
         unit=_("activities"), indicator="cooperations", source=_("activities that a partner gave something to")),
    Item("penyelenggaraan", "3", "Jumlah Variasi Layanan yang Tersedia (Fisik Dan Digital)", unit=_("services"),
         facts=("service_kinds",), source=_TOLD),
    Item("penyelenggaraan", "4", "Jumlah Dokumen Kebijakan dan Prosedur Pelayanan Perpustakaan", unit=_("documents"),
         facts=("policy_documents",), source=_TOLD),
    Item("penyelenggaraan", "5", "Jumlah Peraturan Daerah Tentang Perpustakaan", unit=_("regulations"),
         facts=("regional_regulations",), about=OF_THE_CITY, source=_TOLD),
    _budget("penyelenggaraan", "6", "Jumlah Anggaran Peningkatan Pelayanan dan Pengelolaan" + _YEAR, "budget_services"),
)
BY_KEY = {item.key: item for item in ITEMS}
