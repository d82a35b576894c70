"""Figures: an indicator's value at a place in a period, with what it was made of.

    value(indicators()["visits"], Period.parse("2025-03"), of_library(library))
    table(indicators()["visits"], Period.parse("2025"), of_city())      libraries × months, in few questions

Numbers come from `rollups.reading` and are exact now. Where there is no value the state says why; no value is no zero.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.measure import Measure, discover
from simpul.indicators import coverage as covering
from simpul.indicators.codes import code_of
from simpul.indicators.coverage import Coverage
from simpul.indicators.definitions import Denominator, Indicator, Term, Version
from simpul.indicators.models import RegionFact
from simpul.indicators.people import People, people, people_by_library
from simpul.indicators.periods import Period
from simpul.indicators.places import Place, of_library
from simpul.indicators.protecting import Broken, added_up, may_be_broken_down, told
from simpul.indicators.rollups.reading import Months, month_counts, span_counts
from simpul.libraries.models import Library
from simpul.libraries.queries.facts import facts_on
from simpul.libraries.queries.hours import days_open

EVER = date(1900, 1, 1)  # stocks are added up from here


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
    WITHHELD = "withheld"


STATES = {
    State.OK: "", State.NO_DATA: _("nothing was recorded"), State.CLOSED: _("closed"),
    State.NOT_APPLICABLE: _("not applicable"), State.NOT_YET: _("still to come"),
    State.DENOMINATOR_ZERO: _("cannot be computed: it would be divided by zero"),
    State.DENOMINATOR_UNKNOWN: _("cannot be computed: it is not known of how many"),
    State.UNKNOWN: _("nobody told it yet"), State.NOT_DEFINED: _("not defined for this period"),
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
    base = {"indicator": indicator, "period": period, "place": place, "versions": versions, "computed_at": now,
            "coverage": covered, "by": "+".join(by)}
    if not parts:
        return Figure(**base, state=State.NOT_DEFINED, value=None, numerator=None, denominator=None)
    version = versions[-1]
    counted = _counted(version, parts, place)
    if counted.state != State.OK:
        return Figure(**base, state=counted.state, value=None, numerator=None, denominator=None)
    empty = _why_empty(covered) if not counted.total and version.measures else State.OK
    if empty != State.OK:
        return Figure(**base, state=empty, value=None, numerator=None, denominator=None)
    if is_outsider and not _may_be_told(parts, place, period, today):
        return Figure(**base, state=State.WITHHELD, value=None, numerator=None, denominator=None)
    below, sources = _below(version, place, period, today)
    state, number = _divided(version, counted, below, place, period)
    broken = _broken(version, parts, place, period, by, is_outsider, today) if by else None
    return Figure(**base, state=state, value=number, numerator=counted.total, denominator=below, sources=sources,
                  people=counted.people, broken=broken)


@dataclass(frozen=True)
class Counted:
    """A numerator: in all, by library, by month; people where they are counted."""

    total: int
    by_library: Mapping[UUID, int] = field(default_factory=dict)
    by_month: Mapping[date, int] = field(default_factory=dict)
    people: People | None = None
    state: State = State.OK


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


def _counted(version: Version, parts: list[tuple[Version, Period]], place: Place) -> Counted:
    by_library: dict[UUID, int] = defaultdict(int)
    by_month: dict[date, int] = defaultdict(int)
    counted: People | None = None
    extra = 0
    for own, part in parts:
        for term in own.numerator:
            if term.fact:
                known = _facts(term.fact, place, part.last)
                if not known:
                    return Counted(0, state=State.UNKNOWN)
                for library, n in known.items():
                    by_library[library] += n * term.times
                continue
            measure = discover()[term.measure]
            if term.is_people:
                counted = people(measure, place, part)
                extra += counted.most
                for library, one in people_by_library(measure, place, part).items():
                    by_library[library] += one.people
            elif not measure.adds_up:
                extra += term.times * _different(measure, term, place, part)
            else:
                for (library, month, _value), n in tally(term, part, place).items():
                    by_library[library] += n * term.times
                    by_month[month] += n * term.times
    total = extra if counted else sum(by_library.values()) + extra
    return Counted(total, dict(by_library), dict(by_month), counted)


def tally(term: Term, period: Period, place: Place, by: Sequence[str] = ()) -> Months:
    """(library, month, value) → n of one term: from the roll-ups where its condition and breakdown are margins."""
    measure = discover()[term.measure]
    there = Period(EVER, period.last) if term.is_stock else period
    dims = tuple(dict.fromkeys((*term.where, *by)))
    whole, spans = place.spread(there)
    found = _whole_months(measure, whole, place, _order(measure, dims))
    for key, n in span_counts(measure, spans, _order(measure, dims)).items():
        found[key] = found.get(key, 0) + n
    return _narrowed(found, _order(measure, dims), term.where, tuple(by)) if term.where else found


def _order(measure: Measure, dims: tuple[str, ...]) -> tuple[str, ...]:
    """The dimensions in the order of the margin that holds them, if one does."""
    return next((margin for margin in measure.margins if set(margin) == set(dims)), dims)


def _whole_months(measure: Measure, whole: dict[date, set[UUID]], place: Place, dims: tuple[str, ...]) -> Months:
    if not whole:
        return {}
    libraries = None if place.is_whole else {pk for of in whole.values() for pk in of}
    found = month_counts(measure, list(whole), libraries, dims)
    if place.is_whole:
        return found
    return {key: n for key, n in found.items() if key[0] in whole[key[1]]}


def _narrowed(found: Months, dims: tuple[str, ...], where: Mapping[str, tuple[str, ...]], by: tuple[str, ...]) -> Months:
    narrowed: Months = defaultdict(int)
    for (library, month, text), n in found.items():
        values = dict(zip(dims, text.split("|"), strict=True))
        if all(values[name] in wanted for name, wanted in where.items()):
            narrowed[library, month, "|".join(values[name] for name in by)] += n
    return dict(narrowed)


def _different(measure: Measure, term: Term, place: Place, period: Period) -> int:
    """A measure of different things, which adds up over nothing: asked once for all libraries and days together."""
    rows = measure.between(measure.rows(), EVER if term.is_stock else period.first, period.last)
    if not place.is_whole:
        rows = rows.filter(**{f"{measure.library}__in": [library.pk for library in place.libraries]})
    for name, values in term.where.items():
        rows = rows.filter(**{f"{measure.disaggregations[name]}__in": values})
    return measure.total(rows)


def _facts(name: str, place: Place, day: date) -> dict[UUID, int]:
    """A number that libraries told, as it was on a day; a list of choices counts its entries."""
    known = facts_on(day, [name], [library.pk for library in place.libraries])
    return {library: _as_number(values[name]) for library, values in known.items()}


def _as_number(told: object) -> int:
    if isinstance(told, list):
        return len(told)
    return int(told) if isinstance(told, int | bool) else 1


def _below(version: Version, place: Place, period: Period, today: date) -> tuple[Decimal | None, tuple[str, ...]]:
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
            total += term.times * sum(tally(term, period, place).values())
        else:
            total += term.times * _different(measure, term, place, period)
    return Decimal(total), tuple(str(discover()[term.measure].label) for term in below.terms)


def _of_population(below: Denominator, place: Place, period: Period, _today: date) -> Below:
    """The people of the region, or of the kelurahan of one library, as known on the period's last day."""
    region = place.region or (place.library.region if place.library else None)
    if region is None:
        return None, ()
    row = RegionFact.objects.valid().filter(region=region, name=below.name or "population",
                                            from_on__lte=period.last).order_by("-from_on").first()
    if row is None:
        return None, ()
    return Decimal(row.value), (f"{region.full_name}: {row.source} ({row.from_on:%d-%m-%Y})",)


