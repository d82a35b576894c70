"""Figures: an indicator's value at a place in a period, with what it was made of.

    value(indicators()["visits"], Period.parse("2025-03"), of_library(library))
    table(indicators()["visits"], Period.parse("2025"), of_city())      libraries × months, in few questions

Numbers come from `rollups.reading` and are exact now. Where there is no value the state says why; no value is no zero.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.measure import discover
from simpul.indicators import coverage as covering
from simpul.indicators.breaking import broken_down, is_narrowed, may_be_told, told_total
from simpul.indicators.codes import code_of
from simpul.indicators.coverage import Coverage
from simpul.indicators.definitions import Indicator, Term, Version
from simpul.indicators.denominators import denominator
from simpul.indicators.numerators import Counted, counted, tally
from simpul.indicators.people import People
from simpul.indicators.periods import Period
from simpul.indicators.places import Place, of_library
from simpul.indicators.protecting import Broken
from simpul.libraries.models import Library


class State(StrEnum):
    OK = "ok"
    NO_DATA = "no_data"                          # was open, nothing at all was recorded
    CLOSED = "closed"
    NOT_APPLICABLE = "not_applicable"
    NOT_YET = "not_yet"
    DENOMINATOR_ZERO = "denominator_zero"
    DENOMINATOR_UNKNOWN = "denominator_unknown"
    UNKNOWN = "unknown"                          # a fact that nobody told
    NOT_DEFINED = "not_defined"                  # no version of the definition is valid then
    MIXED = "mixed"                              # two versions that do not add up
    WITHHELD = "withheld"


STATES = {
    State.OK: "", State.NO_DATA: _("nothing was recorded"), State.CLOSED: _("closed"),
    State.NOT_APPLICABLE: _("not applicable"), State.NOT_YET: _("still to come"),
    State.DENOMINATOR_ZERO: _("cannot be computed: it would be divided by zero"),
    State.DENOMINATOR_UNKNOWN: _("cannot be computed: it is not known of how many"),
    State.UNKNOWN: _("nobody told it yet"), State.NOT_DEFINED: _("not defined for this period"),
    State.MIXED: _("the definition changed within this period, and the two do not add up: ask for each part by itself"),
    State.WITHHELD: _("withheld, so that nobody can be recognised"),
}


@dataclass(frozen=True)
class Figure:
    """`value` is None unless the state is OK. `numerator` and `denominator` are what it was made of; `sources` where
    the denominator comes from. `versions` are those of the definition that the period uses. `people` where people are
    counted; `broken` where a breakdown was asked for."""

    indicator: Indicator
    period: Period
    place: Place
    state: State
    value: Decimal | None
    numerator: int | None
    denominator: Decimal | None
    versions: tuple[Version, ...]
    computed_at: datetime
    coverage: Coverage
    sources: tuple[str, ...] = ()
    people: People | None = None
    by: str = ""
    broken: Broken | None = None

    @property
    def version(self) -> Version:
        return self.versions[-1] if self.versions else self.indicator.now

    @property
    def unit(self) -> str:
        return self.version.unit

    @property
    def says(self) -> str:
        """Why there is no value; "" where there is one."""
        return str(STATES[self.state])

    @property
    def receipt(self) -> str:
        """The address of the page that opens it."""
        query = {"tempat": self.place.code, "periode": self.period.code, **({"by": self.by} if self.by else {})}
        return f"{reverse('web:figure', args=[self.indicator.id])}?{urlencode(query)}"

    @property
    def code(self) -> str:
        """What stands behind /k/ on paper."""
        return code_of(self.indicator.id, self.place.code, self.period.code, self.computed_at)


def value(indicator: Indicator, period: Period, place: Place, *, by: Sequence[str] = (), is_outsider: bool = True,
          now: datetime | None = None) -> Figure:
    """One figure. `by`: one disaggregation, or sex and age group. Outsiders are told breakdowns of whole months that
    are over, of what `protecting` lets out; the library's own staff everything."""
    now = now or clock.now()
    today = clock.local_date(now, place.library.time_zone if place.library else "Asia/Jakarta")
    covered = covering.coverage(place, period, today)
    parts = indicator.parts(period)
    versions = tuple(version for version, _part in parts)
    base: dict[str, Any] = {"indicator": indicator, "period": period, "place": place, "versions": versions, "computed_at": now,
            "coverage": covered, "by": "+".join(by)}
    if not parts:
        return Figure(**base, state=State.NOT_DEFINED, value=None, numerator=None, denominator=None)
    version = versions[-1]
    if version.over_time == "last":
        parts = parts[-1:]  # as it is on the last day, by the definition of that day
    if not _add_up([own for own, _part in parts]):
        return Figure(**base, state=State.MIXED, value=None, numerator=None, denominator=None)
    above = counted(parts, place)
    if not above.is_known:
        return Figure(**base, state=State.UNKNOWN, value=None, numerator=None, denominator=None)
    empty = _why_empty(covered) if not above.total and version.measures else State.OK
    if empty != State.OK:
        return Figure(**base, state=empty, value=None, numerator=None, denominator=None)
    if is_outsider and not may_be_told(parts, place, period, today):
        return Figure(**base, state=State.WITHHELD, value=None, numerator=None, denominator=None)
    if is_outsider and any(is_narrowed(term) for own, _part in parts for term in own.numerator):
        above = replace(above, total=told_total(parts, place))
    below, sources = denominator(version, place, period, today)
    state, number = _divided(version, above, below)
    broken = broken_down(parts, place, period, by, is_outsider=is_outsider, today=today) if by else None
    return Figure(**base, state=state, value=number, numerator=above.total, denominator=below, sources=sources,
                  people=above.people, broken=broken)


