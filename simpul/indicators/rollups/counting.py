"""Recounting: a library's days from its records, one question a measure. Roll-ups are nothing but its answers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from simpul.core.measure import Measure, discover

#: more libraries than this are not listed in a question; what was not asked for is left out afterwards
MANY = 60
#: days so few that asking them of all libraries costs less than saying of which
SHORT = 4
MONTH = dict[tuple[str, str], int]  # (by, value) → n


@dataclass
class Counted:
    """One measure of one library: day → n, day → first record, month → (by, value) → n."""

    days: dict[date, int] = field(default_factory=dict)
    first_recorded: dict[date, datetime] = field(default_factory=dict)
    months: dict[date, MONTH] = field(default_factory=dict)


def rolled_up() -> Iterator[Measure]:
    """Measures whose numbers are remembered, in the order of their names."""
    return (measure for _name, measure in sorted(discover().items()) if measure.is_rolled_up)


def month_of(day: date) -> date:
    return day.replace(day=1)


def as_text(value: Any) -> str:
    """A disaggregation's value in a roll-up: "P", "6-12", "True"; what is not known is ""."""
    return "" if value is None else str(value)


def name_of(margin: Sequence[str]) -> str:
    """("sex", "age_group") → "sex+age_group"; () → ""."""
    return "+".join(margin)


def count_libraries(measure: Measure, libraries: Sequence[UUID], first: date, last: date) -> dict[UUID, Counted]:
    """Everything that is remembered of a measure on days first to last (both included), in one question; libraries
    without any are left out."""
    names = list(measure.disaggregations)
    rows = measure.between(measure.rows().filter(**{f"{measure.library}__in": list(libraries)}), first, last)
    recorded = recorded_field(rows)
    every: dict[UUID, Counted] = {}
    margins = [(name_of(margin), [names.index(name) for name in margin]) for margin in measure.margins]
    fields = [measure.library, measure.date, *(measure.disaggregations[name] for name in names)]
    annotations = {"n_": measure.expression, **({"first_": Min(recorded)} if recorded else {})}
    asked = rows.order_by().values(*fields).annotate(**annotations).values_list(*fields, *annotations)
    for library, day, *rest in asked.iterator(chunk_size=5000):
        found = every.get(library) or every.setdefault(library, Counted())
        values, n = rest[:len(names)], rest[len(names)] or 0
        found.days[day] = found.days.get(day, 0) + n
        if recorded:
            first_at = rest[-1]
            found.first_recorded[day] = min(first_at, found.first_recorded.get(day, first_at))
        month = found.months.setdefault(month_of(day), {})
        month["", ""] = month.get(("", ""), 0) + n
        for by, places in margins:
            key = by, "|".join([as_text(values[place]) for place in places])
            month[key] = month.get(key, 0) + n
    return every


def count_library(measure: Measure, library: UUID, first: date, last: date) -> Counted:
    """The same of one library."""
    return count_libraries(measure, [library], first, last).get(library) or Counted()


def recorded_field(rows: QuerySet[Any]) -> str:
    """The field with the moment of writing down; "" where rows have none."""
    names = {one.name for one in rows.model._meta.concrete_fields}
    return "recorded_at" if "recorded_at" in names else ""




@dataclass(frozen=True)
class Span:
    """Days of some libraries (None: of all), both ends included."""

    libraries: frozenset[UUID] | None
    first: date
    last: date


def count_live(measure: Measure, spans: Iterable[Span], by: Sequence[str] = (), **where: Any) -> Iterator[
        tuple[UUID, date, tuple[str, ...], int]]:
    """(library, day, values, n) straight from the records, in one question for all spans. `where` narrows by field."""
    asked = list(spans)
    if not asked:
        return
    condition = Q()
    for span in asked:
        lookups: dict[str, Any] = {}
        if span.libraries is not None and len(span.libraries) <= MANY:
            lookups[f"{measure.library}__in"] = sorted(span.libraries)
        condition |= Q(**lookups, **_days(measure, span))
    rows = measure.rows().filter(**where) if where else measure.rows()
    if len(asked) == 1:
        rows = measure.between(rows, asked[0].first, asked[0].last)
    fields = [measure.library, measure.date, *(measure.disaggregations[name] for name in by)]
    found = rows.filter(condition).order_by().values(*fields).annotate(n_=measure.expression).values_list(*fields, "n_")
    for library, day, *rest in found.iterator(chunk_size=5000):
        if any((span.libraries is None or library in span.libraries) and span.first <= day <= span.last for span in asked):
            yield library, day, tuple(as_text(value) for value in rest[:-1]), rest[-1] or 0


def _days(measure: Measure, span: Span) -> dict[str, Any]:
    return {f"{measure.date}__gte": span.first, f"{measure.date}__lte": span.last}


def runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days as runs without a gap: [(first, last), …]."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and (day - found[-1][1]).days == 1:
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found


def spans_of(pairs: dict[UUID, set[date]]) -> list[Span]:
    """Days by library as few spans as possible: libraries with the same runs share one. They may hold more days than
    `pairs`: whoever asks takes of the answer what was wanted."""
    together: dict[tuple[date, date], set[UUID]] = defaultdict(set)
    for library, days in pairs.items():
        for run in runs(days):
            together[run].add(library)
    every = {day for days in pairs.values() for day in days}
    is_short = len(together) > 1 and (max(every) - min(every)).days < SHORT
    if len(together) > 40 or is_short:  # a bulk import into many libraries, or today: one wide question, not a long one
        return [Span(frozenset(pairs), min(every), max(every))]
    return [Span(frozenset(libraries), first, last) for (first, last), libraries in sorted(together.items())]
