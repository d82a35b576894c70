"""The recap as SIM asks for it: counts by part, of a library or of many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from simpul.activities.kinds import KINDS
from simpul.activities.measures import held
from simpul.activities.queries.sheet import narrowed
from simpul.core.measure import discover
from simpul.indicators.definitions import Term
from simpul.indicators.numerators import sums
from simpul.indicators.people import People, people
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.tpbis.queries.items import TAUGHT

#: what the recap counts: name → measure, breakdown
COUNTED = {
    "activities": ("activities", ("strategy",)), "kinds": ("activities", ("kind",)),
    "participants": ("activity_participants", ("strategy",)), "people_by_kind": ("activity_participants", ("kind",)),
    "talks": ("advocacy_talks", ()), "results": ("advocacy_results", ("kind",)), "worth": ("advocacy_worth", ()),
    "publicity": ("publicity", ("channel",)), "copies": ("copies_added", ()), "gifts": ("partner_gifts_worth", ()),
}


@dataclass(frozen=True)
class Recap:
    """`found`: name of COUNTED → (library, value of the breakdown) → n. `people`: different people at activities."""

    found: Mapping[str, Mapping[tuple[UUID, str], int]]
    people: People
    skills: tuple[str, ...]

    def n(self, name: str, value: str | None = None, library: UUID | None = None) -> int:
        """The sum, of one value of the breakdown, of one library."""
        return sum(n for (pk, key), n in self.found[name].items()
                   if (value is None or key == value) and (library is None or pk == library))

    @property
    def taught(self) -> int:
        """Activities in which a skill is taught."""
        return sum(self.n("kinds", code) for code, kind in KINDS.items() if kind.group in TAUGHT)

    @property
    def learners(self) -> int:
        return sum(self.n("people_by_kind", code) for code, kind in KINDS.items() if kind.group in TAUGHT)


def recap(place: Place, period: Period) -> Recap:
    """Some twenty questions, whatever the number of libraries."""
    found = {}
    for name, (measure, by) in COUNTED.items():
        found[name] = sums(Term(measure=measure), period, place, by)
    return Recap(found, people(discover()["activity_participants"], place, period), _skills(place, period.first, period.last))


def _skills(place: Place, first: date, last: date) -> tuple[str, ...]:
    """Kinds of skill that were taught, in the words of the libraries; at most twenty."""
    kinds = [code for code, kind in KINDS.items() if kind.group in TAUGHT]
    rows = narrowed(held(), kinds=kinds, first=first, last=last).filter(library__in=place.libraries)
    told = rows.order_by().values_list("theme", "kind").distinct()
    return tuple(sorted({theme or str(KINDS[kind].label) for theme, kind in told})[:20])
