"""A library's or the city's week in figures, from the roll-ups. Knows measures, no domain."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from simpul.core.clock import start_of_week
from simpul.core.measure import Measure, discover
from simpul.indicators.rollups.reading import day_counts


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


def week_figure(name: str, libraries: Sequence[UUID] | None, day: date) -> WeekFigure:
    """Three queries a measure, whatever the number of libraries."""
    measure = discover()[name]
    monday = start_of_week(day)
    by_day: dict[date, int] = defaultdict(int)
    for (_library, on), n in day_counts(measure, monday - timedelta(days=7), day, libraries).items():
        by_day[on] += n
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
    """This week so far and the whole of last week, by library: six queries for any number of libraries."""
    monday = start_of_week(day)
    counts: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    last: dict[UUID, date] = {}
    for name in ("visits", "loans"):
        found = day_counts(discover()[name], monday - timedelta(days=7), day, libraries)
        for (library, on), n in found.items():
            if on >= monday:
                counts[library][name] += n
            else:
                counts[library][f"{name}_before"] += n
            last[library] = max(on, last.get(library, on))
    return {library: LibraryWeek(library, c["visits"], c["visits_before"], c["loans"], last.get(library))
            for library, c in counts.items()}
