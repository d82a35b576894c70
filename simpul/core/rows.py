"""Writing a few rows of the hot roads with SQL that is made once a process.

`save()` builds, compiles and checks a statement each time, which costs ten times what the database needs for it.
These write the same values by the same fields (defaults, JSON, time zones), but no expressions and without signals,
of which this house has none.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models

Fields = tuple["models.Field[Any, Any]", ...]


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model that bring their keys (or have a counted one). IntegrityError: one is there already;
    call it inside a transaction."""
    if not rows:
        return
    sql, fields = _insertion(type(rows[0]))
    values = [[field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(sql, values[0])
        else:
            cursor.executemany(sql, values)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: models.Model, *names: str) -> None:
    """Write these fields of a row that exists, by their column names ("state", "library_id")."""
    sql, fields, key = _renewal(type(row), names)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in (*fields, key)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@cache
def _insertion(model: type[models.Model]) -> tuple[str, Fields]:
    fields = tuple(field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField))
    columns, marks = ", ".join(_quoted(field) for field in fields), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", fields  # noqa: S608 names of our models


@cache
def _renewal(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, Fields, "models.Field[Any, Any]"]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields, key = tuple(by_name[name] for name in names), model._meta.pk
    columns = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    return f"UPDATE {model._meta.db_table} SET {columns} WHERE {_quoted(key)} = %s", fields, key  # noqa: S608 as above


def _quoted(field: Any) -> str:
    return connection.ops.quote_name(field.column)
