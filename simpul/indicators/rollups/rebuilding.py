"""All roll-ups anew while the desk works: marks are taken, everything is counted without any lock, and then each library
is written in a moment.

What is recorded after the marks were taken sets a mark of its own, which is not taken: its day is counted from the
records until the next refresh. A library that somebody else rolled up meanwhile is left to the next refresh too, since
what was counted here is older (`RolledUp.generation`).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from simpul.core.ids import new_id
from simpul.indicators.models import DayCount, MonthCount, RolledUp, StaleDay
from simpul.indicators.rollups.counting import rolled_up
from simpul.indicators.rollups.tallying import Tally, month_of_raw, tally_all
from simpul.indicators.rollups.writing import DAYS, MONTHS, next_month, write
from simpul.indicators.telling import keep_told

SHORT = 0.15  # seconds of a transaction at which more libraries are taken at once
FEWEST = 4   # libraries of a transaction on a slow machine: each costs some milliseconds
Progress = Callable[[int, int], None]


def rebuild_all(before: date, at: datetime, progress: Progress | None = None) -> int:
    """Every day before `before` of every library; gives how many library months hold anything."""
    taking = new_id().int >> 65  # 63 bits
    StaleDay.objects.filter(local_date__lt=before).update(taken=taking)
    generations = dict(RolledUp.objects.values_list("library_id", "generation"))
    measures = list(rolled_up())
    tallies: list[Tally] = []
    for n, measure in enumerate(measures):
        tallies.append(tally_all(measure, before))
        if progress:
            progress(n + 1, 2 * len(measures))
    by_library = [tally.libraries for tally in tallies]
    everybody = sorted(_known_before() | {library for known in by_library for library in known})
    done, months, at_once = 0, 0, FEWEST
    while done < len(everybody):
        batch = everybody[done:done + at_once]
        told = [(library, *_rows_of(library, tallies, by_library, before)) for library in batch]
        began = monotonic()
        months += _replace(told, generations, taking, before, at)
        took, done = monotonic() - began, done + len(batch)
        at_once = min(at_once * 2, 64) if took < SHORT else max(at_once // 2, FEWEST) if took > 2 * SHORT else at_once
        if progress:
            progress(len(measures) + len(measures) * done // len(everybody), 2 * len(measures))
    return months


def _known_before() -> set[UUID]:
    found = set(DayCount.objects.order_by().values_list("library_id", flat=True).distinct())
    found |= set(MonthCount.objects.order_by().values_list("library_id", flat=True).distinct())
    return found | set(StaleDay.objects.filter(taken__isnull=False).order_by().values_list("library_id", flat=True).distinct())


Rows = list[tuple[Any, ...]]


def _rows_of(library: UUID, tallies: Sequence[Tally], by_library: Sequence[dict[UUID, Any]], before: date) -> tuple[Rows, Rows]:
    """A library's rows of days and of months."""
    days: Rows = []
    cells: Rows = []
    anything = Counter[date]()
    for tally, known in zip(tallies, by_library, strict=True):
        if library not in known:
            continue
        raw, name = known[library], tally.measure.name
        for day, n, first in tally.days_of(raw):
            if n:
                days.append((library, day, name, n, first))
                anything[month_of_raw(day)] += n
        for month, values in tally.months_of(raw).items():
            until = min(next_month(month), before)
            cells += [(library, month, name, by, value, n, until) for (by, value), n in values.items() if n]
    cells += [(library, month, MonthCount.ANYTHING, "", "", n, min(next_month(month), before))
              for month, n in anything.items()]
    return days, cells


def _replace(told: Sequence[tuple[UUID, Rows, Rows]], generations: dict[UUID, int], taking: int, before: date,
             at: datetime) -> int:
    """One short transaction for some libraries; gives how many library months were written."""
    libraries = [library for library, _days, _cells in told]
    with transaction.atomic():
        RolledUp.objects.bulk_create([RolledUp(library_id=one, refreshed_at=at) for one in libraries], ignore_conflicts=True)
        now = dict(RolledUp.objects.select_for_update().filter(library_id__in=libraries).order_by("library_id").values_list(
            "library_id", "generation"))
        fresh = [library for library in libraries if now[library] == generations.get(library, 0)]
        days = [row for library, of, _cells in told if library in fresh for row in of]
        cells = [row for library, _days, of in told if library in fresh for row in of]
        StaleDay.objects.filter(library_id__in=fresh, taken=taking).delete()
        DayCount.objects.filter(library_id__in=fresh).delete()
        MonthCount.objects.filter(library_id__in=fresh).delete()
        write(DayCount, DAYS, days)
        write(MonthCount, MONTHS, cells)
        keep_told(cells, at)
        RolledUp.objects.filter(library_id__in=fresh).update(refreshed_at=at, generation=F("generation") + 1)
    return len({(row[0], row[1]) for row in cells})
