"""Proving that roll-ups are recounts, and saying which periods rest on a seal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from simpul.indicators.models import DayCount, MonthCount, SealedPeople, StaleDay
from simpul.indicators.rollups import marks
from simpul.indicators.rollups.counting import count_library, month_of, rolled_up

FIRST, LAST = date(1, 1, 2), date(9999, 12, 30)


@dataclass(frozen=True)
class Difference:
    """A roll-up that is no recount: `by` and `value` are "" for the whole, `day` None for a month."""

    library_id: UUID
    measure: str
    month: date
    day: date | None
    by: str
    value: str
    rolled_up: int
    recounted: int


@dataclass(frozen=True)
class Verified:
    """What `verify` found: library months compared, those marked (counted from their records anyway), sealed periods,
    differences, and whether the database sets its marks."""

    compared: int
    marked: int
    sealed: int
    has_marks: bool
    differences: tuple[Difference, ...]

    @property
    def is_right(self) -> bool:
        return self.has_marks and not self.differences


def verify(*, libraries: Iterable[UUID] | None = None, progress: Callable[[int, int], None] | None = None) -> Verified:
    """Recount everything and compare. Months with a marked day are left out and told: they are read from their
    records. Writes nothing."""
    chosen = sorted(set(libraries) if libraries is not None else _with_anything())
    found: list[Difference] = []
    compared = stale = 0
    for n, library in enumerate(chosen, 1):
        marked = {month_of(day) for day in StaleDay.objects.filter(library_id=library).values_list("local_date", flat=True)}
        differences, months = _compare(library, marked)
        # a record that came while we counted is marked now: not a difference
        late = {month_of(day) for day in StaleDay.objects.filter(library_id=library).values_list("local_date", flat=True)}
        found += [one for one in differences if one.month not in late]
        compared, stale = compared + months, stale + len(marked)
        if progress:
            progress(n, len(chosen))
    return Verified(compared, stale, SealedPeople.objects.count(), set(marks.present()) == set(marks.statements()),
                    tuple(found))


def _with_anything() -> set[UUID]:
    found = set(DayCount.objects.order_by().values_list("library_id", flat=True).distinct())
    found |= set(StaleDay.objects.order_by().values_list("library_id", flat=True).distinct())
    for measure in rolled_up():
        found |= set(measure.rows().order_by().values_list(measure.library, flat=True).distinct())
    return {pk for pk in found if pk is not None}


def _compare(library: UUID, marked: set[date]) -> tuple[list[Difference], int]:
    days: dict[tuple[str, date], int] = {}
    for name, day, n in DayCount.objects.filter(library_id=library).values_list("measure", "local_date", "n"):
        days[name, day] = n
    cells: dict[tuple[str, date, str, str], int] = {}
    for name, month, by, value, n in MonthCount.objects.filter(library_id=library).values_list(
            "measure", "month", "by", "value", "n"):
        cells[name, month, by, value] = n
    found: list[Difference] = []
    months: set[date] = {month for _name, month, _by, _value in cells} | {month_of(day) for _name, day in days}
    for measure in rolled_up():
        counted = count_library(measure, library, FIRST, LAST)
        months |= set(counted.months)
        for day in counted.days.keys() | {day for name, day in days if name == measure.name}:
            a, b = days.get((measure.name, day), 0), counted.days.get(day, 0)
            if a != b and month_of(day) not in marked:
                found.append(Difference(library, measure.name, month_of(day), day, "", "", a, b))
        theirs = {(month, by, value): n for month, values in counted.months.items() for (by, value), n in values.items()}
        for key in theirs.keys() | {key[1:] for key in cells if key[0] == measure.name}:
            a, b = cells.get((measure.name, *key), 0), theirs.get(key, 0)
            if a != b and key[0] not in marked:
                found.append(Difference(library, measure.name, key[0], None, key[1], key[2], a, b))
    known = {measure.name for measure in rolled_up()}
    found += [Difference(library, name, month_of(day), day, "", "", n, 0) for (name, day), n in days.items()
              if name not in known and month_of(day) not in marked]
    return found, len(months - marked)