def _add_up(versions: Sequence[Version]) -> bool:
    """May the parts of a period be added up that were counted by different versions? Only sums of the same unit over the
    same denominator."""
    first = versions[0]
    return len(versions) == 1 or all(
        one.over_time == "sum"
        and (one.denominator, one.multiplier, one.units) == (first.denominator, first.multiplier, first.units)
        and not any(term.is_people or term.fact or (term.measure and not discover()[term.measure].adds_up)
                    for term in one.numerator) for one in versions)


def _why_empty(covered: Coverage) -> State:
    """Why a sum of nothing is no zero: nobody had any record of any kind."""
    if covered.received:
        return State.OK
    if covered.silent:
        return State.NO_DATA
    states = covered.states
    if states[covering.State.CLOSED]:
        return State.CLOSED
    return State.NOT_YET if states[covering.State.NOT_YET] else State.NOT_APPLICABLE


def _divided(version: Version, counts: Counted, below: Decimal | None) -> tuple[State, Decimal | None]:
    above = Decimal(counts.total)
    if version.denominator is None and version.over_place == "average" and counts.by_library:
        above = Decimal(sum(counts.by_library.values())) / len(counts.by_library)
    if version.denominator is None and version.over_time == "average" and counts.by_month:
        above /= len(counts.by_month)
    if version.denominator is None:
        return State.OK, rounded(above * version.multiplier, version.decimals)
    if below is None:
        return State.DENOMINATOR_UNKNOWN, None
    if below == 0:
        return State.DENOMINATOR_ZERO, None
    return State.OK, rounded(above * version.multiplier / below, version.decimals)


def rounded(number: Decimal, decimals: int) -> Decimal:
    """Halves away from zero, as the forms do it by hand."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Line:
    """A library's row of a table: a number for each period (None: no data, see `states`), and the whole."""

    library: Library
    numbers: tuple[int | None, ...]
    states: tuple[covering.State, ...]
    total: int | None


@dataclass(frozen=True)
class Table:
    """Libraries × periods of an indicator that adds up, with the sums below and what was received of each period."""

    indicator: Indicator
    place: Place
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    totals: tuple[int, ...]
    total: int
    coverages: tuple[Coverage, ...]
    computed_at: datetime


def table(indicator: Indicator, period: Period, place: Place, *, periods: Iterable[Period] | None = None,
          now: datetime | None = None) -> Table:
    """Each library's months (or the `periods` given, none of which overlap) of a numerator that adds up; the number of
    questions does not depend on how many. ValueError: periods overlap, or the numbers do not add up."""
    now = now or clock.now()
    today = clock.local_date(now, "Asia/Jakarta")
    columns = tuple(periods) if periods is not None else tuple(Period.of_month(month) for month in period.months())
    ordered = sorted(columns)
    if any(later.first <= earlier.last for earlier, later in pairwise(ordered)):
        raise ValueError("the periods overlap")
    found: dict[tuple[UUID, Period], int] = defaultdict(int)
    for own, part in indicator.parts(Period(ordered[0].first, ordered[-1].last)) if ordered else ():
        for term in own.numerator:
            if not term.measure or term.is_people or not discover()[term.measure].adds_up or term.is_stock:
                raise ValueError(f"{indicator.id} does not add up over libraries and months")
            _fill(found, term, part, place, columns)
    covered = covering.coverages(place, columns, today)
    lines = tuple(_line(library, columns, found, covered) for library in place.libraries)
    totals = tuple(sum(found.get((library.pk, column), 0) for library in place.libraries) for column in columns)
    return Table(indicator, place, columns, lines, totals, sum(totals), tuple(covered[column] for column in columns), now)


def _fill(found: dict[tuple[UUID, Period], int], term: Term, part: Period, place: Place, columns: tuple[Period, ...]) -> None:
    if all(column.is_whole_months for column in columns):
        of_month = {month: column for column in columns for month in column.months()}
        for (library, month, _value), n in tally(term, part, place).items():
            if month in of_month:
                found[library, of_month[month]] += n * term.times
        return
    for column in columns:
        there = column.clipped(part.first, part.last)
        for (library, _month, _value), n in (tally(term, there, place).items() if there else ()):
            found[library, column] += n * term.times


def _line(library: Library, columns: tuple[Period, ...], found: Mapping[tuple[UUID, Period], int],
          covered: Mapping[Period, Coverage]) -> Line:
    states = tuple(covered[column].by_library[library.pk] for column in columns)
    has_data = (covering.State.RECEIVED, covering.State.LATE)
    numbers = tuple(found.get((library.pk, column), 0) if state in has_data else None
                    for column, state in zip(columns, states, strict=True))
    known = [n for n in numbers if n is not None]
    return Line(library, numbers, states, sum(known) if known else None)


def trend(indicator: Indicator, place: Place, *, until: date, months: int = 13) -> list[tuple[Period, int]]:
    """The numerator of the last months, the oldest first, ending with the month of `until`."""
    month, columns = until.replace(day=1), []
    for _n in range(months):
        columns.append(Period.of_month(month))
        month = (month - timedelta(days=1)).replace(day=1)
    made = table(indicator, columns[0], place, periods=reversed(columns))
    return list(zip(made.periods, made.totals, strict=True))


def of(indicator_id: str, period: str, library: Library) -> Figure:
    """Shorthand for pages of a library's own staff."""
    from simpul.indicators.definitions import indicators

    return value(indicators()[indicator_id], Period.parse(period), of_library(library), is_outsider=False)
