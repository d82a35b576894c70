"""What is or was true of a library on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from simpul.libraries.facts import FACTS, Fact
from simpul.libraries.models import DatedFact, Library


@dataclass(frozen=True)
class KnownFact:
    """A definition with the row that holds on a day (None: unknown) and the rows before it, newest first."""

    fact: Fact
    now: DatedFact | None
    history: tuple[DatedFact, ...]

    @property
    def value(self) -> Any:
        return self.now.value if self.now else None

    @property
    def text(self) -> str:
        """The value in words; "" where unknown."""
        return self.fact.in_words(self.value)


def fact_on(library: Library, name: str, day: date) -> Any:
    """The value that held on the day: number, True/False, code, list of codes or text; None where unknown."""
    return facts_on(day, [name]).get(library.pk, {}).get(name)


def facts_on(day: date, names: Iterable[str] | None = None,
             libraries: Iterable[UUID] | None = None) -> dict[UUID, dict[str, Any]]:
    """library id → name → value that held on the day, in one query; unknown facts and libraries are left out."""
    rows = DatedFact.objects.filter(voided_at__isnull=True, from_on__lte=day)
    if names is not None:
        rows = rows.filter(name__in=list(names))
    if libraries is not None:
        rows = rows.filter(library__in=list(libraries))
    found: dict[UUID, dict[str, Any]] = {}
    for library_id, name, value in rows.order_by("from_on").values_list("library_id", "name", "value"):
        found.setdefault(library_id, {})[name] = value  # the latest day comes last and stays
    return {pk: known for pk, values in found.items()
            if (known := {name: value for name, value in values.items() if value is not None})}


def facts_of(library: Library, day: date, *, section: str = "") -> list[KnownFact]:
    """Every fact that may be told about this library, in the order of the definitions, with its history."""
    rows: dict[str, list[DatedFact]] = {}
    for row in DatedFact.objects.filter(library=library, voided_at__isnull=True).order_by("-from_on"):
        rows.setdefault(row.name, []).append(row)
    known = []
    for fact in FACTS.values():
        if (section and fact.section != section) or not fact.is_about(library.kind):
            continue
        history = rows.get(fact.name, [])
        now = next((row for row in history if row.from_on <= day), None)
        known.append(KnownFact(fact, now, tuple(history)))
    return known
