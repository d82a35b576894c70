"""The ground of an overview: counts by library and month, and who was expected, in few questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Min
from django.urls import reverse
from django.utils.http import urlencode

from simpul.core import clock
from simpul.indicators.coverage import Coverage, State, coverages
from simpul.indicators.definitions import indicators
from simpul.indicators.models import MonthCount
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

    @cached_property
    def _began(self) -> dict[str, date | None]:
        """Indicator → the first month of which anything of it is known, as far as the roll-ups go back. One question."""
        measures = {name: {term.measure for version in indicators()[name].versions for term in version.numerator}
                    for name in self.counts}
        rows = MonthCount.objects.filter(measure__in=set().union(*measures.values()), by="", n__gt=0)
        if not self.place.is_whole:
            rows = rows.filter(library_id__in=self.libraries)
        firsts = dict(rows.order_by().values_list("measure").annotate(first=Min("month")))
        found: dict[str, date | None] = {}
        for name, of in measures.items():
            known = [firsts[one] for one in of if one in firsts]
            known += [month for month, n in self.by_month[name].items() if n]
            found[name] = min(known, default=None)
        return found

    def began(self, name: str) -> date | None:
        """The first month of which anything of it is known: what lies before was not recorded, and is no zero."""
        return self._began[name]

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
        """A month whose libraries recorded nothing at all is not zero, nor one before anything of this was recorded."""
        began, found = self.began(name), []
        for month in months:
            states, (received, expected) = self.states(month), self.received(month)
            is_before = bool(received) and began is not None and month < began
            is_to_come = month > self.today
            alone = next(iter(states.values())) if len(states) == 1 else None
            state = State.NOT_YET if is_to_come else State.SILENT if is_before else alone
            found.append(Month(month, self.by_month[name].get(month, 0) if received and not (is_before or is_to_come) else None,
                               state, received, expected,
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
    """Thirteen months up to a month, or a year and the year before it, each with one month more, which tells whether
    recording had begun; the questions depend on no number of libraries or months."""
    now = now or clock.now()
    today = clock.local_date(now, place.library.time_zone if place.library else "Asia/Jakarta")
    last = period.last.replace(day=1)
    first = max(months_back(last, 24 if period.kind == Kind.YEAR else 13), date(FIRST_YEAR - 1, 1, 1))
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


