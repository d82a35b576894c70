"""Inserting many rows of one table.

`bulk_create` binds at most 999 values a statement on SQLite, which is some forty visits; `executemany` prepares one
statement for all. Only the demonstration writes this way: what it inserts is its own invention, checked by the
database's constraints.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

AT_ONCE = 5000


def insert(rows: Iterable[models.Model]) -> int:
    """Insert rows of one model, in transactions of 5,000; gives how many."""
    rows, total = iter(rows), 0
    while batch := list(islice(rows, AT_ONCE)):
        fields = batch[0]._meta.concrete_fields
        quote = connection.ops.quote_name
        names = ", ".join(quote(field.column) for field in fields)
        places = ", ".join(["%s"] * len(fields))
        sql = f"INSERT INTO {quote(batch[0]._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 our own names
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(sql, [_values(row, fields) for row in batch])
        total += len(batch)
    return total


def _values(row: models.Model, fields: Iterable[Any]) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
