"""The months of a city: who signed, who is open, late, restated, closed; in a fixed number of questions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from simpul.core.actor import Actor
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.models import Restatement
from simpul.months.queries.states import OPEN, MonthLine, State, lines_of

LATELY = timedelta(days=30)


@dataclass(frozen=True)
class CityMonth:
    """Every library of the reader in a month; those that were not there then are left out."""

    period: Period
    lines: Sequence[MonthLine]
    restated: Sequence[Restatement]

    @property
    def counts(self) -> Counter[State]:
        return Counter(one.state for one in self.lines)

    @property
    def expected(self) -> int:
        return len(self.lines)

    @property
    def signed(self) -> int:
        return sum(one.signature is not None for one in self.lines)

    @property
    def waiting(self) -> list[MonthLine]:
        return [one for one in self.lines if one.state in OPEN]

    @property
    def late(self) -> list[MonthLine]:
        return [one for one in self.lines if one.state == State.LATE]


def city_month(actor: Actor, month: date, today: date) -> CityMonth:
    """Six questions for any number of libraries."""
    libraries = list(Library.objects.with_place().counted_by(actor).filter(is_staffed=True).order_by("name"))
    lines = [one for one in lines_of(libraries, [month], today) if one.state != State.NOT_THERE]
    restated = Restatement.objects.open().filter(
        library__in=[one.pk for one in libraries], noticed_at__date__gte=today - LATELY).select_related("library")
    return CityMonth(Period.of_month(month), lines, list(restated.order_by("-noticed_at")[:20]))
