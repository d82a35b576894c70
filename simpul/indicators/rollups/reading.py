"""Reading: roll-ups where no day is marked, the records where one is. Exact at every moment, nothing is written.

The marks are read first. What is refreshed afterwards was marked then and is taken from the records; what is recorded
afterwards is of a later moment. Rows of a month say up to which day they were counted (`until_on`), so that a day is
never counted twice, whatever the clock says.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from simpul.core.measure import Measure
from simpul.indicators.models import DayCount, MonthCount, StaleDay
from simpul.indicators.rollups.counting import Span, count_live, month_of, name_of, spans_of
from simpul.indicators.rollups.once import is_asked_once, once
from simpul.indicators.rollups.plain import read
from simpul.indicators.rollups.writing import end_of

#: (library, month, value) → n
Months = dict[tuple[UUID, date, str], int]
#: (library, day) → n
Days = dict[tuple[UUID, date], int]
Libraries = Collection[UUID] | None
#: from so many libraries on a question more, in which the database adds up, costs less than their rows
WORTH_ADDING = 10


def month_counts(measure: Measure, months: Collection[date], libraries: Libraries = None,
                 by: Sequence[str] = ()) -> Months:
    """Counts of whole months (first days) by library, exact now; three questions for any number of both. `by` is one
    of the measure's margins or () for the whole; values of two are joined by "|". Nobody changes the answer."""
    wanted = sorted(set(months))
    if not wanted or (libraries is not None and not libraries):
        return {}
    key = measure.name, tuple(wanted), None if libraries is None else frozenset(libraries), tuple(by)
    return once(("counts", *key), lambda: _month_counts(measure, wanted, libraries, by))


def _month_counts(measure: Measure, wanted: list[date], libraries: Libraries, by: Sequence[str]) -> Months:
    if not measure.is_rolled_up or tuple(by) not in ((), *measure.margins):
        return _live_months(measure, wanted, libraries, by)
    marks = _marks(wanted, libraries)
    rows = list(read(_of(libraries, MonthCount.objects.filter(
        measure=measure.name, by=name_of(by), **_within(wanted))), "month", "value", "n", "until_on"))
    stale = {(library, month) for library, month, _value, _n, until in rows
             if (library, month) in marks and any(day < until for day in marks[library, month])}
    found: Months = defaultdict(int)
    for library, month, value, n, _until in rows:
        if (library, month) not in stale:
            found[library, month, value] += n
    _add_live(found, measure, marks, stale, by)
    return dict(found)


def library_sums(measure: Measure, months: Collection[date], libraries: Libraries = None,
                 by: Sequence[str] = ()) -> dict[tuple[UUID, str], int]:
    """(library, value) → n of all these months together, exact now. The database adds up the months in which nothing is
    marked, so that a year costs little more than a month. Nobody changes the answer."""
    wanted = sorted(set(months))
    if not wanted or (libraries is not None and not libraries):
        return {}
    key = measure.name, tuple(wanted), None if libraries is None else frozenset(libraries), tuple(by)
    return once(("sums", *key), lambda: _library_sums(measure, wanted, libraries, by))


def _library_sums(measure: Measure, wanted: list[date], libraries: Libraries, by: Sequence[str]) -> dict[tuple[UUID, str], int]:
    found: dict[tuple[UUID, str], int] = defaultdict(int)
    is_small = len(wanted) == 1 or (libraries is not None and len(libraries) < WORTH_ADDING)
    if is_small or not measure.is_rolled_up or tuple(by) not in ((), *measure.margins):
        for (library, _month, value), n in month_counts(measure, wanted, libraries, by).items():
            found[library, value] += n
        return dict(found)
    marked = {month for _library, month in _marks(wanted, libraries)}
    if calm := [month for month in wanted if month not in marked]:
        rows = _of(libraries, MonthCount.objects.filter(measure=measure.name, by=name_of(by), **_within(calm)))
        for library, value, n in rows.order_by().values_list("library_id", "value").annotate(n=Sum("n")):
            found[library, value] = n
    for (library, _month, value), n in month_counts(measure, marked, libraries, by).items():
        found[library, value] += n
    return dict(found)


def _within(months: list[date]) -> dict[str, Any]:
    """Months as a condition: a run without a gap (a stock is added up over a century of them) by its ends."""
    first, last = months[0], months[-1]
    is_run = len(months) == (last.year - first.year) * 12 + last.month - first.month + 1
    return {"month__gte": first, "month__lte": last} if is_run else {"month__in": months}


