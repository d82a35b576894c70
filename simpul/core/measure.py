"""What a measure is: a named count that can always be opened down to its rows.

Each domain declares its measures in its own `measures.py` as a module-level tuple `MEASURES`; nobody registers
anything, `discover()` reads the modules of the installed apps.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import Count, Q, QuerySet, Sum

from simpul.core.clock import JAKARTA

PEOPLE = frozenset({"sex", "age_group"})  # disaggregations that only people have


@dataclass(frozen=True)
class Stock:
    """What is there on a day, of past days too: `rows` are all that ever were there, `there` says which of them were
    there at the end of a day."""

    rows: Callable[[], QuerySet[Any]]
    there: Callable[[dt.date], Q]

    def on(self, day: dt.date) -> QuerySet[Any]:
        return self.rows().filter(self.there(day))


def end_of_day(day: dt.date) -> dt.datetime:
    """The moment at which a day is over: moments of it are before."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), JAKARTA)


@dataclass(frozen=True)
class Measure:
    """A countable fact of one domain.

    name: stable English id ("visits"). label: translated noun ("kunjungan"). unit: translated.
    rows: a callable that gives the QuerySet of counted rows (voided ones left out).
    date: the field with the library's local date. library: the field with the library id.
    amount: the field to add up, or None where each row counts one.
    disaggregations: name → field. columns: what a receipt shows of a row, (label, attribute) pairs;
    personal_columns are shown to the library's own staff only.

    follows: paths of the ORM to every other table whose rows decide whether, when or as what a row counts
    ("gathering", "gathering__sessions"): a change there makes the day of the row stale. A test compares them with the
    tables that the counting reads. is_live: the rows depend on the present moment itself (what is due, who is a member
    now), so the number is counted each time and never rolled up. distinct: the field whose different values are counted
    instead of rows (titles used, not uses): such a number adds up over no days and no libraries. person: the field
    with the id of who it was, for unique people. part_of: the measure whose rows these are a part of; outsiders see
    only the whole broken down, since a part beside its whole would tell the rest. told_by_parts: disaggregations of
    which a part of this measure is a value ("ict" of visits), whose total outsiders read there. stock: what was there
    at the end of a day, for terms that ask how many there are instead of how many came.
    """

    name: str
    label: Any
    unit: Any
    rows: Callable[[], QuerySet[Any]]
    date: str = "local_date"
    library: str = "library_id"
    amount: str | None = None
    disaggregations: dict[str, str] = field(default_factory=dict)
    columns: tuple[tuple[Any, str], ...] = ()
    personal_columns: tuple[tuple[Any, str], ...] = ()
    follows: tuple[str, ...] = ()
    is_live: bool = False
    distinct: str = ""
    person: str = ""
    part_of: str = ""
    told_by_parts: tuple[str, ...] = ()
    stock: Stock | None = None

    @property
    def margins(self) -> tuple[tuple[str, ...], ...]:
        """The breakdowns that are rolled up: each disaggregation alone, and sex by age group where both are known."""
        single = tuple((name,) for name in self.disaggregations)
        return (*single, ("sex", "age_group")) if set(self.disaggregations) >= PEOPLE else single

    def between(self, rows: QuerySet[Any], first: dt.date, last: dt.date) -> QuerySet[Any]:
        """The rows of local days first to last, both included. A day of a moment ("recorded_at__date") is asked as a
        span of moments, which an index can answer."""
        path, is_moment = self.date.removesuffix("__date"), self.date.endswith("__date")
        if not is_moment:
            return rows.filter(**{f"{path}__gte": first, f"{path}__lte": last})
        found = rows
        if first > dt.date.min + dt.timedelta(days=1):
            found = found.filter(**{f"{path}__gte": dt.datetime.combine(first, dt.time(), JAKARTA)})
        if last < dt.date.max - dt.timedelta(days=1):
            found = found.filter(**{f"{path}__lt": dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), JAKARTA)})
        return found

    @property
    def is_about_people(self) -> bool:
        """Does a row tell of single people, named or by sex and age? Then its rows are for the library's own staff
        only: a loan or a visit with its day, sex and age names somebody to whoever knows the kelurahan."""
        return bool(self.personal_columns) or not PEOPLE.isdisjoint(self.disaggregations)

    @property
    def adds_up(self) -> bool:
        """Is the number of two days (or libraries) the sum of both? Only such numbers are rolled up."""
        return not self.distinct and type(self).total is Measure.total

    @property
    def is_rolled_up(self) -> bool:
        return self.adds_up and not self.is_live

    @property
    def expression(self) -> Any:
        """What adds rows up in a question."""
        if self.distinct:
            return Count(self.distinct, distinct=True)
        return Sum(self.amount) if self.amount else Count("pk")

    def total(self, rows: QuerySet[Any]) -> int:
        """The number itself: the sum of `amount`, or the count of rows; 0 of nothing."""
        return rows.order_by().aggregate(n=self.expression)["n"] or 0

    def by(self, rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
        """Totals by fields, each {field: value, …, "n": int}, in the order of the fields."""
        return list(rows.order_by().values(*fields).annotate(n=self.expression).order_by(*fields))


@cache
def discover() -> dict[str, Measure]:
    """Every measure of every installed app by name; two of one name are a mistake of ours."""
    found: dict[str, Measure] = {}
    for measure in _declared():
        if measure.name in found:
            raise RuntimeError(f"measure {measure.name} is declared twice")
        found[measure.name] = measure
    return found


def _declared() -> Iterable[Measure]:
    for app in apps.get_app_configs():
        if app.name.startswith("simpul.") and find_spec(f"{app.name}.measures"):
            yield from import_module(f"{app.name}.measures").MEASURES
