"""What a figure counts: the terms of its numerator, from the roll-ups where they hold the answer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from simpul.core.measure import Measure, discover
from simpul.indicators.definitions import Term, Version
from simpul.indicators.people import People, people, people_by_library
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.indicators.rollups.counting import as_text
from simpul.indicators.rollups.reading import Months, library_sums, month_counts, span_counts
from simpul.indicators.rows import rows_at, stock_rows
from simpul.libraries.queries.facts import facts_on

EVER = date(1900, 1, 1)  # stocks are added up from here


@dataclass(frozen=True)
class Counted:
    """A numerator: in all, by library, by month; people where they are counted."""

    total: int
    by_library: Mapping[UUID, int] = field(default_factory=dict)
    by_month: Mapping[date, int] = field(default_factory=dict)
    people: People | None = None
    is_known: bool = True  # False: a fact that nobody told


def counted(parts: list[tuple[Version, Period]], place: Place) -> Counted:
    """The numerator of a period whose parts are counted by their own version each; `by_month` only where it is averaged."""
    by_library: dict[UUID, int] = defaultdict(int)
    by_month: dict[date, int] = defaultdict(int)
    persons: People | None = None
    extra = 0
    for own, part in parts:
        for term in own.numerator:
            if term.fact:
                known = facts_of(term.fact, place, part.last)
                if not known:
                    return Counted(0, is_known=False)
                for library, n in known.items():
                    by_library[library] += n * term.times
                continue
            measure = discover()[term.measure]
            if term.is_people:
                every = people_by_library(measure, place, part)
                persons = people(measure, place, part, every)
                extra += persons.most
                for library, one in every.items():
                    by_library[library] += one.people
            elif not measure.adds_up:
                extra += term.times * different(measure, term, place, part)
            elif own.over_time == "average":
                for (library, month, _value), n in tally(term, part, place).items():
                    by_library[library] += n * term.times
                    by_month[month] += n * term.times
            else:
                for (library, _value), n in sums(term, part, place).items():
                    by_library[library] += n * term.times
    total = extra if persons else sum(by_library.values()) + extra
    return Counted(total, dict(by_library), dict(by_month), persons)


def tally(term: Term, period: Period, place: Place, by: Sequence[str] = ()) -> Months:
    """(library, month, value) → n of one term: from the roll-ups where its condition and breakdown are margins."""
    measure = discover()[term.measure]
    if term.is_stock and measure.stock is not None:
        return _there(measure, term, place, period.last, by)
    there = Period(EVER, period.last) if term.is_stock else period
    dims = tuple(dict.fromkeys((*term.where, *by)))
    whole, spans = place.spread(there)
    found = _whole_months(measure, whole, place, _order(measure, dims))
    if spans:
        found = dict(found)
    for key, n in span_counts(measure, spans, _order(measure, dims)).items():
        found[key] = found.get(key, 0) + n
    return _narrowed(found, _order(measure, dims), term.where, tuple(by)) if term.where else found


def sums(term: Term, period: Period, place: Place, by: Sequence[str] = ()) -> Mapping[tuple[UUID, str], int]:
    """(library, value) → n: as `tally`, with the months added up, which the database does where it can."""
    measure = discover()[term.measure]
    there = Period(EVER, period.last) if term.is_stock else period
    whole, spans = place.spread(there)
    every = list({id(of): of for of in whole.values()}.values())
    if spans or len(every) != 1 or (term.is_stock and measure.stock is not None):
        found: dict[tuple[UUID, str], int] = defaultdict(int)
        for (library, _month, value), n in tally(term, period, place, by).items():
            found[library, value] += n
        return found
    dims = _order(measure, tuple(dict.fromkeys((*term.where, *by))))
    known = library_sums(measure, list(whole), None if place.is_whole else every[0], dims)
    if not term.where:
        return known
    by_month = {(library, EVER, text): n for (library, text), n in known.items()}
    return {(library, value): n for (library, _month, value), n in _narrowed(by_month, dims, term.where, tuple(by)).items()}


def _there(measure: Measure, term: Term, place: Place, day: date, by: Sequence[str]) -> Months:
    """What was there at the end of a day, by the library that stood at the place then; one question."""
    fields = [measure.library, *(measure.disaggregations[name] for name in by)]
    asked = stock_rows(measure, place, day, term.where).order_by().values(*fields).annotate(n_=measure.expression)
    return {(library, day.replace(day=1), "|".join(as_text(value) for value in values)): n or 0
            for library, *values, n in asked.values_list(*fields, "n_")}


def _order(measure: Measure, dims: tuple[str, ...]) -> tuple[str, ...]:
    """The dimensions in the order of the margin that holds them, if one does."""
    return next((margin for margin in measure.margins if set(margin) == set(dims)), dims)


def _whole_months(measure: Measure, whole: dict[date, set[UUID]], place: Place, dims: tuple[str, ...]) -> Months:
    if not whole:
        return {}
    libraries = None if place.is_whole else set().union(*{id(of): of for of in whole.values()}.values())
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


def different(measure: Measure, term: Term, place: Place, period: Period) -> int:
    """A measure of different things, which adds up over nothing: asked once for all libraries and days together."""
    if term.is_stock and measure.stock is not None:
        return measure.total(stock_rows(measure, place, period.last, term.where))
    rows = rows_at(measure, place, Period(EVER, period.last) if term.is_stock else period)
    for name, values in term.where.items():
        rows = rows.filter(**{f"{measure.disaggregations[name]}__in": values})
    return measure.total(rows)


def facts_of(name: str, place: Place, day: date) -> dict[UUID, int]:
    """A number that libraries told, as it was on a day; a list of choices counts its entries."""
    known = facts_on(day, [name], [library.pk for library in place.libraries])
    return {library: _as_number(values[name]) for library, values in known.items()}


def _as_number(told: object) -> int:
    if isinstance(told, list):
        return len(told)
    return int(told) if isinstance(told, int | bool) else 1
