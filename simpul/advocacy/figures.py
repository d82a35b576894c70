"""A library's own figures: any measure of the house over a period."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from simpul.core.measure import Measure, discover
from simpul.libraries.models import Library

#: what a proposal tells first, where there is something to tell
USUAL = ("visits", "loans", "in_house_uses", "new_members", "activities", "participants", "ict_visits", "volunteer_hours")


def value_of(measure: Measure, library_id: UUID, first: date, last: date) -> int:
    """The figure from `first` to `last`, both included; one query."""
    rows = measure.rows().filter(**{measure.library: library_id})
    return measure.total(measure.between(rows, first, last))


def choices() -> list[tuple[str, Any]]:
    """(name, label) of all measures, by label."""
    return sorted(((one.name, one.label) for one in discover().values()), key=lambda pair: str(pair[1]))


def usual(library: Library, first: date, last: date, most: int = 6) -> list[tuple[Measure, int]]:
    """The figures that a proposal begins with: those of the usual ones that are not nothing."""
    found = [(measure, value_of(measure, library.pk, first, last)) for measure in _known(USUAL)]
    return [(measure, value) for measure, value in found if value][:most]


def _known(names: Iterable[str]) -> list[Measure]:
    return [discover()[name] for name in names if name in discover()]


def receipt(library: Library, measure: str, first: date, last: date) -> str:
    """The address where the figure opens to its rows."""
    query = urlencode({"library": library.code, "from": first.isoformat(), "to": last.isoformat()})
    return f"{reverse('web:figure', args=[measure])}?{query}"
