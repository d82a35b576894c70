"""Writing roll-ups: many rows at once, and the months they belong to."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection, models

DAYS = ("library_id", "local_date", "measure", "n", "first_recorded_at")
MONTHS = ("library_id", "month", "measure", "by", "value", "n", "until_on")


def write(model: type[models.Model], names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
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
    """What makes a value ready for SQLite; text is a value as SQLite gave it."""
    if isinstance(one, models.UUIDField):
        return lambda value: value.hex
    if isinstance(one, models.DateTimeField):
        return lambda value: value if isinstance(value, str) else one.get_db_prep_value(value, connection)
    if isinstance(one, models.DateField):
        return lambda value: value if isinstance(value, str) else value.isoformat()
    return lambda value: value


def end_of(month: date) -> date:
    """The last day of a month."""
    return date.max if (month.year, month.month) == (9999, 12) else next_month(month) - timedelta(days=1)


def next_month(month: date) -> date:
    if (month.year, month.month) == (9999, 12):
        return date.max
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
