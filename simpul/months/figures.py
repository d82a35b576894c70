"""The figures of a library's month beside last month and the same month last year, as sentences and as rows.

Indicators that add up are asked together; the others one by one. All of them are what outsiders may be
told, since what is signed goes to the lurah and the city.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import formats
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.measure import discover
from simpul.indicators import coverage as covering
from simpul.indicators.definitions import Indicator, indicators
from simpul.indicators.figures import STATES, State, value
from simpul.indicators.periods import Period
from simpul.indicators.places import Place, of_library
from simpul.indicators.rollups.reading import month_counts
from simpul.libraries.models import Library
from simpul.months.unusual import Shown, shown

#: coverage of a month → why a sum of nothing is no zero
EMPTY = {covering.State.SILENT: State.NO_DATA, covering.State.CLOSED: State.CLOSED,
         covering.State.NOT_APPLICABLE: State.NOT_APPLICABLE, covering.State.NOT_YET: State.NOT_YET}


@dataclass(frozen=True)
class Amount:
    """An indicator's value in a period; None with the state that says why."""

    period: Period
    value: Decimal | None
    state: str
    receipt: str

    @property
    def text(self) -> str:
        """The number as people read it, or why there is none."""
        return number(self.value) if self.value is not None else str(STATES[State(self.state)])


@dataclass(frozen=True)
class MonthFigure:
    """One line of the month: now, last month, the same month last year."""

    shown: Shown
    indicator: Indicator
    label: str     # the version of the definition: "visits v1"
    now: Amount
    before: Amount
    year_before: Amount
    is_running: bool = False

    @property
    def id(self) -> str:
        return self.indicator.id

    @property
    def name(self) -> str:
        return self.indicator.now.name

    @property
    def unit(self) -> str:
        return self.indicator.now.unit

    @property
    def is_public(self) -> bool:
        """A total and no part of one: two versions of a part would tell the small difference between them."""
        return is_total(self.indicator)

    @property
    def said(self) -> str:
        """The sentence without comparisons."""
        return sentence_of(self.shown, self.now.value)

    @property
    def compared(self) -> str:
        """What the month is beside others: "10 more than in September 2026, as many as in October 2025"; "" of a month
        that is under way, since a part is not beside a whole."""
        return "" if self.is_running else comparisons(self.now.value, self.before, self.year_before)

    @property
    def sentence(self) -> str:
        """With comparisons; of a month that is under way without, since a part is not beside a whole."""
        if self.is_running:
            return sentence_of(self.shown, self.now.value)
        return sentence_of(self.shown, self.now.value, self.before, self.year_before)


def periods_of(period: Period) -> tuple[Period, Period, Period]:
    """The month, the one before, the same of last year."""
    return period, Period.of_month(period.first - timedelta(days=1)), period.year_before()


def figures_of(library: Library, period: Period, now: datetime, *, only: Sequence[str] | None = None,
               with_before: bool = True) -> list[MonthFigure]:
    """The declared figures in their order; `only` narrows to some indicators."""
    place = of_library(library)
    wanted = periods_of(period) if with_before else (period,)
    today = clock.local_date(now, library.time_zone)
    chosen = [(one, indicators()[one.indicator]) for one in shown()
              if one.indicator in indicators() and (only is None or one.indicator in only)]
    plain = plain_amounts([indicator for _one, indicator in chosen if is_plain(indicator)], place, wanted, today)
    found = []
    for one, indicator in chosen:
        if is_plain(indicator):
            amounts = [plain[library.pk, when, indicator.id] for when in wanted]
        else:
            made = [value(indicator, when, place, now=now) for when in wanted]
            amounts = [Amount(figure.period, figure.value, figure.state, figure.receipt) for figure in made]
        now_, before, year_before = amounts if with_before else (amounts[0],) * 3
        found.append(MonthFigure(one, indicator, label_of(indicator, period), now_, before, year_before,
                                 is_running=period.last >= today))
    return found


