"""The ground of an overview: counts by library and month, and who was expected, in few questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from simpul.core import clock
from simpul.indicators.coverage import Coverage, State, coverages
from simpul.indicators.definitions import indicators
from simpul.indicators.numerators import tally
from simpul.indicators.periods import Kind, Period, WrongPeriod, end_of_month, next_month
from simpul.indicators.places import Place

#: what an overview counts, in the order in which it is told
COUNTED = ("visits", "loans", "participants", "activities", "new_members")
HAS_RECORDS = (State.RECEIVED, State.LATE)
FIRST_YEAR = 2000


def months_back(day: date, n: int) -> date:
    """The first day of the month n months before that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - n, 12)
    return date(year, month + 1, 1)


def period_of(text: str, today: date) -> Period:
    """The month or year of an address; "" is the last month that is over. Raises WrongPeriod."""
    period = Period.parse(text) if text else Period.of_month(months_back(today, 1))
    if period.kind not in (Kind.MONTH, Kind.YEAR) or not FIRST_YEAR <= period.first.year <= today.year + 1:
        raise WrongPeriod("")
    return period


def receipt(indicator: str, place: Place, period: Period, by: str = "") -> str:
    """The address that opens a figure, as `Figure.receipt` gives it."""
    query = {"tempat": place.code, "periode": period.code, **({"by": by} if by else {})}
    return f"{reverse('web:figure', args=[indicator])}?{urlencode(query)}"


@dataclass(frozen=True)
class Month:
    """One month of a line: `n` is None where nothing is known; `state` of a library, None of many."""

    first: date
    n: int | None
    state: State | None
    received: int
    expected: int
    is_running: bool = False

    @property
    def period(self) -> Period:
        return Period.of_month(self.first)


@dataclass(frozen=True)
class Ground:
    """`counts`: indicator → (library, month) → n, of `months` (first days, without a gap, the oldest first)."""

    place: Place
    period: Period
    today: date
    now: datetime
    months: tuple[date, ...]
    counts: Mapping[str, Mapping[tuple[UUID, date], int]]
    covered: Mapping[date, Coverage]

    @property
    def is_running(self) -> bool:
        """The period has begun and is not over."""
        return self.period.first <= self.today <= self.period.last

    @cached_property
    def libraries(self) -> list[UUID]:
        return [one.pk for one in self.place.libraries]

    @cached_property
    def by_month(self) -> Mapping[str, Mapping[date, int]]:
        found: dict[str, dict[date, int]] = {name: defaultdict(int) for name in self.counts}
        for name, counts in self.counts.items():
            for (_library, month), n in counts.items():
                found[name][month] += n
        return found

    def of(self, name: str, period: Period) -> int:
        """The number of a period of whole months that lies within `months`; equals the figure's numerator."""
        return sum(self.by_month[name].get(month, 0) for month in period.months())

    def by_library(self, name: str, months: Collection[date]) -> dict[UUID, int]:
        found: dict[UUID, int] = defaultdict(int)
        wanted = set(months)
        for (library, month), n in self.counts[name].items():
            if month in wanted:
                found[library] += n
        return dict(found)

    def states(self, month: date) -> Mapping[UUID, State]:
        """Of every library of the place."""
        return self.covered[month].by_library

    @cached_property
    def _received(self) -> dict[date, tuple[int, int]]:
        return {month: (covered.received, covered.expected) for month, covered in self.covered.items()}

    def received(self, month: date) -> tuple[int, int]:
        """How many libraries have records, of how many that were open."""
        return self._received[month]

    def with_records(self, months: Iterable[date]) -> list[frozenset[UUID]]:
        """Which libraries have records, month by month."""
        return [frozenset(library for library, state in self.states(month).items() if state in HAS_RECORDS)
                for month in months]

    def line(self, name: str, months: Iterable[date]) -> list[Month]:
        """A month whose libraries recorded nothing at all is not zero."""
        found = []
        for month in months:
            states, (received, expected) = self.states(month), self.received(month)
            found.append(Month(month, self.by_month[name].get(month, 0) if received else None,
                               next(iter(states.values())) if len(states) == 1 else None, received, expected,
                               month <= self.today <= end_of_month(month)))
        return found

    @cached_property
    def shown(self) -> tuple[date, ...]:
        """The months of the pictures: the year, or thirteen up to the month."""
        if self.period.kind == Kind.YEAR:
            return tuple(month for month in self.months if month.year == self.period.first.year)
        return self.months[-13:]

    def receipt(self, name: str, period: Period | None = None, by: str = "") -> str:
        return receipt(name, self.place, period or self.period, by)


def ground_of(place: Place, period: Period, *, now: datetime | None = None, names: Iterable[str] = COUNTED) -> Ground:
    """Thirteen months up to a month, the year and the year before it; the questions depend on no number of libraries or
    months."""
    now = now or clock.now()
    today = clock.local_date(now, place.library.time_zone if place.library else "Asia/Jakarta")
    last = period.last.replace(day=1)
    first = max(months_back(last, 23 if period.kind == Kind.YEAR else 12), date(FIRST_YEAR - 1, 1, 1))
    months = []
    while first <= last:
        months.append(first)
        first = next_month(first)
    whole = Period(months[0], end_of_month(last))
    counts: dict[str, dict[tuple[UUID, date], int]] = {}
    for name in names:
        found: dict[tuple[UUID, date], int] = defaultdict(int)
        for version, part in indicators()[name].parts(whole):
            for term in version.numerator:
                for (library, month, _value), n in tally(term, part, place).items():
                    found[library, month] += n * term.times
        counts[name] = dict(found)
    known = coverages(place, [Period.of_month(month) for month in months], today)
    return Ground(place, period, today, now, tuple(months), counts,
                  {month: known[Period.of_month(month)] for month in months})


