"""Of how many: the denominators, each with its source. Unknown stays unknown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.measure import discover
from simpul.indicators import coverage as covering
from simpul.indicators.definitions import Denominator, Version
from simpul.indicators.models import RegionFact
from simpul.indicators.numerators import different, facts_of, sums
from simpul.indicators.people import people
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.libraries.facts import FACTS
from simpul.libraries.models import Library, Region
from simpul.libraries.queries.hours import days_open


def denominator(version: Version, place: Place, period: Period, today: date) -> tuple[Decimal | None, tuple[str, ...]]:
    """The denominator with its source; None: there is none, or nobody knows it."""
    below = version.denominator
    if below is None:
        return None, ()
    return BELOW[below.kind](below, place, period, today)


Below = tuple[Decimal | None, tuple[str, ...]]


def _of_measures(below: Denominator, place: Place, period: Period, _today: date) -> Below:
    total = 0
    for term in below.terms:
        measure = discover()[term.measure]
        if term.is_people:
            total += people(measure, place, period).most
        elif measure.adds_up:
            total += term.times * sum(sums(term, period, place).values())
        else:
            total += term.times * different(measure, term, place, period)
    return Decimal(total), tuple(str(discover()[term.measure].label) for term in below.terms)


def _of_population(below: Denominator, place: Place, period: Period, _today: date) -> Below:
    """The people of the region, or of the kelurahan of one library, as known on the period's last day."""
    region = place.region or (place.library.region if place.library else None)
    known = population(region, below.name or "population", period.last) if region is not None else None
    return (Decimal(known.people), (known.source,)) if known else (None, ())


@dataclass(frozen=True)
class Population:
    """People of a region as known on a day. `source` says from where and since when; `regions` whose numbers were
    added up (1: told of the region itself)."""

    people: int
    source: str
    regions: int = 1


def population(region: Region, name: str, day: date) -> Population | None:
    """What was told of the region itself, else the sum of its kelurahan where it is told of every one of them. None:
    not known. At most three questions."""
    own = RegionFact.objects.valid().filter(region=region, name=name, from_on__lte=day).order_by("-from_on").first()
    if own is not None:
        return Population(own.value, f"{region.full_name}: {own.source} ({own.from_on:%d-%m-%Y})")
    if region.level == Region.Level.VILLAGE:
        return None
    every = set(Region.objects.current().filter(level=Region.Level.VILLAGE, code__startswith=f"{region.code}.").values_list(
        "pk", flat=True))
    latest: dict[UUID, RegionFact] = {}
    for row in RegionFact.objects.valid().filter(region__in=every, name=name, from_on__lte=day).order_by("from_on"):
        latest[row.region_id] = row
    if not every or latest.keys() != every:
        return None
    sources = sorted({row.source for row in latest.values()})
    said = _("%(region)s: sum of %(n)s kelurahan; %(source)s (%(first)s)") % {
        "region": region.full_name, "n": len(every), "source": "; ".join(sources[:3]),
        "first": min(row.from_on for row in latest.values()).strftime("%d-%m-%Y")}
    return Population(sum(row.value for row in latest.values()), str(said), len(every))


def _of_facts(below: Denominator, place: Place, period: Period, _today: date) -> Below:
    known = facts_of(below.name, place, period.last)
    if not known:
        return None, ()
    return Decimal(sum(known.values())), (str(FACTS[below.name].label),)


def _of_open_days(_below: Denominator, place: Place, period: Period, today: date) -> Below:
    """Days on which the libraries were open, so far; unknown where nobody told the hours of one of them."""
    there = period.clipped(None, today)
    if there is None:
        return None, ()
    total = 0
    for library in Library.objects.with_hours().filter(pk__in=[one.pk for one in place.libraries]):
        days = days_open(library, there.first, there.last)
        if days is None:
            return None, ()
        total += len(days)
    return Decimal(total), (str(_("opening hours and closures as told")),)


def _of_libraries(_below: Denominator, place: Place, period: Period, today: date) -> Below:
    expected = covering.coverage(place, period, today).expected
    return Decimal(expected), (str(_("libraries that were open in the period")),)


BELOW: dict[str, Callable[[Denominator, Place, Period, date], Below]] = {
    "measure": _of_measures, "population": _of_population, "fact": _of_facts, "open_days": _of_open_days,
    "libraries": _of_libraries}
