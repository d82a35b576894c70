"""The 28 lines of the libraries of this node: of each library, in questions whose number does not depend on how many."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from simpul.core.measure import discover
from simpul.indicators import coverage as covering
from simpul.indicators.coverage import Coverage
from simpul.indicators.definitions import Term, indicators
from simpul.indicators.numerators import sums
from simpul.indicators.people import people, people_by_library
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.indicators.rows import rows_at, stock_rows
from simpul.iplm.lines import ITEMS, Item
from simpul.libraries.models import DatedFact, Library

Values = dict[UUID, int]


@dataclass(frozen=True)
class Known:
    """A fact as told: its value, since when, its source."""

    value: Any
    from_on: date
    source: str


@dataclass(frozen=True)
class Own:
    """`values[item key][library id]`; what is not in it is unknown, and `coverage` says of which library why.
    `not_asked[item key]`: libraries of which the form does not ask it, and which write 0."""

    libraries: tuple[Library, ...]
    values: Mapping[str, Values]
    not_asked: Mapping[str, frozenset[UUID]]
    coverage: Coverage
    between: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def of(self, library_id: UUID) -> dict[str, int | None]:
        """The lines of one library."""
        return {item.key: self.values[item.key].get(library_id) for item in ITEMS}


def own_lines(place: Place, period: Period, today: date, *, with_people: bool = True) -> Own:
    """About sixty questions, for one library or for all."""
    libraries = tuple(place.libraries)
    covered = covering.coverage(place, period, today)
    recorded = {pk for pk, state in covered.by_library.items() if state in (covering.State.RECEIVED, covering.State.LATE)}
    facts = facts_known(libraries, period)
    values: dict[str, Values] = {}
    not_asked: dict[str, frozenset[UUID]] = {}
    holding: set[UUID] = set()  # whoever has any book can say how many digital ones there are
    for item in ITEMS:
        not_asked[item.key] = frozenset(one.pk for one in libraries if item.about and one.kind not in item.about)
        told = _from_facts(item, libraries, facts, period) if item.facts else {}
        counted = _from_records(item, place, period) if item.indicator else {}
        if item.is_collection:
            holding |= {pk for pk, n in counted.items() if n}
        if item.indicator and not item.facts:
            counted = {**dict.fromkeys(recorded | (holding if item.is_collection else set()), 0), **counted}
        both = {pk: max(told.get(pk, 0), counted.get(pk, 0)) for pk in told.keys() | counted.keys()}
        values[item.key] = {one.pk: both[one.pk] for one in libraries if one.pk in both} | dict.fromkeys(
            not_asked[item.key], 0)
    between = {item.key: _between(item, place, period, sum(values[item.key].values()))
               for item in ITEMS if item.people_of} if with_people else {}
    return Own(libraries, values, not_asked, covered, between)


def facts_known(libraries: tuple[Library, ...], period: Period) -> dict[UUID, dict[str, Known]]:
    """Every fact that the lines ask, as it was on the period's last day, in one question."""
    names = {name for item in ITEMS for name in item.facts}
    rows = DatedFact.objects.filter(voided_at__isnull=True, from_on__lte=period.last, name__in=names,
                                    library__in=[one.pk for one in libraries]).order_by("from_on")
    found: dict[UUID, dict[str, Known]] = defaultdict(dict)
    for library, name, value, from_on, source in rows.values_list("library_id", "name", "value", "from_on", "source"):
        found[library][name] = Known(value, from_on, source)
    return found


def _from_facts(item: Item, libraries: tuple[Library, ...], facts: Mapping[UUID, Mapping[str, Known]],
                period: Period) -> Values:
    """The sum of the facts; all that such a library is asked must be told, for this year where they are of a year."""
    from simpul.libraries.facts import FACTS

    found: Values = {}
    for library in libraries:
        numbers = []
        for name in item.facts:
            if not FACTS[name].is_about(library.kind):
                continue
            known = facts.get(library.pk, {}).get(name)
            if known is None or known.value is None or (item.is_yearly and known.from_on < period.first):
                break
            numbers.append(len(known.value) if isinstance(known.value, list) else int(known.value))
        else:
            found[library.pk] = sum(numbers)
    return found


def _from_records(item: Item, place: Place, period: Period) -> Values:
    """Of each library with any; different things are counted within each library, as each hands in a form of its own."""
    found: Values = defaultdict(int)
    for version, part in indicators()[item.indicator].parts(period):
        for term in version.numerator:
            for library, n in _of_term(term, place, part).items():
                found[library] += n * term.times
    return dict(found)


def _of_term(term: Term, place: Place, period: Period) -> Values:
    measure = discover()[term.measure]
    found: Values = defaultdict(int)
    if measure.adds_up:
        for (library, _value), n in sums(term, period, place).items():
            found[library] += n
        return found
    is_stock = term.is_stock and measure.stock is not None
    rows = stock_rows(measure, place, period.last) if is_stock else rows_at(measure, place, period)
    for row in measure.by(rows, measure.library):
        found[row[measure.library]] = row["n"]
    return found


def _between(item: Item, place: Place, period: Period, total: int) -> tuple[int, int]:
    """How many different people stand behind so many visits: at least those known by card, at most one for each visit
    of nobody known."""
    known = people(discover()[item.people_of], place, period, people_by_library(
        discover()[item.people_of], place, period, is_linked_only=True))
    linked = known.records - known.unlinked
    most = known.most + max(0, total - linked)
    return (min(max(known.least, 1 if total else 0), total), min(most, total))
