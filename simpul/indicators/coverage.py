"""No data is not zero: who was expected to have records in a period, who has, who came late, who was closed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min, TextField
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _

from simpul.indicators.models import DayCount, MonthCount, StaleDay
from simpul.indicators.periods import Period, end_of_month
from simpul.indicators.places import Place
from simpul.indicators.rollups.once import is_asked_once, once
from simpul.indicators.rollups.plain import read
from simpul.libraries.models import Library
from simpul.libraries.queries.hours import hours_on, is_closed_by_choice

#: records written down more than this after their month ended came late
GRACE = timedelta(days=7)
FIRST, LAST = date(1900, 1, 1), date(9999, 12, 31)


class State(StrEnum):
    RECEIVED = "received"
    LATE = "late"                      # received, but after the grace
    SILENT = "silent"                  # was open, nothing recorded
    CLOSED = "closed"                  # certainly closed all the time
    NOT_APPLICABLE = "not_applicable"  # was not there, or the form is not about such a library
    NOT_YET = "not_yet"                # the period has not begun


STATES = {
    State.RECEIVED: _("recorded"), State.LATE: _("recorded late"), State.SILENT: _("nothing recorded"),
    State.CLOSED: _("closed"), State.NOT_APPLICABLE: _("not applicable"), State.NOT_YET: _("still to come"),
}


@dataclass(frozen=True)
class Coverage:
    """State by library; expected are those that were open, received those of them with records."""

    by_library: Mapping[UUID, State]

    def _count(self, *states: State) -> int:
        return sum(1 for state in self.by_library.values() if state in states)

    @property
    def expected(self) -> int:
        return self._count(State.RECEIVED, State.LATE, State.SILENT)

    @property
    def received(self) -> int:
        return self._count(State.RECEIVED, State.LATE)

    @property
    def late(self) -> int:
        return self._count(State.LATE)

    @property
    def silent(self) -> int:
        return self._count(State.SILENT)

    @property
    def states(self) -> Counter[State]:
        return Counter(self.by_library.values())

    @property
    def is_complete(self) -> bool:
        return self.expected == self.received


def coverage(place: Place, period: Period, today: date, *, with_late: bool = False) -> Coverage:
    """Three questions for any number of libraries (and two for the hours of those that are silent, one more
    `with_late`). `today` is the reader's day: what lies after it is still to come."""
    return coverages(place, [period], today, with_late=with_late)[period]


def coverages(place: Place, periods: Iterable[Period], today: date, *, with_late: bool = False) -> dict[Period, Coverage]:
    """The same for several periods, in the same number of questions."""
    asked = list(periods)
    if not asked:
        return {}
    first, last = min(p.first for p in asked), max(p.last for p in asked)
    ids = None if place.is_whole else [library.pk for library in place.libraries]
    with_records = _with_records(first, last, ids)
    late = _late(place, first, last, ids) if with_late else {}
    found: dict[Period, dict[UUID, State]] = {period: {} for period in asked}
    silent: list[tuple[Period, Library]] = []
    for period in asked:
        for library in place.libraries:
            state = _without_hours(library, period, today, with_records, late)
            found[period][library.pk] = state
            if state == State.SILENT:
                silent.append((period, library))
    _tell_closed(found, silent, today)
    return {period: Coverage(states) for period, states in found.items()}


def _with_records(first: date, last: date, ids: list[UUID] | None) -> dict[UUID, set[date]]:
    """As `_months_with_records`; for a page about a few libraries all of their months at once."""
    if ids is not None and is_asked_once() and first.day == 1 and last == end_of_month(last.replace(day=1)):
        return once(("months", frozenset(ids)), lambda: _months_with_records(FIRST, LAST, ids))
    return once(("records", first, last, None if ids is None else frozenset(ids)),
                lambda: _months_with_records(first, last, ids))


