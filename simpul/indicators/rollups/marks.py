"""Marks: the database itself notes which library's day was touched, so that no action, import or repair can forget it.

Triggers on every table that a measure counts or follows add a `StaleDay` in the same transaction. Their SQL follows
from the measures: the column of the library and of the day where the table has them, else the ORM's own question
"which days do these rows count on". SQLite marks row by row (once a day: writers queue there anyway), PostgreSQL
statement by statement. Triggers stand aside while migrations run (SQLite cannot rename a table that another's trigger
names); afterwards every day that holds records is marked.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from simpul.core.measure import Measure, discover
from simpul.indicators.models import DayCount, StaleDay

ROW = UUID("5f0e2a7c-0000-4000-8000-00000000c0de")  # stands for the touched row while the ORM writes SQL
PREFIX = "stale_"
MARKS = StaleDay._meta.db_table


@dataclass
class Watched:
    """A table and what a touch of its rows makes stale: days in its own columns, or days found by a question."""

    table: str
    key: str
    days: set[tuple[str, str]] = field(default_factory=set)       # (library column, SQL of the day with {row})
    questions: set[str] = field(default_factory=set)              # SELECT library, day … WHERE … {key}


def watched() -> dict[str, Watched]:
    """Every table that decides about a rolled-up number, by name."""
    found: dict[str, Watched] = {}
    for measure in discover().values():
        if not measure.is_rolled_up:
            continue
        model = measure.rows().model
        own = _watch(found, model)
        column = _day_column(model, measure.date)
        if column is not None and "__" not in measure.library:
            own.days.add((_column(model, measure.library.removesuffix("_id")), column))
        else:
            own.questions.add(_question(model, measure, "pk"))
        for path in measure.follows:
            _watch(found, _model_at(model, path)).questions.add(_question(model, measure, path))
    return found


def _watch(found: dict[str, Watched], model: type[models.Model]) -> Watched:
    table = model._meta.db_table
    return found.setdefault(table, Watched(table, str(model._meta.pk.column)))


def _model_at(model: type[models.Model], path: str) -> type[models.Model]:
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return model


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)


def _day_column(model: type[models.Model], path: str) -> str | None:
    """SQL of the day with {row} for the touched row; None where it stands in another table."""
    name, is_moment = path.removesuffix("__date"), path.endswith("__date")
    if "__" in name:
        return None
    column = f'{{row}}."{_column(model, name)}"'
    if not is_moment:
        return column
    if connection.vendor == "postgresql":
        return f"({column} AT TIME ZONE 'Asia/Jakarta')::date"
    return f"date({column}, '+7 hours')"  # Jakarta has no summer time


def _question(model: type[models.Model], measure: Measure, path: str) -> str:
    """SELECT library, day of the rows that the touched row at `path` decides about; {key} for its key."""
    if measure.date.endswith("__date"):
        raise RuntimeError(f"{measure.name}: the day of a moment is not followed through other tables")
    rows = model._base_manager.filter(**{path: ROW}).order_by().values_list(measure.library, measure.date).distinct()
    sql, params = rows.query.sql_with_params()
    if len(params) != 1:
        raise RuntimeError(f"{measure.name}: {path} leads through more than one condition")
    columns = sql.split("SELECT DISTINCT ", 1)[1].split(" FROM ", 1)[0].split(", ")
    library, day = (column.split(" AS ")[0] for column in columns)
    named = f"SELECT DISTINCT {library} AS library_id, {day} AS local_date"
    return f"{named} FROM {sql.split(' FROM ', 1)[1]}".replace("%s", "{key}")


def statements() -> dict[str, list[str]]:
    """Trigger name → the SQL that makes it, for the engine in use. A name ends in a hash of its SQL."""
    return _statements(connection.vendor)


@cache
def _statements(vendor: str) -> dict[str, list[str]]:
    make = _on_postgresql if vendor == "postgresql" else _on_sqlite
    made: dict[str, list[str]] = {}
    for one in sorted(watched().values(), key=lambda w: w.table):
        for suffix, sql in make(one):
            print_ = hashlib.sha256("".join(sql).encode()).hexdigest()[:10]
            name = f"{PREFIX}{one.table[:34]}_{suffix}_{print_}"
            made[name] = [part.replace("{name}", name) for part in sql]
    return made


def _on_sqlite(one: Watched) -> Iterable[tuple[str, list[str]]]:
    def mark(days: str) -> str:
        return (f"INSERT INTO {MARKS} (library_id, local_date) SELECT d.library_id, d.local_date FROM ({days}) d "
                f"WHERE d.library_id IS NOT NULL AND d.local_date IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {MARKS} s "
                "WHERE s.library_id = d.library_id AND s.local_date = d.local_date AND s.taken IS NULL);")

    def body(*rows: str) -> str:
        return " ".join(mark(f'SELECT {row}."{library}" AS library_id, {day.replace("{row}", row)} AS local_date')
                        for row in rows for library, day in sorted(one.days))

    def asked(row: str) -> str:
        return " ".join(mark(question.replace("{key}", f'{row}."{one.key}"')) for question in sorted(one.questions))

    def trigger(when: str, what: str) -> list[str]:
        return [f'CREATE TRIGGER "{{name}}" {when} ON "{one.table}" BEGIN {what} END']

    if one.days or one.questions:
        yield "ai", trigger("AFTER INSERT", " ".join(filter(None, [body("NEW"), asked("NEW")])))
        yield "au", trigger("AFTER UPDATE", " ".join(filter(None, [body("OLD", "NEW"), asked("NEW")])))
    if one.questions:
        yield "bu", trigger("BEFORE UPDATE", asked("OLD"))
        yield "bd", trigger("BEFORE DELETE", asked("OLD"))
    if one.days:
        yield "ad", trigger("AFTER DELETE", body("OLD"))


def _on_postgresql(one: Watched) -> Iterable[tuple[str, list[str]]]:
    def mark(days: Iterable[str]) -> str:
        return (f"INSERT INTO {MARKS} (library_id, local_date) SELECT DISTINCT d.library_id, d.local_date FROM "
                f"({' UNION '.join(days)}) d WHERE d.library_id IS NOT NULL AND d.local_date IS NOT NULL;")

    def columns(*tables: str) -> list[str]:
        return [f'SELECT t."{library}" AS library_id, {day.replace("{row}", "t")} AS local_date FROM {table} t'
                for table in tables for library, day in sorted(one.days)]

    def asked(table: str) -> list[str]:
        return [question.replace("= {key}", f'IN (SELECT "{one.key}" FROM {table})') for question in sorted(one.questions)]

    def trigger(when: str, days: list[str], told: str = "", each: str = "STATEMENT", answer: str = "NULL") -> list[str]:
        return [f'CREATE FUNCTION "{{name}}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {mark(days)} '
                f"RETURN {answer}; END $$",
                f'CREATE TRIGGER "{{name}}" {when} ON "{one.table}" {told} FOR EACH {each} EXECUTE FUNCTION "{{name}}"()']

    yield "ai", trigger("AFTER INSERT", [*columns("added"), *asked("added")], "REFERENCING NEW TABLE AS added")
    yield "au", trigger("AFTER UPDATE", [*columns("gone", "added"), *asked("added")],
                        "REFERENCING OLD TABLE AS gone NEW TABLE AS added")
    if one.questions:  # what the rows decided before they change
        old = [question.replace("{key}", f'OLD."{one.key}"') for question in sorted(one.questions)]
        yield "bu", trigger("BEFORE UPDATE", old, each="ROW", answer="NEW")
        yield "bd", trigger("BEFORE DELETE", old, each="ROW", answer="OLD")
    if one.days:
        yield "ad", trigger("AFTER DELETE", columns("gone"), "REFERENCING OLD TABLE AS gone")


def present() -> dict[str, str]:
    """The marks' triggers that stand in the database: name → table."""
    if connection.vendor == "postgresql":
        sql = ("SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
               "JOIN pg_namespace n ON n.oid = c.relnamespace "
               "WHERE t.tgname LIKE %s AND NOT t.tgisinternal AND n.nspname = current_schema()")
    else:
        sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [PREFIX.replace("_", "\\_") + "%"] if connection.vendor == "postgresql" else [PREFIX + "%"])
        return dict(cursor.fetchall())


