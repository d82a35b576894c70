"""Refreshing: marked days that are over are counted again and remembered, library by library, in short transactions.

A day that is not over is left to the live count: what is planned for it becomes true by the clock alone, and records
still come. Its marks are only thinned out.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Count, Min

from simpul.core import clock
from simpul.indicators.models import DayCount, MonthCount, RolledUp, StaleDay
from simpul.indicators.rollups import marks
from simpul.indicators.rollups.counting import count_library, month_of, rolled_up

#: months of one library in a transaction: some hundred milliseconds, so that the desk goes on
MONTHS_AT_ONCE = 24
Progress = Callable[[int, int], None]


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
    stale = StaleDay.objects.filter(local_date__lt=before)
    if libraries is not None:
        stale = stale.filter(library_id__in=list(libraries))
    waiting = list(stale.order_by().values_list("library_id", flat=True).distinct())
    for n, library in enumerate(waiting, 1):
        while months := _marked_months(library, before):
            done += _roll_up(library, months[:MONTHS_AT_ONCE], before, at)
        if progress:
            progress(n, len(waiting))
    _thin_out(before)
    return done


def _marked_months(library: UUID, before: date) -> list[date]:
    days = StaleDay.objects.filter(library_id=library, local_date__lt=before).values_list("local_date", flat=True).distinct()
    return sorted({month_of(day) for day in days})


def _roll_up(library: UUID, months: list[date], before: date, at: datetime) -> int:
    """Take the marks away, count, remember: one transaction. A mark that is committed meanwhile stays."""
    last = min(end_of(months[-1]), before - timedelta(days=1))
    wanted = set(months)
    with transaction.atomic():
        RolledUp.objects.get_or_create(library_id=library, defaults={"refreshed_at": at})
        RolledUp.objects.select_for_update().get(library_id=library)  # two refreshers queue here
        rows = StaleDay.objects.filter(library_id=library, local_date__gte=months[0], local_date__lte=last)
        taken = [pk for pk, day in rows.values_list("pk", "local_date") if month_of(day) in wanted]
        for start in range(0, len(taken), 5000):
            StaleDay.objects.filter(pk__in=taken[start:start + 5000]).delete()
        until = {month: min(_next_month(month), before) for month in months}
        days, cells = _counted(library, months[0], last, wanted, until)
        DayCount.objects.filter(library_id=library, local_date__gte=months[0], local_date__lte=end_of(months[-1])).filter(
            _in_months(months)).delete()
        MonthCount.objects.filter(library_id=library, month__in=months).delete()
        _write(DayCount, ("library_id", "local_date", "measure", "n", "first_recorded_at"), days)
        _write(MonthCount, ("library_id", "month", "measure", "by", "value", "n", "until_on"), cells)
        RolledUp.objects.filter(library_id=library).update(refreshed_at=at)
    return len(months)


def _in_months(months: list[date]) -> Any:
    """The days of these months; a run of months is one span."""
    from django.db.models import Q

    condition = Q()
    start = previous = months[0]
    for month in [*months[1:], None]:
        if month is not None and month == _next_month(previous):
            previous = month
            continue
        condition |= Q(local_date__gte=start, local_date__lte=end_of(previous))
        if month is not None:
            start = previous = month
    return condition


def _counted(library: UUID, first: date, last: date, months: set[date], until: dict[date, date]) -> tuple[
        list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    days: list[tuple[Any, ...]] = []
    cells: list[tuple[Any, ...]] = []
    for measure in rolled_up():
        found = count_library(measure, library, first, last)
        days += [(library, day, measure.name, n, found.first_recorded.get(day))
                 for day, n in found.days.items() if n and month_of(day) in months]
        cells += [(library, month, measure.name, by, value, n, until[month])
                  for month, values in found.months.items() if month in months
                  for (by, value), n in values.items() if n]
    anything = Counter[date]()
    for _library, day, _measure, n, _first in days:
        anything[month_of(day)] += n
    cells += [(library, month, MonthCount.ANYTHING, "", "", n, until[month]) for month, n in sorted(anything.items())]
    return days, cells


def _write(model: type[models.Model], names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""
    if not rows:
        return
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(connection.ops.quote_name(one.column) for one in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        prepare: list[Callable[[Any], Any]] = [_preparer(one) for one in fields]
        marks_ = ", ".join(["%s"] * len(fields))
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks_})",  # noqa: S608 names of our models
            [[ready(value) for ready, value in zip(prepare, row, strict=True)] for row in rows])


def _preparer(one: Any) -> Callable[[Any], Any]:
    if isinstance(one, models.UUIDField):
        return lambda value: value.hex
    if isinstance(one, models.DateTimeField):
        return lambda value: one.get_db_prep_value(value, connection)
    if isinstance(one, models.DateField):
        return lambda value: value.isoformat()
    return lambda value: value


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
    """Count everything again while the desk works: mark every day, then refresh."""
    marks.ensure()
    if libraries is None:
        marks.mark_everything()
        return refresh(at, progress=progress)
    chosen = list(libraries)
    marks.mark_libraries(chosen)
    return refresh(at, libraries=chosen, progress=progress)


def end_of(month: date) -> date:
    """The last day of a month."""
    return date.max if (month.year, month.month) == (9999, 12) else _next_month(month) - timedelta(days=1)


def _next_month(month: date) -> date:
    if (month.year, month.month) == (9999, 12):
        return date.max
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