def plain_amounts(chosen: Sequence[Indicator], place: Place, wanted: Sequence[Period], today: date,
                  ) -> dict[tuple[UUID, Period, str], Amount]:
    """(library, month, indicator) → value of sums, with why there is none; three questions a measure and some for the
    coverage, for any number of libraries and months."""
    covered = covering.coverages(place, wanted, today)
    libraries = [library.pk for library in place.libraries]
    found: dict[tuple[UUID, Period, str], Amount] = {}
    for indicator in chosen:
        sums: dict[tuple[UUID, date], int] = defaultdict(int)
        defined: set[date] = set()
        for version in indicator.versions:
            months = [when.first for when in wanted if version.holds(when)]
            defined |= set(months)
            for term in version.numerator if months else ():
                for (pk, month, _value), counted in month_counts(discover()[term.measure], months, libraries).items():
                    sums[pk, month] += counted * term.times
        for library in place.libraries:
            for when in wanted:
                n = sums[library.pk, when.first] if when.first in defined else None
                state = covered[when].by_library[library.pk]
                found[library.pk, when, indicator.id] = _amount(indicator, library.code, when, n, state)
    return found


def _amount(indicator: Indicator, code: str, period: Period, n: int | None, state: covering.State) -> Amount:
    address = f"{reverse('web:figure', args=[indicator.id])}?{urlencode({'tempat': code, 'periode': period.code})}"
    if n is None:
        return Amount(period, None, State.NOT_DEFINED, address)
    if not n and state in EMPTY:
        return Amount(period, None, EMPTY[state], address)
    return Amount(period, Decimal(n), State.OK, address)


def label_of(indicator: Indicator, period: Period) -> str:
    """The version of the definition that holds at the end of the period."""
    parts = indicator.parts(period)
    return " + ".join(version.label for version, _part in parts) if parts else ""


def is_total(indicator: Indicator) -> bool:
    return all(not term.where for version in indicator.versions for term in version.numerator)


def is_plain(indicator: Indicator) -> bool:
    """Is it the sum of records that are rolled up, by definitions that change with a month only? Such are asked together."""
    return all(
        version.denominator is None and version.multiplier == 1 and version.decimals == 0 and version.over_time == "sum"
        and (version.valid_from is None or version.valid_from.day == 1)
        and all(term.measure and not term.is_people and not term.is_stock and discover()[term.measure].is_rolled_up
                and not term.where for term in version.numerator)
        for version in indicator.versions)


def sentence_of(one: Shown, n: Decimal | None, *compared_with: Amount) -> str:
    """"432 visits, 61 more than in September, 12 fewer than in October 2025." "" where there is no value."""
    if n is None:
        return ""
    beside = comparisons(n, *compared_with)
    return one.says % {"n": int(n), "shown": number(n)} + (f", {beside}" if beside else "")


def comparisons(n: Decimal | None, *compared_with: Amount) -> str:
    return ", ".join(text for other in compared_with if n is not None and (text := _against(n, other)))


def _against(n: Decimal, other: Amount) -> str:
    if not other.value:  # beside nothing everything is more: that says nothing
        return ""
    month = other.period.label
    difference = n - other.value
    if not difference:
        return _("as many as in %(month)s") % {"month": month}
    said = {"n": number(abs(difference)), "month": month}
    return _("%(n)s more than in %(month)s") % said if difference > 0 else _("%(n)s fewer than in %(month)s") % said


def number(n: Any) -> str:
    if isinstance(n, Decimal) and n == n.to_integral_value():
        n = int(n)
    return str(formats.number_format(n, use_l10n=True, force_grouping=True))


def month_of(text: str) -> date | None:
    """The first day of "2026-10"; None for anything else."""
    if len(text) != 7 or text[4] != "-" or not (text[:4] + text[5:]).isascii() or not (text[:4] + text[5:]).isdigit():
        return None
    try:
        return date(int(text[:4]), int(text[5:]), 1) if 2000 <= int(text[:4]) <= 2200 else None
    except ValueError:
        return None
