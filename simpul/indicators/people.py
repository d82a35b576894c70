"""Unique people: exact within a library and period, a range across libraries.

Within a library a person is one id. Across libraries nobody knows who is the same, unless it was linked: the people of
several libraries are at least as many as of the largest, at most the sum, less those known to be the same. A period
whose persons were unlinked by retention is told from its seal, counted before.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Model
from django.utils.translation import gettext_lazy as _

from simpul.core.clock import local_date
from simpul.core.measure import Measure, discover
from simpul.indicators.models import SealedPeople
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.indicators.rollups.once import is_asked_once, once
from simpul.indicators.rows import rows_at

METHODS = {
    "exact": _("each person counted once, by the library's own records"),
    "sealed": _("each person counted once, before the names were unlinked"),
    "range": _("at least the largest library, at most the sum; nobody links persons across libraries"),
    "linked": _("at least the largest library, at most the sum less those known to be the same person"),
    "none": _("nobody is known by name in these records"),
}


@dataclass(frozen=True)
class People:
    """`least` ≤ people ≤ `most`; `method` is one of METHODS; `unlinked` of `records` know no person, so behind them
    stand people that are not counted here."""

    least: int
    most: int
    method: str
    records: int
    unlinked: int
    is_sealed: bool = False

    @property
    def is_exact(self) -> bool:
        return self.least == self.most

    @property
    def says(self) -> str:
        return str(METHODS[self.method])


@dataclass(frozen=True)
class OfLibrary:
    people: int
    linked: int
    unlinked: int
    is_sealed: bool


def people(measure: Measure, place: Place, period: Period, by_library: Mapping[UUID, OfLibrary] | None = None) -> People:
    """Different people in a measure's records. Four questions for any number of libraries; two less with what
    `people_by_library` found. ValueError: the measure names nobody."""
    by_library = people_by_library(measure, place, period) if by_library is None else by_library
    counts = [one.people for one in by_library.values()]
    records = sum(one.linked + one.unlinked for one in by_library.values())
    unlinked = sum(one.unlinked for one in by_library.values())
    is_sealed = any(one.is_sealed for one in by_library.values())
    if not any(counts):
        return People(0, 0, "none", records, unlinked, is_sealed)
    if len([n for n in counts if n]) == 1:
        return People(max(counts), max(counts), "sealed" if is_sealed else "exact", records, unlinked, is_sealed)
    known = _known_to_be_same(measure, place, period)
    most = max(max(counts), sum(counts) - known)
    return People(max(counts), most, "linked" if known else "range", records, unlinked, is_sealed)


def people_by_library(measure: Measure, place: Place, period: Period, *, is_linked_only: bool = False) -> dict[UUID, OfLibrary]:
    """Exact, library by library; sealed periods from their seals. Two questions. Nobody changes the answer. Where
    `is_linked_only`, records that know nobody are not counted, which is much less to look at."""
    if not measure.person:
        raise ValueError(f"{measure.name} names nobody")
    return once(("people", measure.name, period, place.is_whole or place.stays, is_linked_only),
                lambda: _count_people(measure, place, period, is_linked_only=is_linked_only))


def _count_people(measure: Measure, place: Place, period: Period, *, is_linked_only: bool) -> dict[UUID, OfLibrary]:
    rows = rows_at(measure, place, period)
    rows = rows.filter(**{f"{measure.person}__isnull": False}) if is_linked_only else rows
    asked = rows.order_by().values(measure.library).annotate(
        people=Count(measure.person, distinct=True), linked=Count(measure.person), every=Count("pk"))
    found = {row[measure.library]: OfLibrary(row["people"], row["linked"], row["every"] - row["linked"], False)
             for row in asked}
    for seal in _seals(measure, place, period):
        now = found.get(seal.library_id)
        if now is None or now.people <= seal.people:  # a late record may know more than the seal
            found[seal.library_id] = OfLibrary(seal.people, seal.linked, seal.unlinked, True)
    return found


def _seals(measure: Measure, place: Place, period: Period) -> list[SealedPeople]:
    """Of the period; for a page about a few libraries all of theirs in one question."""
    rows = SealedPeople.objects.filter(library_id__in=[library.pk for library in place.libraries])
    if place.is_whole or not is_asked_once():
        return list(rows.filter(measure=measure.name, first_on=period.first, last_on=period.last))
    every = once(("seals", frozenset(library.pk for library in place.libraries)), lambda: list(rows))
    return [one for one in every if (one.measure, one.first_on, one.last_on) == (measure.name, period.first, period.last)]


Links = Callable[[Collection[UUID]], Iterable[tuple[UUID, UUID]]]


@cache
def _links() -> tuple[Links, ...]:
    """Declared above: `<app>/same_people.py` offers SAME_PEOPLE, callables (person ids) → pairs that are the same."""
    return tuple(ask for app in apps.get_app_configs()
                 if app.name.startswith("simpul.") and find_spec(f"{app.name}.same_people")
                 for ask in import_module(f"{app.name}.same_people").SAME_PEOPLE)


def _known_to_be_same(measure: Measure, place: Place, period: Period) -> int:
    """How many too many the sum counts, for what is linked: a group of n ids is one person."""
    above: dict[UUID, UUID] = {}

    def top(one: UUID) -> UUID:
        while above.get(one, one) != one:
            one = above[one]
        return one

    pairs = {tuple(sorted(pair)) for ask in _links() for pair in ask(())}
    ids = {one for pair in pairs for one in pair}
    if not ids:
        return 0
    present = set(rows_at(measure, place, period).filter(**{f"{measure.person}__in": ids}).order_by().values_list(
        measure.person, flat=True).distinct())
    for one, other in sorted(pairs):
        above[top(one)] = top(other)
    return len(present) - len({top(one) for one in present})


def seal_people_in(model: type[Model], *, before: date, at: datetime) -> int:
    """Seal every measure that counts rows of this table and names persons in them; see `seal`."""
    return sum(seal(measure.name, before=before, at=at) for measure in discover().values()
               if measure.person and not measure.is_live and measure.rows().model is model)


def seal(measure_name: str, *, before: date, at: datetime) -> int:
    """Count and keep the people of every month, quarter and year that holds a day before `before` and is over, before
    its persons are unlinked; gives how many seals are new. Called by retention just before it unlinks. Again it does
    nothing: the first seal stands."""
    from simpul.indicators.places import of_city

    measure = discover()[measure_name]
    oldest = measure.rows().filter(**{f"{measure.person}__isnull": False, f"{measure.date}__lt": before}).order_by(
        measure.date).values_list(measure.date, flat=True).first()
    if oldest is None:
        return 0
    place, made = of_city(), 0
    sealed = set(SealedPeople.objects.filter(measure=measure_name, last_on__gte=oldest).order_by().values_list(
        "first_on", "last_on").distinct())
    today = local_date(at, "Asia/Jakarta")
    for period in _periods(oldest, before - timedelta(days=1)):
        if (period.first, period.last) in sealed or period.last >= today:
            continue
        rows = [SealedPeople(library_id=library, measure=measure_name, first_on=period.first, last_on=period.last,
                             people=one.people, linked=one.linked, unlinked=one.unlinked, sealed_at=at)
                for library, one in people_by_library(measure, place, period).items()
                if one.people]
        SealedPeople.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
    return made


def _periods(first: date, last: date) -> list[Period]:
    """Months, quarters and years that hold a day from first to last."""
    found: dict[Period, None] = {}
    for month in Period(first, last).months():
        quarter = f"{month.year:04}-Q{(month.month + 2) // 3}"
        for period in (Period.of_month(month), Period.parse(quarter), Period.of_year(month.year)):
            found[period] = None
    return list(found)
