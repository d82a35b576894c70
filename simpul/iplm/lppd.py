"""The IKK of library affairs in the LPPD (Permendagri 18/2020): ratios of a region's year with their denominators."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.iplm.frame import Outside, counts_here, outside_of
from simpul.iplm.models import Published
from simpul.iplm.own import Own, own_lines
from simpul.iplm.permissions import can_keep
from simpul.iplm.residents import Residents, residents_of
from simpul.libraries.queries.facts import facts_on
from simpul.reports.form import Counts, Filled, Kind, Line, Section
from simpul.reports.linking import form_address

#: grades that the National Library gives; whoever has one meets the national standard
ACCREDITED = ("a", "b", "c")


def ratio(part: int | Decimal | None, whole: int | Decimal | None, *, decimals: int = 2) -> Decimal | None:
    """Of a hundred; None where either is unknown or there is nothing to divide by."""
    if part is None or not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def fill(place: Place, period: Period, reader: Actor) -> Filled:
    """The outcome indices as published, the output ratios, and what they were made of."""
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    own, outside = own_lines(place, period, today, with_people=False), outside_of(place, period.first.year)
    residents = residents_of(place.region, period.last)
    basis = _basis(place, period, own, outside)
    notes = [_("Users are visits, as they are recorded; who comes twice is counted twice."),
             _("A library meets the national standard where it is accredited A, B or C.")]
    if residents is None:
        notes.append(_("How many people live here is not known for this year, so no ratio can be told."))
    if period.last >= today:
        notes.append(_("The period is not over: these are the numbers so far."))
    return Filled(place, period, (
        Section("outcome", _("Outcome"), _outcome(place, period, reader)),
        Section("output", _("Output"), _output(basis, residents, place, period)),
        Section("dasar", _("What they are made of"), _made_of(basis, residents, place, period))),
        notes=tuple(notes), extra={"denominator": None if residents is None else {
            "value": int(residents.value), "source": residents.source, "from": residents.from_on}})


def _basis(place: Place, period: Period, own: Own, outside: Outside) -> dict[str, int | None]:
    counted = [one for one in own.libraries if counts_here(one)]
    ids = {one.pk for one in counted}

    def total(*keys: str) -> int | None:
        known = [n for key in keys for pk, n in own.values[key].items() if pk in ids]
        beyond = [outside.sum(key) for key in keys]
        return sum(known) + sum(n for n, _m in beyond) if known or any(m for _n, m in beyond) else None

    grades = facts_on(period.last, ["accreditation"], ids)
    told = [known["accreditation"] for known in grades.values() if "accreditation" in known]
    return {"collection": total("koleksi.2", "koleksi.4"), "users": total("pelayanan.2"), "staff": total("tenaga.1", "tenaga.2"),
            "accredited": sum(grade in ACCREDITED for grade in told) if told else None,
            "libraries": len(counted) + len(outside.institutions)}


def _outcome(place: Place, period: Period, reader: Actor) -> tuple[Line, ...]:
    told = Published.objects.filter(region=place.region, year=period.first.year, voided_at__isnull=True)
    rows = {row.name: row for row in told}
    tell_at = reverse("iplm:published") if can_keep(reader) else ""

    def line(number: str, name: str, label: str) -> Line:
        row = rows.get(name)
        if row is None:
            return Line(number, label, None, Kind.RATIO, why=_("not published yet, or not entered"), tell_at=tell_at)
        return Line(number, label, row.value, Kind.RATIO, source=row.source, tell_at=tell_at)

    return (line("1", "tgm", "Nilai tingkat kegemaran membaca masyarakat"),
            line("2", "iplm", "Indeks Pembangunan Literasi Masyarakat"))


def _output(basis: dict[str, int | None], residents: Residents | None, place: Place, period: Period) -> tuple[Line, ...]:
    people = residents.value if residents else None
    opens = form_address("iplm-2025", place, period) if period.first.year >= 2025 else ""

    def line(number: str, label: str, part: str, whole: Any, source: str, unit: str = "%", decimals: int = 2,
             counts: Counts = Counts.NOTHING) -> Line:
        value, why = ratio(basis[part], whole, decimals=decimals), ""
        if value is None:
            why = _("what is counted is not known yet") if basis[part] is None else _(
                "cannot be computed: it is not known of how many") if whole is None else _(
                "cannot be computed: it would be divided by zero")
        return Line(number, label, value, Kind.RATIO, unit, why=why, source=source, opens=opens, counts=counts)

    said = residents.source if residents else ""
    return (
        line("1", "Rasio ketercukupan koleksi perpustakaan dengan penduduk", "collection", people, said),
        line("2", "Persentase ketermanfaatan perpustakaan oleh masyarakat", "users", people, said, counts=Counts.VISITS),
        line("3", "Rasio ketercukupan tenaga perpustakaan dengan penduduk", "staff", people, said, decimals=4),
        line("4", "Persentase perpustakaan sesuai standar nasional perpustakaan", "accredited", basis["libraries"],
             _("accreditation as the libraries told it")))


def _made_of(basis: dict[str, int | None], residents: Residents | None, place: Place, period: Period) -> tuple[Line, ...]:
    opens = form_address("iplm-2025", place, period) if period.first.year >= 2025 else ""

    def line(number: str, key: str, label: str, unit: str) -> Line:
        return Line(number, label, basis[key], unit=unit, opens=opens, why="" if basis[key] is not None else _(
            "not known yet: no library told it"), source=_("libraries of the node and the city's list"))

    people = Line("5", "Jumlah penduduk", int(residents.value) if residents else None, unit=_("people"),
                  source=residents.source if residents else "", counts=Counts.PEOPLE,
                  why="" if residents else _("nobody told it yet"))
    return (line("1", "collection", "Koleksi (tercetak dan digital)", _("copies")),
            line("2", "users", "Pemustaka dalam setahun", _("visits")),
            line("3", "staff", "Tenaga perpustakaan", _("people")),
            line("4", "accredited", "Perpustakaan terakreditasi", _("libraries")), people,
            line("6", "libraries", "Perpustakaan dalam daftar kota", _("libraries")))
