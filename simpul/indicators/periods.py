"""Periods: a day, week, month, quarter, year, or any span of days; both ends included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.core.refusal import Refusal


class WrongPeriod(Refusal):
    code = "wrong_period"


class Kind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SPAN = "span"


@dataclass(frozen=True, order=True)
class Period:
    """`code` is how an address writes it: 2025, 2025-Q1, 2025-03, 2025-W11, 2025-03-10, 2025-03-01..2025-03-09."""

    first: date
    last: date
    kind: Kind = Kind.SPAN

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Raises WrongPeriod."""
        try:
            return _parsed(text.strip())
        except (ValueError, OverflowError):
            raise WrongPeriod(_("Write a period like 2025, 2025-Q1, 2025-03 or 2025-03-10."), field="period") from None

    @classmethod
    def of_day(cls, day: date) -> "Period":
        return cls(day, day, Kind.DAY)

    @classmethod
    def of_month(cls, day: date) -> "Period":
        """The month that holds the day."""
        first = day.replace(day=1)
        return cls(first, end_of_month(first), Kind.MONTH)

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31), Kind.YEAR)

    @classmethod
    def between(cls, first: date, last: date) -> "Period":
        """The span of days, under its shorter name where it has one. Raises WrongPeriod."""
        if last < first:
            raise WrongPeriod(_("The period ends before it begins."), field="period")
        if first == last:
            return cls.of_day(first)
        if first.day == 1 and last == end_of_month(first):
            return cls.of_month(first)
        if (first.month, first.day, last) == (1, 1, date(first.year, 12, 31)):
            return cls.of_year(first.year)
        if first.day == 1 and first.month % 3 == 1 and last == end_of_month(date(first.year, first.month + 2, 1)):
            return cls(first, last, Kind.QUARTER)
        if first.weekday() == 0 and (last - first).days == 6:
            return cls(first, last, Kind.WEEK)
        return cls(first, last, Kind.SPAN)

    @property
    def code(self) -> str:
        if self.kind == Kind.YEAR:
            return f"{self.first.year:04}"
        if self.kind == Kind.QUARTER:
            return f"{self.first.year:04}-Q{(self.first.month + 2) // 3}"
        if self.kind == Kind.MONTH:
            return f"{self.first.year:04}-{self.first.month:02}"
        if self.kind == Kind.WEEK:
            year, week, _day = self.first.isocalendar()
            return f"{year:04}-W{week:02}"
        if self.kind == Kind.DAY:
            return self.first.isoformat()
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    @property
    def label(self) -> str:
        """In words: "Maret 2025", "Triwulan I 2025"."""
        if self.kind == Kind.YEAR:
            return f"{self.first.year:04}"
        if self.kind == Kind.QUARTER:
            roman = ("I", "II", "III", "IV")[(self.first.month - 1) // 3]
            return _("quarter %(n)s %(year)s") % {"n": roman, "year": f"{self.first.year:04}"}
        if self.kind == Kind.MONTH:
            return formats.date_format(self.first, "F Y")
        if self.kind == Kind.DAY:
            return formats.date_format(self.first, "j F Y")
        return _("%(first)s to %(last)s") % {"first": formats.date_format(self.first, "j F Y"),
                                             "last": formats.date_format(self.last, "j F Y")}

    def __str__(self) -> str:
        return self.label

    @property
    def is_whole_months(self) -> bool:
        return self.first.day == 1 and self.last == end_of_month(self.last.replace(day=1))

    def whole_months(self) -> list[date]:
        """First days of the months that lie in it entirely."""
        return [month for month in self.months() if self.first <= month and end_of_month(month) <= self.last]

    def months(self) -> Iterator[date]:
        """First days of all months it touches; at most some thousand."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            if (month.year, month.month) == (9999, 12):
                return
            month = next_month(month)

    def snapped(self) -> "Period":
        """The whole months it touches: what readers outside a library are told of it."""
        return Period.between(self.first.replace(day=1), end_of_month(self.last.replace(day=1)))

    def clipped(self, first: date | None, last: date | None) -> "Period | None":
        """What lies between two days (None: no limit) of it; None: nothing."""
        begins = max(self.first, first) if first else self.first
        ends = min(self.last, last) if last else self.last
        if begins > ends:
            return None
        return self if (begins, ends) == (self.first, self.last) else Period.between(begins, ends)

    def year_before(self) -> "Period":
        """The same a year earlier; 29 February becomes the 28th."""
        def back(day: date) -> date:
            year = max(day.year - 1, 1)
            return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)

        if self.kind == Kind.WEEK:
            return Period.between(self.first - timedelta(days=364), self.last - timedelta(days=364))
        last = end_of_month(back(self.last.replace(day=1))) if self.is_whole_months else back(self.last)
        return Period.between(back(self.first), last)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def end_of_month(month: date) -> date:
    """The last day of the month that begins on this day."""
    return date.max if (month.year, month.month) == (9999, 12) else next_month(month) - timedelta(days=1)


_PATTERN = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|[QT]([1-4])|W(\d{2})))?")


def _parsed(text: str) -> Period:
    if ".." in text:
        first, _dots, last = text.partition("..")
        return Period.between(date.fromisoformat(first), date.fromisoformat(last))
    match = _PATTERN.fullmatch(text.upper())
    if match is None:
        raise ValueError(text)
    year, month, day, quarter, week = match.groups()
    if day:
        return Period.of_day(date(int(year), int(month), int(day)))
    if month:
        return Period.of_month(date(int(year), int(month), 1))
    if quarter:
        begins = date(int(year), int(quarter) * 3 - 2, 1)
        return Period(begins, end_of_month(begins.replace(month=begins.month + 2)), Kind.QUARTER)
    if week:
        monday = date.fromisocalendar(int(year), int(week), 1)
        return Period(monday, monday + timedelta(days=6), Kind.WEEK)
    return Period.of_year(int(year))
