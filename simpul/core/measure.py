"""What a measure is: a named count that can always be opened down to its rows.

Each domain declares its measures in its own `measures.py` as a module-level tuple `MEASURES`; nobody registers
anything, `discover()` reads the modules of the installed apps.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import Count, QuerySet, Sum

PEOPLE = frozenset({"sex", "age_group"})  # disaggregations that only people have


@dataclass(frozen=True)
class Measure:
    """A countable fact of one domain.

    name: stable English id ("visits"). label: translated noun ("kunjungan"). unit: translated.
    rows: a callable that gives the QuerySet of counted rows (voided ones left out).
    date: the field with the library's local date. library: the field with the library id.
    amount: the field to add up, or None where each row counts one.
    disaggregations: name → field. columns: what a receipt shows of a row, (label, attribute) pairs;
    personal_columns are shown to the library's own staff only.
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

    @property
    def is_about_people(self) -> bool:
        """Does a row tell of single people, named or by sex and age? Then its rows are for the library's own staff
        only: a loan or a visit with its day, sex and age names somebody to whoever knows the kelurahan."""
        return bool(self.personal_columns) or not PEOPLE.isdisjoint(self.disaggregations)

    def total(self, rows: QuerySet[Any]) -> int:
        """The number itself: the sum of `amount`, or the count of rows; 0 of nothing."""
        expression = Sum(self.amount) if self.amount else Count("pk")
        return rows.aggregate(n=expression)["n"] or 0

    def by(self, rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
        """Totals by fields, each {field: value, …, "n": int}, in the order of the fields."""
        expression = Sum(self.amount) if self.amount else Count("pk")
        return list(rows.order_by().values(*fields).annotate(n=expression).order_by(*fields))


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
