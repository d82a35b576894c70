"""What can be true of a library from a day on, and which official list asks for it.

One definition for each fact: told once, asked by every form. Numbers that follow from the day's records (visits,
loans, copies, participants) are measures and do not stand here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from simpul.libraries.models import Library


class FactKind(StrEnum):
    NUMBER = "number"      # whole, not negative
    RUPIAH = "rupiah"      # whole rupiah
    YES_NO = "yes_no"
    CHOICE = "choice"      # one code of `choices`
    CHOICES = "choices"    # a sorted list of codes of `choices`
    TEXT = "text"


class FieldList(StrEnum):
    """Official lists of fields. The value beside it in `Fact.asked_by` is the item's place in that list."""

    NPP = "npp"                      # registration and pendataan at data.perpusnas.go.id
    SNP = "snp"                      # national standard of libraries
    IPLM_2025 = "iplm_2025"          # questionnaire of the literacy development index since 2025
    ACCREDITATION = "accreditation"  # nine components of SK 296/2022


class Section(StrEnum):
    """Where a fact stands on the profile."""

    ICT = "tik"
    BUILDING = "bangunan"
    ACCESS = "aksesibilitas"
    STAFF = "tenaga"
    SERVICES = "layanan"
    BUDGET = "anggaran"


SECTIONS = {
    Section.ICT: _("Computers and internet"),
    Section.BUILDING: _("Building"),
    Section.ACCESS: _("Accessibility"),
    Section.STAFF: _("Staff numbers"),
    Section.SERVICES: _("Services and policies"),
    Section.BUDGET: _("Budget"),
}

N, RP, YN, MANY = FactKind.NUMBER, FactKind.RUPIAH, FactKind.YES_NO, FactKind.CHOICES
NPP, SNP, IPLM, ACC = FieldList.NPP, FieldList.SNP, FieldList.IPLM_2025, FieldList.ACCREDITATION


@dataclass(frozen=True)
class Fact:
    """A fact's definition: stable English name, kind, label and unit in the reader's language, its section, the
    official lists that ask for it, the choices of a choice, the kinds of library it is about (empty: all)."""

    name: str
    kind: FactKind
    label: Any
    section: Section
    asked_by: Mapping[FieldList, str] = field(default_factory=dict)
    unit: Any = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    about: frozenset[str] = frozenset()
    help: Any = ""
    most: int = 1_000_000  # a larger number is a slip of the finger

    def is_about(self, library_kind: str) -> bool:
        return not self.about or library_kind in self.about

    def in_words(self, value: Any) -> str:
        """The value for reading; "" where unknown."""
        if value is None:
            return ""
        if self.kind == YN:
            return _now("yes") if value else _now("no")
        if self.kind == RP:
            return "Rp" + f"{value:,}".replace(",", ".")
        if self.kind == N:
            return f"{number_format(value, use_l10n=True, force_grouping=True)} {self.unit}".strip()
        if self.kind == FactKind.CHOICE:
            return str(self.choices.get(value, value))
        if self.kind == MANY:
            return ", ".join(str(self.choices.get(code, code)) for code in value) or _now("none of them")
        return str(value)

    def is_valid(self, value: Any) -> bool:
        """Has the value the shape its kind asks for?"""
        if self.kind in (N, RP):
            return type(value) is int and 0 <= value <= self.most
        if self.kind == YN:
            return type(value) is bool
        if self.kind == FactKind.CHOICE:
            return value in self.choices
        if self.kind == MANY:
            return isinstance(value, list) and value == sorted(set(value)) and set(value) <= set(self.choices)
        return isinstance(value, str) and 0 < len(value) <= 200


