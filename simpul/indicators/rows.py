"""The rows that a figure counts: of the days on which each library was at the place, or there at the end of a day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from simpul.core.measure import Measure
from simpul.indicators.periods import Period
from simpul.indicators.places import Place


def rows_at(measure: Measure, place: Place, period: Period) -> QuerySet[Any]:
    """Rows of the period, each library for the days on which it was at the place."""
    rows = measure.rows()
    by_days: dict[tuple[date, date], set[UUID]] = defaultdict(set)
    for stay in () if place.is_whole else place.stays:
        there = stay.within(period)
        if there:
            by_days[there.first, there.last].add(stay.library.pk)
    if place.is_whole or len(by_days) == 1:
        first, last = next(iter(by_days), (period.first, period.last))
        rows = measure.between(rows, first, last)
        return rows if place.is_whole else rows.filter(**{f"{measure.library}__in": by_days[first, last]})
    condition = Q(pk__in=[])
    for (first, last), of in by_days.items():
        condition |= Q(pk__in=measure.between(measure.rows(), first, last).filter(
            **{f"{measure.library}__in": of}).order_by().values("pk"))
    return rows.filter(condition)


def stock_rows(measure: Measure, place: Place, day: date, where: Mapping[str, Sequence[str]] | None = None) -> QuerySet[Any]:
    """The rows that were there at the end of a day, of the libraries that were at the place on it."""
    assert measure.stock is not None
    rows = measure.stock.on(day)
    if not place.is_whole:
        rows = rows.filter(**{f"{measure.library}__in": place.there_on(day)})
    for name, values in (where or {}).items():
        rows = rows.filter(**{f"{measure.disaggregations[name]}__in": values})
    return rows