def _of_facts(below: Denominator, place: Place, period: Period, _today: date) -> Below:
    known = _facts(below.name, place, period.last)
    if not known:
        return None, ()
    from simpul.libraries.facts import FACTS

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


def _divided(version: Version, counted: Counted, below: Decimal | None, place: Place, period: Period) -> tuple[
        State, Decimal | None]:
    above = Decimal(counted.total)
    if version.over_place == "average" and counted.by_library:
        above = Decimal(sum(counted.by_library.values())) / len(counted.by_library)
    if version.over_time == "average" and counted.by_month:
        above /= len(counted.by_month)
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


def _broken(version: Version, parts: list[tuple[Version, Period]], place: Place, period: Period, by: Sequence[str],
            is_outsider: bool, today: date) -> Broken | None:
    """The numerator by one disaggregation (or sex and age group). None: these readers are not told."""
    if tuple(by) == ("library_kind",):
        return _by_library_kind(parts, place)
    for name in by:
        if any(name not in measure.disaggregations for measure in version.measures):
            return None
    protected = is_outsider and any(measure.is_about_people for measure in version.measures)
    if protected:
        is_over = period.is_whole_months and period.last < today
        is_open = all(may_be_broken_down(m, by[0]) for own, _p in parts for m in own.measures)
        if len(by) > 1 or not is_over or not is_open or any(t.where or t.times != 1 or t.is_stock or t.is_people
                                                            for own, _p in parts for t in own.numerator):
            return None
    blocks: dict[tuple[object, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for own, part in parts:
        for term in own.numerator:
            if not term.measure or term.is_people or not discover()[term.measure].adds_up:
                return None
            if protected and not _is_in_blocks(place, part):
                return None
            for (library, month, text), n in tally(term, part, place, by).items():
                blocks[term.measure, library, month][text] += n * term.times
    if protected:
        return added_up(blocks)
    cells: dict[str, int] = defaultdict(int)
    for block in blocks.values():
        for text, n in block.items():
            cells[text] += n
    return Broken({text: n for text, n in cells.items() if n})


def _may_be_told(parts: list[tuple[Version, Period]], place: Place, period: Period, today: date) -> bool:
    """A number narrowed to some people ("children among the visitors") is a cell of a breakdown: outsiders are told it
    only where the breakdown tells it whole."""
    narrowed = [(term, part) for own, part in parts for term in own.numerator
                if term.where and term.measure and discover()[term.measure].is_about_people]
    if not narrowed:
        return True
    if not period.is_whole_months or period.last >= today:
        return False
    for term, part in narrowed:
        (name, *more), measure = tuple(term.where), discover()[term.measure]
        if more or not may_be_broken_down(measure, name) or not _is_in_blocks(place, part):
            return False
        blocks: dict[tuple[object, ...], dict[str, int]] = defaultdict(dict)
        for (library, month, text), n in tally(Term(measure=term.measure), part, place, (name,)).items():
            blocks[library, month][text] = n
        if not all(told(block).tells(term.where[name]) for block in blocks.values()):
            return False
    return True


def _is_in_blocks(place: Place, period: Period) -> bool:
    """Does the place take whole months of each library? A move in mid-month would cut a block in two."""
    return not place.spread(period)[1]


def _by_library_kind(parts: list[tuple[Version, Period]], place: Place) -> Broken:
    kinds = {library.pk: str(library.kind) for library in place.libraries}
    cells: dict[str, int] = defaultdict(int)
    for own, part in parts:
        for library, n in _counted(own, [(own, part)], place).by_library.items():
            cells[kinds.get(library, "")] += n
    return Broken(dict(cells))


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
    if any(later.first <= earlier.last for earlier, later in zip(ordered, ordered[1:], strict=False)):
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