SERVICE_KINDS = {
    "activities": _("activities for residents"),
    "circulation": _("lending"),
    "computers": _("computers and internet"),
    "digital": _("digital collection"),
    "home_delivery": _("books brought home"),
    "interlibrary": _("lending between libraries"),
    "mobile": _("mobile service"),
    "read_in_place": _("reading in place"),
    "reference": _("reference"),
    "search": _("searching for information"),
    "story_time": _("story time"),
    "training": _("training and tutoring"),
}
POLICY_DOCUMENTS = {
    "code_of_conduct": _("rules for visitors"),
    "collection": _("collection policy"),
    "disaster": _("preparing for fire and flood"),
    "lending": _("lending procedure"),
    "lending_rules": _("lending rules"),
    "membership": _("membership procedure"),
    "organisation": _("decree on the managers"),
    "processing": _("procedure for processing books"),
    "service": _("service policy"),
    "service_standard": _("service standard or notice"),
    "work_plan": _("yearly work plan"),
}
COLLECTION_KINDS = {
    "adults": _("books for adults"),
    "children": _("children's books"),
    "magazines": _("magazines"),
    "newspapers": _("newspapers"),
    "reference": _("reference books"),
    "teens": _("books for teenagers"),
}
SCHOOL = frozenset({Library.Kind.SCHOOL.value})
OF_THE_CITY = frozenset({Library.Kind.CITY.value})
_TENAGA, _KOLEKSI, _URUS = "DIMENSI TENAGA PERPUSTAKAAN", "DIMENSI KOLEKSI", "DIMENSI PENYELENGGARAAN"
_JENIS = "DATA JENIS PERPUSTAKAAN"
_LAST_YEAR = _("during the last year")
_FOR_THE_YEAR = _("for the year that begins on this day")

