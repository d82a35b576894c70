"""Refreshing: marked days that are over are counted again and remembered, library by library, in short transactions.

A day that is not over is left to the live count: what is planned for it becomes true by the clock alone, and records
still come. Its marks are only thinned out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, F, Min, Q

from simpul.core import clock
from simpul.indicators.models import DayCount, MonthCount, RolledUp, StaleDay
from simpul.indicators.rollups import marks
from simpul.indicators.rollups.counting import count_libraries, month_of, rolled_up
from simpul.indicators.rollups.rebuilding import SHORT, Progress, rebuild_all
from simpul.indicators.rollups.writing import DAYS, MONTHS, end_of, next_month, write
from simpul.indicators.telling import keep_told

#: months of one library in a transaction: some hundred milliseconds, so that the desk goes on
MONTHS_AT_ONCE = 24
#: more marked days than this are counted in one pass over everything instead of library by library
MANY_DAYS = 20_000


def over_before(at: datetime) -> date:
    """Days before this one are over everywhere in Indonesia (WIB is the last to go to bed)."""
    return clock.local_date(at, "Asia/Jakarta")


def is_waiting(at: datetime | None = None) -> bool:
    """Is a day that is over marked? One question of an index."""
    return StaleDay.objects.filter(local_date__lt=over_before(at or clock.now())).exists()


def refresh(at: datetime, *, libraries: Iterable[UUID] | None = None, progress: Progress | None = None) -> int:
    """Roll up every marked day that is over; gives how many library months were counted again."""
    marks.ensure()
    before, done = over_before(at), 0
    chosen = None if libraries is None else list(libraries)
    if chosen is None and StaleDay.objects.filter(local_date__lt=before).count() > MANY_DAYS:
        done += rebuild_all(before, at, progress)
    for _pass in range(3):  # what was recorded meanwhile is marked again; after three passes it waits for the next run
        waiting = _waiting(before, chosen)
        if not waiting:
            break
        done += _refresh(waiting, before, at, progress)
    _thin_out(before)
    return done


def _waiting(before: date, libraries: list[UUID] | None) -> dict[tuple[date, ...], list[UUID]]:
    """Months → libraries that have marked days in just these months."""
    rows = StaleDay.objects.filter(local_date__lt=before)
    if libraries is not None:
        rows = rows.filter(library_id__in=libraries)
    months: dict[UUID, set[date]] = defaultdict(set)
    for library, day in rows.order_by().values_list("library_id", "local_date").distinct().iterator(chunk_size=5000):
        months[library].add(month_of(day))
    found: dict[tuple[date, ...], list[UUID]] = defaultdict(list)
    for library, of in sorted(months.items()):
        ordered = sorted(of)
        for start in range(0, len(ordered), MONTHS_AT_ONCE):
            found[tuple(ordered[start:start + MONTHS_AT_ONCE])].append(library)
    return found


def _refresh(waiting: dict[tuple[date, ...], list[UUID]], before: date, at: datetime, progress: Progress | None) -> int:
    """As many libraries at once as are counted in a moment, so that small ones go fast and nobody waits for large ones."""
    total, done, counted, at_once = sum(len(of) for of in waiting.values()), 0, 0, 1
    for months, of in sorted(waiting.items()):
        while of:
            batch, of = of[:at_once], of[at_once:]
            began = monotonic()
            counted += _roll_up(batch, list(months), before, at)
            took = monotonic() - began
            at_once = min(at_once * 2, 64) if took < SHORT else max(at_once // 2, 1) if took > 2 * SHORT else at_once
            done += len(batch)
            if progress:
                progress(done, total)
    return counted


def _roll_up(libraries: list[UUID], months: list[date], before: date, at: datetime) -> int:
    """Take the marks away, count, remember: one transaction. A mark that is committed meanwhile stays."""
    last = min(end_of(months[-1]), before - timedelta(days=1))
    until = {month: min(next_month(month), before) for month in months}
    with transaction.atomic():
        RolledUp.objects.bulk_create([RolledUp(library_id=one, refreshed_at=at) for one in libraries], ignore_conflicts=True)
        list(RolledUp.objects.select_for_update().filter(library_id__in=libraries).order_by("library_id"))  # they queue here
        rows = StaleDay.objects.filter(library_id__in=libraries, local_date__lte=last).filter(_in_months(months))
        taken = list(rows.values_list("pk", flat=True))
        for start in range(0, len(taken), 5000):
            StaleDay.objects.filter(pk__in=taken[start:start + 5000]).delete()
        days, cells = _counted(libraries, months[0], last, until)
        DayCount.objects.filter(library_id__in=libraries).filter(_in_months(months)).delete()
        MonthCount.objects.filter(library_id__in=libraries, month__in=months).delete()
        write(DayCount, DAYS, days)
        write(MonthCount, MONTHS, cells)
        keep_told(cells, at)
        RolledUp.objects.filter(library_id__in=libraries).update(refreshed_at=at, generation=F("generation") + 1)
    return len(months) * len(libraries)


def _in_months(months: list[date]) -> Q:
    """The days of these months; a run of months is one span."""
    condition = Q()
    start = previous = months[0]
    for month in [*months[1:], None]:
        if month is not None and month == next_month(previous):
            previous = month
            continue
        condition |= Q(local_date__gte=start, local_date__lte=end_of(previous))
        if month is not None:
            start = previous = month
    return condition


def _counted(libraries: list[UUID], first: date, last: date, until: dict[date, date]) -> tuple[
        list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Rows of days and of months; `until` names the months that are wanted."""
    days: list[tuple[Any, ...]] = []
    cells: list[tuple[Any, ...]] = []
    anything = Counter[tuple[UUID, date]]()
    for measure in rolled_up():
        for library, found in count_libraries(measure, libraries, first, last).items():
            for day, n in found.days.items():
                if n and month_of(day) in until:
                    days.append((library, day, measure.name, n, found.first_recorded.get(day)))
                    anything[library, month_of(day)] += n
            cells += [(library, month, measure.name, by, value, n, until[month])
                      for month, values in found.months.items() if month in until
                      for (by, value), n in values.items() if n]
    cells += [(library, month, MonthCount.ANYTHING, "", "", n, until[month]) for (library, month), n in anything.items()]
    return days, cells


def _thin_out(before: date) -> None:
    """One mark a day and library is enough for the days that are not over (PostgreSQL writes one a statement)."""
    if connection.vendor == "sqlite":
        return
    many = StaleDay.objects.filter(local_date__gte=before).values("library_id", "local_date").annotate(
        n=Count("pk"), keep=Min("pk")).filter(n__gt=1)
    for row in list(many):
        ids = list(StaleDay.objects.filter(library_id=row["library_id"], local_date=row["local_date"]).exclude(
            pk=row["keep"]).values_list("pk", flat=True))
        StaleDay.objects.filter(pk__in=ids).delete()


def rebuild(at: datetime, *, libraries: Iterable[UUID] | None = None, progress: Progress | None = None) -> int:
    """Count everything again while the desk works, whether it is marked or not; gives how many library months."""
    marks.ensure()
    if libraries is None:
        done = rebuild_all(over_before(at), at, progress)
        return done + refresh(at)
    chosen = list(libraries)
    marks.mark_libraries(chosen)
    return refresh(at, libraries=chosen, progress=progress)