def _months_with_records(first: date, last: date, ids: list[UUID] | None) -> dict[UUID, set[date]]:
    """Library → days or months with any record: of a period in mid-month the days count, else the months."""
    found: dict[UUID, set[date]] = {}
    is_whole = first.day == 1 and last == end_of_month(last.replace(day=1))
    rows = MonthCount.objects.filter(measure=MonthCount.ANYTHING, by="", month__gte=first, month__lte=last)
    if not is_whole:
        rows = DayCount.objects.filter(local_date__gte=first, local_date__lte=last)  # type: ignore[assignment]
    marks = StaleDay.objects.filter(local_date__gte=first, local_date__lte=last)
    for asked, name in ((rows, "month" if is_whole else "local_date"), (marks, "local_date")):
        asked = asked if ids is None else asked.filter(library_id__in=ids)
        for library, day in read(asked, name, is_distinct=True):
            found.setdefault(library, set()).add(day)
    return found


def _without_hours(library: Library, period: Period, today: date, with_records: dict[UUID, set[date]],
                   late: Mapping[UUID, set[date]]) -> State:
    has_records = any(period.first <= day <= period.last for day in with_records.get(library.pk, ()))
    if has_records:
        is_late = any(period.first <= month <= period.last for month in late.get(library.pk, ()))
        return State.LATE if is_late else State.RECEIVED
    if period.first > today:
        return State.NOT_YET
    if (library.opened_on and library.opened_on > period.last) or (library.closed_on and library.closed_on <= period.first):
        return State.NOT_APPLICABLE
    return State.SILENT


def _tell_closed(found: dict[Period, dict[UUID, State]], silent: list[tuple[Period, Library]], today: date) -> None:
    """Who was certainly closed on every day so far is not silent. At most a year of days is looked at."""
    if not silent:
        return
    known = {one.pk: one for one in Library.objects.with_hours().filter(pk__in={library.pk for _p, library in silent})}
    for period, library in silent:
        last = min(period.last, today)
        days = ((period.first + timedelta(days=n)) for n in range(min((last - period.first).days + 1, 366)))
        if all(is_closed_by_choice(known[library.pk], day) for day in days):
            found[period][library.pk] = State.CLOSED


def _late(place: Place, first: date, last: date, ids: list[UUID] | None) -> dict[UUID, set[date]]:
    """Library → months whose first record was written down after the month and the grace were over. A month is the
    first seven letters of a day: neither database has to call anything for each of many rows."""
    zones = {library.pk: ZoneInfo(library.time_zone) for library in place.libraries}
    rows = DayCount.objects.filter(local_date__gte=first, local_date__lte=last, first_recorded_at__isnull=False)
    rows = rows if ids is None else rows.filter(library_id__in=ids)
    month_of = Substr(Cast("local_date", TextField()), 1, 7)
    asked = rows.annotate(month_=month_of).order_by().values("library_id", "month_").annotate(at=Min("first_recorded_at"))
    found: dict[UUID, set[date]] = {}
    for library, text, at in asked.values_list("library_id", "month_", "at"):
        month = date.fromisoformat(f"{text}-01")
        if library in zones and at.astimezone(zones[library]).date() > end_of_month(month) + GRACE:
            found.setdefault(library, set()).add(month)
    return found


@dataclass(frozen=True)
class Days:
    """One library's days of a period so far: on how many it was open (None: nobody told its hours), on how many of
    those something was recorded, and those on which it was open without any record."""

    open: int | None
    recorded: int
    silent: tuple[date, ...]


def days_of(library: Library, period: Period, today: date) -> Days:
    """Four questions."""
    there = period.clipped(None, today)
    if there is None:
        return Days(0, 0, ())
    days = set(DayCount.objects.filter(library_id=library.pk, local_date__gte=there.first, local_date__lte=there.last)
               .values_list("local_date", flat=True).distinct())
    days |= set(StaleDay.objects.filter(library_id=library.pk, local_date__gte=there.first, local_date__lte=there.last)
                .values_list("local_date", flat=True).distinct())
    one = Library.objects.with_hours().get(pk=library.pk)
    every = [there.first + timedelta(days=n) for n in range((there.last - there.first).days + 1)]
    spans = {day: hours_on(one, day) for day in every}
    if any(value is None for value in spans.values()):
        return Days(None, len(days), ())
    silent = tuple(day for day in every if spans[day] and day not in days)
    return Days(sum(1 for value in spans.values() if value), len(days), silent)
