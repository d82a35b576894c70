"""Fields of the registration and yearly update at data.perpusnas.go.id, and of contests, from what is known already."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.indicators.models import RegionFact
from simpul.libraries.facts import FACTS, Fact, FactKind, FieldList
from simpul.libraries.models import Library
from simpul.libraries.queries import KnownFact, facts_of, week_of
from simpul.people.models import Member
from simpul.reports.form import Kind, Line
from simpul.reports.linking import tell
from simpul.standards.queries.standard import held_by

DIGITS = (10, 20)  # how many digits an NPP has, in all that we saw


def doubts_about(npp: str, library: Library) -> str:
    """Why a number looks unusual; "" where nothing does. Never a refusal: the number is theirs."""
    plain = re.sub(r"[.\-\s/]", "", npp)
    if not plain:
        return ""
    if not plain.isalnum() or not any(letter.isdigit() for letter in plain):
        return _("an NPP is made of digits; look at it again")
    if not DIGITS[0] <= len(plain) <= DIGITS[1]:
        return _("it has %(n)s digits; an NPP is usually between 10 and 20 long") % {"n": len(plain)}
    region = "".join(library.region.code.split(".")[:2])
    if region and not plain.startswith(region):
        return _("an NPP usually begins with the code of province and city (%(code)s)") % {"code": region}
    return ""


@dataclass(frozen=True)
class Found:
    """What the questions brought."""

    library: Library
    day: date
    facts: Mapping[str, KnownFact]
    members: int
    titles: int
    residents: RegionFact | None
    city_library: Library | None


def found_of(library: Library, day: date) -> Found:
    """A fixed number of questions."""
    full = Library.objects.with_place().with_hours().get(pk=library.pk)
    members = Member.objects.filter(library=library, ended_on__isnull=True).aggregate(n=Count("pk"))["n"]
    residents = RegionFact.objects.valid().filter(
        region=full.region_id, name=RegionFact.Name.POPULATION, from_on__lte=day).order_by("-from_on").first()
    held = held_by([library.pk], day).get(library.pk)
    city = Library.objects.filter(kind=Library.Kind.CITY).exclude(pk=library.pk).first()
    return Found(full, day, {one.fact.name: one for one in facts_of(full, day)}, members, held.titles if held else 0,
                 residents, city)


def identity(found: Found) -> tuple[Line, ...]:
    one = found.library
    where = reverse("libraries:identity", args=[one.code])
    address = reverse("libraries:address", args=[one.code])
    district = one.district
    papers = reverse("standards:shelf", args=[one.code])
    rows: list[tuple[Any, Any, str]] = [
        (_("NPP"), one.npp, where), (_("Name of the library"), one.name, where), (_("Kind"), one.get_kind_display(), where),
        (_("NPSN"), one.npsn, where) if one.kind == Library.Kind.SCHOOL else ("", "", ""),
        (_("Address"), one.address, address), (_("RT/RW"), one.rt_rw, address), (_("Postal code"), one.postal_code, address),
        (_("Kelurahan or village"), one.region.name, address), (_("Kecamatan"), district.name if district else "", address),
        (_("Phone"), one.phone, address), (_("E-mail"), one.email, address),
        (_("Coordinates"), f"{one.latitude}, {one.longitude}" if one.latitude and one.longitude else "", address)]
    lines = [Line(str(n), label, value or None, Kind.TEXT, why=_("not told yet"), tell_at=url,
                  remark=doubts_about(one.npp, one) if label == _("NPP") else "")
             for n, (label, value, url) in enumerate((row for row in rows if row[0]), 1)]
    return (*lines, Line(str(len(lines) + 1), _("Founded on"), one.opened_on, Kind.DAY, why=_("not told yet"), tell_at=where,
                         source=_("decree and its file stand on the shelf of papers"), opens=papers))


def told(found: Found) -> tuple[Line, ...]:
    """Every dated fact that the list asks for, with its section there."""
    asked = [fact for fact in FACTS.values() if FieldList.NPP in fact.asked_by and fact.is_about(found.library.kind)]
    return tuple(_line(n, fact, found) for n, fact in enumerate(asked, 1))


KINDS = {FactKind.NUMBER: Kind.COUNT, FactKind.RUPIAH: Kind.RUPIAH, FactKind.YES_NO: Kind.YES_NO}


def _line(n: int, fact: Fact, found: Found) -> Line:
    known = found.facts.get(fact.name)
    kind = KINDS.get(fact.kind, Kind.TEXT)
    value = None if known is None or known.now is None else known.value if kind != Kind.TEXT else known.text
    return Line(str(n), fact.label, value, kind, fact.unit, why=_("not told yet"), tell_at=tell(found.library, fact.name),
                remark=known.now.from_on.strftime("%d-%m-%Y") if known and known.now else "")


def contest(found: Found) -> tuple[Line, ...]:
    """Fields that contests ask besides."""
    one, residents = found.library, found.residents
    open_days = [day for day in week_of(one, found.day) if day.spans]
    share = round(found.members * 100 / residents.value, 2) if residents and residents.value else None
    distance = _distance(one, found.city_library)
    address = reverse("libraries:address", args=[one.code])
    return (
        Line("1", _("Members"), found.members, opens=reverse("people:list", args=[one.code])),
        Line("2", _("Residents"), residents.value if residents else None, source=residents.source if residents else "",
             why=_("nobody told how many residents there are")),
        Line("3", _("Members per hundred residents"), _decimal(share), Kind.RATIO, "%",
             why=_("nobody told how many residents there are")),
        Line("4", _("Titles"), found.titles or None, why=_("no titles in the catalogue yet")),
        Line("5", _("Open days a week"), len(open_days) or None, why=_("nobody told the opening hours"),
             tell_at=reverse("libraries:hours", args=[one.code])),
        Line("6", _("Distance to the city library"), _decimal(distance), Kind.RATIO, "km",
             why=_("the coordinates of one of the two are missing"), tell_at=address, remark=_("as the crow flies")),
        Line("7", _("Area of the kelurahan"), None, Kind.RATIO, "km²", why=_("ask the kelurahan; Simpul does not hold it")),
        Line("8", _("Livelihoods of the residents"), None, Kind.TEXT, why=_("ask the kelurahan; Simpul does not hold it")),
    )


def _decimal(number: float | None) -> Any:
    return None if number is None else Decimal(str(number))


def _distance(one: Library, other: Library | None) -> float | None:
    """Kilometres between two libraries on the sphere; None where a place is unknown."""
    if other is None or None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    lat1, lon1, lat2, lon2 = (radians(float(value)) for value in (
        one.latitude, one.longitude, other.latitude, other.longitude) if value is not None)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * 6371 * asin(sqrt(half)), 1)


def missing(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Those without an answer, in their order."""
    return tuple(one for one in lines if one.value is None)


__all__ = ["Found", "contest", "doubts_about", "found_of", "identity", "missing", "told"]