def _marks(months: list[date], libraries: Libraries) -> dict[tuple[UUID, date], set[date]]:
    """(library, month) → marked days, of these months."""
    among = set(months)
    found: dict[tuple[UUID, date], set[date]] = defaultdict(set)
    for library, days in _marked(months[0], end_of(months[-1]), libraries).items():
        for day in days:
            if month_of(day) in among:
                found[library, month_of(day)].add(day)
    return found


def _marked(first: date, last: date, libraries: Libraries) -> Mapping[UUID, set[date]]:
    """Library → marked days; for a page about a few libraries one question for all of its measures and periods."""
    if libraries is None or not is_asked_once():
        return once(("marks", first, last), lambda: _marks_between(_of(libraries, StaleDay.objects.filter(
            local_date__gte=first, local_date__lte=last))))
    every = once(("marks", frozenset(libraries)), lambda: _marks_between(_of(libraries, StaleDay.objects.all())))
    found = {library: {day for day in days if first <= day <= last} for library, days in every.items()}
    return {library: days for library, days in found.items() if days}


def _marks_between(rows: QuerySet[Any]) -> dict[UUID, set[date]]:
    found: dict[UUID, set[date]] = defaultdict(set)
    for library, day in read(rows, "local_date", is_distinct=True):
        found[library].add(day)
    return dict(found)


def _of(libraries: Libraries, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows if libraries is None else rows.filter(library_id__in=list(libraries))


def _add_live(found: Months, measure: Measure, marks: dict[tuple[UUID, date], set[date]],
              stale: set[tuple[UUID, date]], by: Sequence[str]) -> None:
    """Marked days after `until_on` are added; a month with one before is counted whole."""
    days: dict[UUID, set[date]] = defaultdict(set)
    whole: dict[date, set[UUID]] = defaultdict(set)
    for (library, month), marked in marks.items():
        if (library, month) in stale:
            whole[month].add(library)
        else:
            days[library] |= marked
    spans = spans_of(days) + [Span(frozenset(of), month, end_of(month)) for month, of in sorted(whole.items())]
    # a question may give more days than were asked for: only the marked ones and those of whole months are taken
    for library, day, values, n in count_live(measure, spans, by):
        if library in whole.get(month_of(day), ()) or day in days.get(library, ()):
            found[library, month_of(day), "|".join(values)] += n


def _live_months(measure: Measure, months: list[date], libraries: Libraries, by: Sequence[str]) -> Months:
    found: Months = defaultdict(int)
    among = set(months)
    span = Span(None if libraries is None else frozenset(libraries), months[0], end_of(months[-1]))
    for library, day, values, n in count_live(measure, [span], by):
        if month_of(day) in among:
            found[library, month_of(day), "|".join(values)] += n
    return dict(found)


def day_counts(measure: Measure, first: date, last: date, libraries: Libraries = None) -> Days:
    """Counts of days first to last by library, exact now; days without any are left out."""
    if libraries is not None and not libraries:
        return {}
    found: Days = defaultdict(int)
    if not measure.is_rolled_up:
        live = [Span(None if libraries is None else frozenset(libraries), first, last)]
        for library, day, _values, n in count_live(measure, live):
            found[library, day] += n
        return dict(found)
    marked = _marked(first, last, libraries)
    known = _of(libraries, DayCount.objects.filter(measure=measure.name, local_date__gte=first, local_date__lte=last))
    for library, day, n in read(known, "local_date", "n"):
        if day not in marked.get(library, ()):
            found[library, day] += n
    for library, day, _values, n in count_live(measure, spans_of(dict(marked))):
        if day in marked.get(library, ()):
            found[library, day] += n
    return dict(found)


def span_counts(measure: Measure, spans: Iterable[Span], by: Sequence[str] = ()) -> Months:
    """Counts of any spans, by library and month: for weeks, free ranges, and a library that moved in mid-month."""
    asked = list(spans)
    found: Months = defaultdict(int)
    if not by:
        for span in asked:
            for (library, day), n in day_counts(measure, span.first, span.last, span.libraries).items():
                found[library, month_of(day), ""] += n
        return dict(found)
    for library, day, values, n in count_live(measure, asked, by):
        found[library, month_of(day), "|".join(values)] += n
    return dict(found)