def uninstall() -> None:
    """Take the triggers away; `ensure` brings them back and marks what may have been missed."""
    with connection.cursor() as cursor:
        for name, table in present().items():
            if connection.vendor == "postgresql":
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
                cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"()')
            else:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def ensure() -> bool:
    """Triggers as the measures ask for them; where they were not, every day that holds records is marked. True:
    something had to be done. Cheap where all is well."""
    wanted = statements()
    if set(present()) == set(wanted):
        return False
    if not _has_tables():
        return False
    with transaction.atomic():
        uninstall()
        with connection.cursor() as cursor:
            for parts in wanted.values():
                for sql in parts:
                    cursor.execute(sql)
        mark_everything()
    return True


def _has_tables() -> bool:
    tables = set(connection.introspection.table_names())
    return {MARKS, *(one.table for one in watched().values())} <= tables


def mark_everything() -> None:
    """Mark every day of every library that holds records or a roll-up: their numbers are counted from the records
    until the schedule has rolled them up again."""
    _mark_all("", [])


def mark_libraries(libraries: Iterable[UUID]) -> None:
    """The same for some libraries."""
    for library in libraries:
        _mark_all("AND d.library_id = %s", [library.hex if connection.vendor == "sqlite" else library])


def _mark_all(where: str, params: list[Any]) -> None:
    parts = {f"SELECT library_id, local_date FROM {DayCount._meta.db_table}"}
    for one in watched().values():
        parts |= {f'SELECT t."{library}" AS library_id, {day.replace("{row}", "t")} AS local_date FROM "{one.table}" t'
                  for library, day in one.days}
        parts |= {question.split(" WHERE ")[0] for question in one.questions}
    with connection.cursor() as cursor:
        for part in sorted(parts):
            cursor.execute(
                f"INSERT INTO {MARKS} (library_id, local_date) SELECT DISTINCT d.library_id, d.local_date "
                f"FROM ({part}) d WHERE d.library_id IS NOT NULL AND d.local_date IS NOT NULL {where}", params)
