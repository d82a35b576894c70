"""When a library is open: pure functions over its opening hours and closures.

They read `library.opening_hours.all()` and `library.closures.all()`; for many libraries fetch those first with
`Library.objects.with_hours()` and no further query is made. Unknown is not closed: a library whose hours nobody told
gives None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from simpul.core.prepared import Prepared
from simpul.libraries.models import Closure, Library, OpeningHours
from simpul.libraries.ramadan import is_ramadan

_hours: Prepared[OpeningHours] = Prepared(lambda library: OpeningHours.objects.filter(library=library))
_closures: Prepared[Closure] = Prepared(lambda library: Closure.objects.filter(library=library))

Span = tuple[time, time]
#: how far ahead an open day is looked for
HORIZON = 120


@dataclass(frozen=True)
class OpeningDay:
    """A day of a library: `spans` is None where its hours are unknown, empty where it is closed."""

    day: date
    spans: tuple[Span, ...] | None
    closure: Closure | None
    is_today: bool


def hours_on(library: Library, day: date) -> tuple[Span, ...] | None:
    """From–to of the day, earliest first; () on a closed day, None where nobody told the hours."""
    if _exists_not(library, day) or closure_on(library, day) is not None:
        return ()
    rows = _rows_of_season(library, day)
    if not rows:
        return None
    return tuple(sorted((row.opens, row.closes) for row in rows if row.weekday == day.weekday()))


def closure_on(library: Library, day: date) -> Closure | None:
    """The declared closure that covers the day."""
    for closure in _closures_of(library):
        if closure.withdrawn_at is None and closure.first_on <= day <= closure.last_on:
            return closure
    return None


def is_closed_by_choice(library: Library, day: date) -> bool:
    """Certainly closed: by a declared closure, on a weekday without hours, before opening or after closing for
    good. A library of unknown hours is closed on declared days only."""
    return hours_on(library, day) == ()


def is_open(library: Library, moment: datetime) -> bool | None:
    """Are the doors open at this moment, on the library's own clock? None where its hours are unknown."""
    local = moment.astimezone(ZoneInfo(library.time_zone))
    spans = hours_on(library, local.date())
    if spans is None:
        return None
    return any(opens <= local.time() < closes for opens, closes in spans)


def days_open(library: Library, first: date, last: date) -> tuple[date, ...] | None:
    """The days from `first` to `last`, both included, on which it was or will be open; None where the hours of
    any day among them are unknown."""
    found = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        spans = hours_on(library, day)
        if spans is None:
            return None
        if spans:
            found.append(day)
    return tuple(found)


def next_open_day(library: Library, day: date) -> date:
    """`day` itself, or the first one after it that is not certainly closed: where due days move to. A library that
    stays closed for the next 120 days gives `day` back."""
    for n in range(HORIZON):
        candidate = day + timedelta(days=n)
        if not is_closed_by_choice(library, candidate):
            return candidate
    return day


def week_of(library: Library, today: date) -> list[OpeningDay]:
    """Today and the six days after it."""
    days = [today + timedelta(days=n) for n in range(7)]
    return [OpeningDay(day, hours_on(library, day), closure_on(library, day), day == today) for day in days]


def _exists_not(library: Library, day: date) -> bool:
    return ((library.opened_on is not None and day < library.opened_on)
            or (library.closed_on is not None and day >= library.closed_on))


def _rows_of_season(library: Library, day: date) -> list[OpeningHours]:
    """The rows that hold on the day: those of Ramadan in its month where there are any, else the usual ones."""
    rows = [row for row in _hours_of(library) if row.holds_on(day)]
    usual = [row for row in rows if row.season == OpeningHours.Season.USUAL]
    if is_ramadan(day):
        return [row for row in rows if row.season == OpeningHours.Season.RAMADAN] or usual
    return usual


def fetch_hours(library: Library) -> None:
    """Fetch hours and closures of one library for several questions about its days; two queries, none where they
    came with it."""
    fetched = getattr(library, "_prefetched_objects_cache", {})
    for name, rows_of in (("opening_hours", _hours), ("closures", _closures)):
        if name not in fetched:
            rows = getattr(library, name).all()
            rows._result_cache = rows_of(library=library.pk)
            fetched[name] = rows
    library._prefetched_objects_cache = fetched  # type: ignore[attr-defined]


def _hours_of(library: Library) -> Iterable[OpeningHours]:
    if "opening_hours" in getattr(library, "_prefetched_objects_cache", {}):
        return library.opening_hours.all()
    return _hours(library=library.pk)


def _closures_of(library: Library) -> Iterable[Closure]:
    if "closures" in getattr(library, "_prefetched_objects_cache", {}):
        return library.closures.all()
    return _closures(library=library.pk)
