"""Everything at once: a measure's rows of all libraries in one pass, for building all roll-ups anew.

SQLite gives the rows in the order of its table and they are added up here, which is quicker than its sorting of groups;
PostgreSQL groups them by hash. Values stay raw until the end: only the few different ones are made into Python's.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import DateTimeField, F, Func, IntegerField, Value

from simpul.core.measure import Measure
from simpul.indicators.rollups.counting import MONTH, as_text, month_of, name_of, recorded_field

Cells = dict[int, int]       # place of a combination of values → n
Day = list[Any]              # [n, moment of the first record or None, the Cells of its month]
DAYS_AHEAD = 4               # library, day, amount, moment stand before the disaggregations


class Raw(Func):
    """A column as an expression, whose values SQLite's driver does not convert one by one."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


@dataclass
class Tally:
    """One measure over all libraries. Memory: a list a library and day, a dictionary a library and month."""

    measure: Measure
    converters: Sequence[Callable[[Any], Any]]
    days: dict[Any, dict[Any, Day]] = field(default_factory=dict)
    months: dict[Any, dict[Any, Cells]] = field(default_factory=dict)
    places: dict[tuple[Any, ...], int] = field(default_factory=dict)  # combination of raw values → its place
    _keys: list[list[tuple[str, str]]] = field(default_factory=list)

    @property
    def libraries(self) -> dict[UUID, Any]:
        return {self.converters[0](raw): raw for raw in self.days}

    def days_of(self, library: Any) -> Iterator[tuple[Any, int, Any]]:
        """(day, n, moment of the first record), day and moment as the driver gave them and `writing` takes them."""
        for day, (n, first, _cells) in self.days.get(library, {}).items():
            yield day, n, first

    def months_of(self, library: Any) -> dict[date, MONTH]:
        """month → (by, value) → n, whole and by every margin."""
        if not self._keys:
            self._keys = self._margins()
        found: dict[date, MONTH] = {}
        for raw, cells in self.months.get(library, {}).items():
            month = found.setdefault(month_of_raw(raw), {})
            for place, n in cells.items():
                for key in self._keys[place]:
                    month[key] = month.get(key, 0) + n
        return found

    def _margins(self) -> list[list[tuple[str, str]]]:
        """Of each combination of values: under which (by, value) it is counted."""
        names = list(self.measure.disaggregations)
        margins = [(name_of(margin), [names.index(name) for name in margin]) for margin in self.measure.margins]
        made = []
        for raw in self.places:
            texts = [as_text(convert(value)) for convert, value in zip(self.converters[DAYS_AHEAD:], raw, strict=True)]
            made.append([("", ""), *((by, "|".join([texts[place] for place in places])) for by, places in margins)])
        return made


def month_of_raw(day: Any) -> date:
    """The first day of the month of a raw day ("2026-03-10", "2026-03" or a date)."""
    return date(int(day[:4]), int(day[5:7]), 1) if isinstance(day, str) else month_of(day)


def tally_all(measure: Measure, before: date) -> Tally:
    """Rows of days before `before` of every library; those without a library or a day count nowhere."""
    rows = measure.between(measure.rows(), date.min, before - timedelta(days=1)).order_by()
    recorded = recorded_field(rows)
    query = rows.values_list(
        *(Raw(F(path)) for path in (measure.library, measure.date)),
        Raw(F(measure.amount)) if measure.amount else Value(1, output_field=IntegerField()),
        Raw(F(recorded)) if recorded else Value(None, output_field=DateTimeField()),
        *(Raw(F(path)) for path in measure.disaggregations.values())).query
    compiler = query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    known = compiler.get_converters([one[0] for one in compiler.select])
    tally = Tally(measure, [_converter(known.get(n)) for n in range(len(compiler.select))])
    if connection.vendor == "postgresql":
        with transaction.atomic():  # the named cursors need one
            _add_days(tally, _asked(_by_day(sql, len(tally.converters)), params))
            _add_months(tally, _asked(_by_month(sql, len(tally.converters)), params))
    else:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            _add_rows(tally, cursor.cursor)
    return tally


def _converter(known: Any) -> Callable[[Any], Any]:
    converters, expression = known or ((), None)

    def convert(value: Any) -> Any:
        for one in converters:
            value = one(value, expression, connection)
        return value

    return convert


def _add_rows(tally: Tally, rows: Iterable[tuple[Any, ...]]) -> None:
    """Row by row; the loop runs ten million times."""
    libraries, months, places = tally.days, tally.months, tally.places
    for row in rows:
        library, day, n, at = row[:DAYS_AHEAD]
        if library is None or day is None:
            continue
        n = n or 0
        try:
            found = libraries[library][day]
        except KeyError:
            cells = months.setdefault(library, {}).setdefault(day[:7], {})
            found = libraries.setdefault(library, {})[day] = [0, at, cells]
        found[0] += n
        if at is not None and at < found[1]:
            found[1] = at
        values = row[DAYS_AHEAD:]
        place = places.get(values)
        if place is None:
            place = places[values] = len(places)
        cells = found[2]
        cells[place] = cells.get(place, 0) + n


def _names(columns: int) -> str:
    return ", ".join(["l", "d", "n", "r", *(f"x{n}" for n in range(columns - DAYS_AHEAD))])


def _by_day(sql: str, columns: int) -> str:
    return (f"SELECT l, d, sum(n)::bigint, min(r) FROM ({sql}) AS t({_names(columns)}) "  # noqa: S608 the ORM's own SQL
            "WHERE l IS NOT NULL AND d IS NOT NULL GROUP BY l, d")


def _by_month(sql: str, columns: int) -> str:
    by = "".join(f", x{n}" for n in range(columns - DAYS_AHEAD))
    return (f"SELECT l, date_trunc('month', d::timestamp)::date, sum(n)::bigint{by} "  # noqa: S608 the ORM's own SQL
            f"FROM ({sql}) AS t({_names(columns)}) WHERE l IS NOT NULL AND d IS NOT NULL GROUP BY 1, 2{by}")


def _asked(sql: str, params: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows from the server a few thousand at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while found := cursor.fetchmany(5000):
            yield from found


def _add_days(tally: Tally, rows: Iterable[tuple[Any, ...]]) -> None:
    for library, day, n, at in rows:
        tally.days.setdefault(library, {})[day] = [n or 0, at, None]


def _add_months(tally: Tally, rows: Iterable[tuple[Any, ...]]) -> None:
    for library, month, n, *values in rows:
        cells = tally.months.setdefault(library, {}).setdefault(month_of(month), {})
        place = tally.places.setdefault(tuple(values), len(tally.places))
        cells[place] = cells.get(place, 0) + (n or 0)
