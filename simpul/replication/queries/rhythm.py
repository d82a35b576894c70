"""How often a library usually records, and since when it has not: measured against itself, on its own opening days.

Pure functions over days; who fetches them is `queries.silence`. Nothing is compared with other libraries. A day on
which the library was certainly closed (no hours that weekday, a declared closure, Ramadan's own hours) is no silence.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.libraries.models import Library
from simpul.libraries.queries.hours import hours_on
from simpul.libraries.ramadan import is_ramadan

#: usual days are learned from so many days before the last record
LEARNED_FROM = 84
#: and records are looked for in so many days before today
LOOKED_AT = 140
#: opening days with a usual record that must have passed, and calendar days at the least
MISSED, AT_LEAST = 4.0, 7
#: a library is new until it has so many opening days behind it
NEW = 10


class Tone(StrEnum):
    FINE = "fine"      # as usual
    SILENT = "silent"  # fell silent against its own rhythm
    NEVER = "never"    # has not recorded anything, though people serve there
    NEW = "new"        # too young to have a rhythm
    CLOSED = "closed"  # closed all the time since its last record
    NOBODY = "nobody"  # nobody serves there yet: nothing is expected


@dataclass(frozen=True)
class Rhythm:
    """per_week: days with records in a usual week (one decimal), None where it is not known. days: calendar days since
    the last record; missed: opening days among them. since: the first day without a record."""

    tone: Tone
    last_on: date | None = None
    days: int = 0
    missed: int = 0
    per_week: float | None = None

    @property
    def wants_greeting(self) -> bool:
        return self.tone in (Tone.SILENT, Tone.NEVER)

    @property
    def months(self) -> int:
        """Whole months of silence."""
        return self.days // 30

    @property
    def reason(self) -> str:
        """In words, for the mentor; "" where all is well."""
        if self.tone == Tone.SILENT and self.per_week:
            usual = ngettext("usually records on %(n)s day a week", "usually records on %(n)s days a week",
                             max(1, round(self.per_week))) % {"n": max(1, round(self.per_week))}
            if self.per_week < 1:
                usual = _("usually records on %(n)s days a month") % {"n": max(1, round(self.per_week * 52 / 12))}
            gone = ngettext("%(n)s day without a record", "%(n)s days without a record", self.days) % {"n": self.days}
            return _("%(usual)s, %(gone)s (%(open)s of them opening days)") % {
                "usual": usual, "gone": gone, "open": self.missed}
        if self.tone == Tone.SILENT:
            return ngettext("no record for a month", "no record for %(n)s months", max(1, self.months)) % {
                "n": max(1, self.months)}
        if self.tone == Tone.NEVER:
            return ngettext("has not recorded anything yet, after %(n)s opening day",
                            "has not recorded anything yet, after %(n)s opening days", self.missed) % {"n": self.missed}
        return ""


def rhythm_of(library: Library, recorded: Collection[date], today: date, *, since: date | None = None,
              last_month: date | None = None) -> Rhythm:
    """`recorded`: days with records within the last `LOOKED_AT` days. `since`: the day from which records are expected
    (it opened, somebody began to serve); None: nobody serves there. `last_month`: the last month with records where
    `recorded` is empty. Today is not over yet and never counts as missed."""
    days = {day for day in recorded if day <= today}
    yesterday = today - timedelta(days=1)
    if not days and last_month is not None:
        return _long_silent(library, last_month, today)
    if not days:
        return _never(library, since, yesterday)
    last, first = max(days), min(days)
    gone = (yesterday - last).days
    if gone <= 0:
        return Rhythm(Tone.FINE, last, max(gone, 0))
    missed = len(open_days(library, last + timedelta(days=1), yesterday))
    if gone < AT_LEAST:
        return Rhythm(Tone.FINE, last, gone, missed)
    learned_from = max(last - timedelta(days=LEARNED_FROM - 1), first)
    usual = open_days(library, learned_from, last)
    kept = [day for day in days if day >= learned_from]
    if len(usual) < NEW:
        return Rhythm(Tone.NEW if missed < 2 * NEW else Tone.SILENT, last, gone, missed)
    rate = min(1.0, len(kept) / len(usual))
    weeks = _weeks(usual)
    per_week = round(len(kept) / weeks, 1) if weeks else None
    if missed == 0:
        return Rhythm(Tone.CLOSED, last, gone, 0, per_week)
    is_silent = missed * rate >= MISSED
    return Rhythm(Tone.SILENT if is_silent else Tone.FINE, last, gone, missed, per_week)


def open_days(library: Library, first: date, last: date) -> list[date]:
    """Days from first to last on which it was not certainly closed; days of unknown hours count as open. Fetch the
    library with its hours for many of them."""
    return list(_open_days(library, first, last))


def was_open(library: Library, first: date, last: date) -> bool:
    """On any day from first to last? Looks no further than the first such day."""
    return next(iter(_open_days(library, first, last)), None) is not None


_in_ramadan = cache(is_ramadan)


def _open_days(library: Library, first: date, last: date) -> Iterable[date]:
    known: dict[tuple[int, bool], bool] = {}
    is_plain = all(row.from_on is None and row.until_on is None for row in library.opening_hours.all())
    shut = [(one.first_on, one.last_on) for one in library.closures.all() if one.withdrawn_at is None]
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if (library.opened_on and day < library.opened_on) or (library.closed_on and day >= library.closed_on):
            continue
        if any(begins <= day <= ends for begins, ends in shut):
            continue
        key = (day.weekday(), _in_ramadan(day))
        if not is_plain or key not in known:
            known[key] = hours_on(library, day) != ()
        if known[key]:
            yield day


def _weeks(days: Iterable[date]) -> int:
    """How many calendar weeks have at least one of these days."""
    return len({day.isocalendar()[:2] for day in days})


def _never(library: Library, since: date | None, yesterday: date) -> Rhythm:
    if since is None:
        return Rhythm(Tone.NOBODY)
    begun = max(since, yesterday - timedelta(days=LOOKED_AT))
    missed = len(open_days(library, begun, yesterday)) if begun <= yesterday else 0
    return Rhythm(Tone.NEVER if missed > NEW else Tone.NEW, None, max(0, (yesterday - since).days + 1), missed)


def _long_silent(library: Library, last_month: date, today: date) -> Rhythm:
    """Only the month of its last record is known: longer ago than `LOOKED_AT` days."""
    ended = (last_month.replace(day=28) + timedelta(days=4)).replace(day=1)
    yesterday = today - timedelta(days=1)
    missed = len(open_days(library, yesterday - timedelta(days=LOOKED_AT - 1), yesterday))
    return Rhythm(Tone.SILENT if missed >= MISSED else Tone.CLOSED, ended - timedelta(days=1), (today - ended).days, missed)