_ALL = (
    Fact("computers_public", N, _("computers for visitors"), Section.ICT, {NPP: "TIK", SNP: "sarana", ACC: "2"},
         most=1000),
    Fact("computers_staff", N, _("computers for staff"), Section.ICT, {NPP: "TIK", ACC: "2"}, most=1000),
    Fact("internet", YN, _("internet connection"), Section.ICT, {NPP: "TIK", SNP: "sarana", ACC: "2"}),
    Fact("internet_mbps", N, _("speed of the connection"), Section.ICT, {NPP: "TIK"}, unit="Mbps", most=100_000),
    Fact("wifi_public", YN, _("Wi-Fi for visitors"), Section.ICT, {NPP: "TIK", ACC: "2"}),
    Fact("printer", YN, _("printer"), Section.ICT, {NPP: "TIK"}),
    Fact("scanner", YN, _("scanner"), Section.ICT, {NPP: "TIK"}),
    Fact("projector", YN, _("projector or large screen"), Section.ICT, {NPP: "TIK"}),
    Fact("building_area_m2", N, _("floor area of the library"), Section.BUILDING,
         {NPP: "gedung", SNP: "gedung", ACC: "2"}, unit="m²", most=100_000),
    Fact("land_owned", YN, _("the land belongs to the government or the library"), Section.BUILDING,
         {NPP: "gedung", SNP: "gedung", ACC: "2"}),
    Fact("building_permanent", YN, _("permanent building"), Section.BUILDING,
         {NPP: "gedung", SNP: "gedung", ACC: "2"}),
    Fact("building_own", YN, _("a building or room of its own"), Section.BUILDING, {NPP: "gedung", ACC: "2"}),
    Fact("seats", N, _("seats for readers"), Section.BUILDING, {NPP: "sarana", SNP: "sarana", ACC: "2"}, most=10_000),
    Fact("shelves", N, _("bookshelves"), Section.BUILDING, {NPP: "sarana", SNP: "sarana", ACC: "2"}, most=10_000),
    Fact("electricity", YN, _("electricity"), Section.BUILDING, {NPP: "sarana", ACC: "2"}),
    Fact("toilet", YN, _("toilet"), Section.BUILDING, {NPP: "sarana", ACC: "2"}),
    Fact("parking", YN, _("parking"), Section.BUILDING, {NPP: "sarana", ACC: "2"}),
    Fact("ramp", YN, _("ramp or level entrance"), Section.ACCESS, {ACC: "2"}),
    Fact("wide_door", YN, _("door wide enough for a wheelchair"), Section.ACCESS, {ACC: "2"}),
    Fact("accessible_toilet", YN, _("accessible toilet"), Section.ACCESS, {ACC: "2"}),
    Fact("guiding_block", YN, _("guiding blocks"), Section.ACCESS, {ACC: "2"}),
    Fact("large_print_corner", YN, _("large print corner"), Section.ACCESS, {ACC: "2"}),
    Fact("braille_corner", YN, _("braille corner"), Section.ACCESS, {ACC: "2"}),
    Fact("audio_books", YN, _("audio books"), Section.ACCESS, {ACC: "2"}),
    Fact("sign_interpreter", YN, _("somebody knows sign language"), Section.ACCESS, {ACC: "2"}),
    Fact("staff_qualified", N, _("staff with a degree in library science"), Section.STAFF,
         {NPP: "tenaga", SNP: "tenaga", IPLM: f"{_TENAGA} 1", ACC: "4"}, most=1000),
    Fact("staff_unqualified", N, _("staff without a degree in library science"), Section.STAFF,
         {NPP: "tenaga", SNP: "tenaga", IPLM: f"{_TENAGA} 2", ACC: "4"}, most=1000),
    Fact("staff_trained", N, _("staff who attended training"), Section.STAFF,
         {SNP: "tenaga", IPLM: f"{_TENAGA} 3", ACC: "4"}, help=_LAST_YEAR, most=1000),
    Fact("head_education", FactKind.CHOICE, _("education of the head"), Section.STAFF, {SNP: "tenaga", ACC: "4"},
         choices={"below": _("below senior secondary"), "secondary": _("senior secondary"),
                  "diploma": _("diploma"), "degree": _("degree")}),
    Fact("head_trained", YN, _("the head attended training in librarianship"), Section.STAFF,
         {SNP: "tenaga", ACC: "4"}),
    Fact("teachers", N, _("teachers and school staff"), Section.STAFF, {IPLM: f"{_JENIS} 2"}, about=SCHOOL,
         most=10_000),
    Fact("pupils", N, _("pupils"), Section.STAFF, {IPLM: f"{_JENIS} 3"}, about=SCHOOL, most=100_000),
    Fact("service_kinds", MANY, _("services offered"), Section.SERVICES,
         {NPP: "layanan", SNP: "layanan", IPLM: f"{_URUS} 3", ACC: "3"}, choices=SERVICE_KINDS),
    Fact("collection_kinds", MANY, _("kinds of books and periodicals"), Section.SERVICES,
         {SNP: "koleksi", ACC: "1"}, choices=COLLECTION_KINDS),
    Fact("policy_documents", MANY, _("written policies and procedures"), Section.SERVICES,
         {SNP: "pengelolaan", IPLM: f"{_URUS} 4", ACC: "6"}, choices=POLICY_DOCUMENTS),
    Fact("regional_regulations", N, _("regional regulations on libraries"), Section.SERVICES,
         {IPLM: f"{_URUS} 5", ACC: "5"}, about=OF_THE_CITY, most=100),
    Fact("decree_number", FactKind.TEXT, _("number of the founding decree"), Section.SERVICES,
         {NPP: "penyelenggaraan", SNP: "penyelenggaraan", ACC: "5"}),
    Fact("accreditation", FactKind.CHOICE, _("accreditation"), Section.SERVICES, {NPP: "akreditasi"},
         choices={"none": _("not accredited"), "a": "A", "b": "B", "c": "C"}),
    Fact("budget_collection_bos", RP, _("collection budget from BOS"), Section.BUDGET, {IPLM: f"{_KOLEKSI} 9"},
         about=SCHOOL, help=_FOR_THE_YEAR, most=10**12),
    Fact("budget_collection", RP, _("collection budget"), Section.BUDGET,
         {NPP: "anggaran", SNP: "penyelenggaraan", IPLM: f"{_KOLEKSI} 10", ACC: "1"}, help=_FOR_THE_YEAR,
         most=10**12),
    Fact("budget_training", RP, _("budget for training staff"), Section.BUDGET, {IPLM: f"{_TENAGA} 4", ACC: "4"},
         help=_FOR_THE_YEAR, most=10**12),
    Fact("budget_services", RP, _("budget for services and management"), Section.BUDGET,
         {NPP: "anggaran", IPLM: f"{_URUS} 6", ACC: "6"}, help=_FOR_THE_YEAR, most=10**12),
    Fact("funding_source", MANY, _("where the money comes from"), Section.BUDGET, {NPP: "anggaran", ACC: "5"},
         choices={"apbd": "APBD", "apbn": "APBN", "csr": "CSR", "dana_kelurahan": _("kelurahan or village fund"),
                  "donations": _("donations"), "own": _("self-supporting")}),
)
FACTS: dict[str, Fact] = {fact.name: fact for fact in _ALL}
