"""A library's or the city's day in figures, and a figure opened to its rows. Knows measures, no domain."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from simpul.core.clock import start_of_week
from simpul.core.measure import Measure, discover

SMALL = 5  # groups under five are never broken down for outsiders


@dataclass(frozen=True)
class DayOfWeek:
    """One day of this week beside the same weekday of last week; None lies in the future."""

    day: date
    now: int | None
    before: int


@dataclass(frozen=True)
class WeekFigure:
    """A measure over this week, Monday to Sunday, beside last week. Only whole days are compared: `until_yesterday`
    and the same days of last week, so that a morning is not held against a whole day."""

    measure: Measure
    today: int
    week: int
    until_yesterday: int
    same_days_before: int
    days: tuple[DayOfWeek, ...]


def of_libraries(measure: Measure, libraries: Sequence[UUID] | None) -> QuerySet[Any]:
    """The measure's rows at these libraries; None means every library of the city."""
    rows = measure.rows()
    return rows if libraries is None else rows.filter(**{f"{measure.library}__in": libraries})


def between(measure: Measure, rows: QuerySet[Any], first: date, last: date) -> QuerySet[Any]:
    return rows.filter(**{f"{measure.date}__gte": first, f"{measure.date}__lte": last})


def week_figure(name: str, libraries: Sequence[UUID] | None, day: date) -> WeekFigure:
    """One query a measure, whatever the number of libraries."""
    measure = discover()[name]
    monday = start_of_week(day)
    rows = between(measure, of_libraries(measure, libraries), monday - timedelta(days=7), day)
    by_day = {row[measure.date]: row["n"] for row in measure.by(rows, measure.date)}
    days = tuple(
        DayOfWeek(d, by_day.get(d, 0) if d <= day else None, by_day.get(d - timedelta(days=7), 0))
        for d in (monday + timedelta(days=n) for n in range(7)))
    return WeekFigure(
        measure=measure, today=by_day.get(day, 0), week=sum(d.now or 0 for d in days),
        until_yesterday=sum(d.now or 0 for d in days if d.day < day),
        same_days_before=sum(d.before for d in days if d.day < day), days=days)


@dataclass(frozen=True)
class LibraryWeek:
    """One library's line on the city's page."""

    library_id: UUID
    visits: int
    visits_before: int
    loans: int
    last_on: date | None


def weeks_by_library(libraries: Sequence[UUID] | None, day: date) -> dict[UUID, LibraryWeek]:
    """This week so far and the whole of last week, by library: two queries for any number of libraries."""
    monday = start_of_week(day)
    counts: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    last: dict[UUID, date] = {}
    for name in ("visits", "loans"):
        measure = discover()[name]
        rows = between(measure, of_libraries(measure, libraries), monday - timedelta(days=7), day)
        for row in measure.by(rows, measure.library, measure.date):
            library, on = row[measure.library], row[measure.date]
            if on >= monday:
                counts[library][name] += row["n"]
            else:
                counts[library][f"{name}_before"] += row["n"]
            last[library] = max(on, last.get(library, on))
    return {library: LibraryWeek(library, c["visits"], c["visits_before"], c["loans"], last.get(library))
            for library, c in counts.items()}


@dataclass(frozen=True)
class Group:
    """A disaggregated count; None is withheld because it (or the one that would give it away) is under five."""

    value: Any
    count: int | None


def groups(measure: Measure, rows: QuerySet[Any], by: str, *, is_outsider: bool) -> list[Group]:
    """Counts by one disaggregation. For outsiders a group of 1 to 4 is withheld, and with it the next smallest,
    so that it cannot be computed from the total."""
    field = measure.disaggregations[by]
    found = [Group(row[field], row["n"]) for row in measure.by(rows, field)]
    if not is_outsider:
        return found
    small = [g for g in found if g.count and g.count < SMALL]
    if not small:
        return found
    hidden = {id(g) for g in small}
    together = sum(g.count or 0 for g in small)
    if len(small) == 1 or together < SMALL or together == len(small) * (SMALL - 1):  # four and four are eight
        others = sorted((g for g in found if id(g) not in hidden and g.count), key=lambda g: g.count or 0)
        hidden |= {id(g) for g in others[:1]}
    return [Group(g.value, None if id(g) in hidden else g.count) for g in found]
