"""The figures of a library's month beside last month and the same month last year, as sentences and as rows.

Indicators that add up come from one table each; the others are asked one by one. All of them are what outsiders may be
told, since what is signed goes to the lurah and the city.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.core.measure import discover
from simpul.indicators import coverage as covering
from simpul.indicators.definitions import Indicator, indicators
from simpul.indicators.figures import STATES, State, table, value
from simpul.indicators.periods import Period
from simpul.indicators.places import Place, of_library
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
    def sentence(self) -> str:
        return sentence_of(self.shown, self.now.value, self.before, self.year_before)


def periods_of(period: Period) -> tuple[Period, Period, Period]:
    """The month, the one before, the same of last year."""
    return period, Period.of_month(period.first - timedelta(days=1)), period.year_before()


def figures_of(library: Library, period: Period, now: datetime, *, only: Sequence[str] | None = None,
               with_before: bool = True) -> list[MonthFigure]:
    """The declared figures in their order; `only` narrows to some indicators."""
    place = of_library(library)
    wanted = periods_of(period) if with_before else (period,)
    found = []
    for one in shown():
        indicator = indicators().get(one.indicator)
        if indicator is None or (only is not None and one.indicator not in only):
            continue
        amounts = _amounts(indicator, place, wanted, now)
        label = label_of(indicator, period)
        found.append(MonthFigure(one, indicator, label, amounts[0], amounts[1] if with_before else amounts[0],
                                 amounts[2] if with_before else amounts[0]))
    return found


def label_of(indicator: Indicator, period: Period) -> str:
    """The version of the definition that holds at the end of the period."""
    parts = indicator.parts(period)
    return " + ".join(version.label for version, _part in parts) if parts else ""


def is_total(indicator: Indicator) -> bool:
    return all(not term.where for version in indicator.versions for term in version.numerator)


def is_plain(indicator: Indicator) -> bool:
    """Is it the sum of records that are rolled up, so that one table answers?"""
    return all(
        version.denominator is None and version.multiplier == 1 and version.decimals == 0 and version.over_time == "sum"
        and all(term.measure and not term.is_people and not term.is_stock and discover()[term.measure].is_rolled_up
                and not term.where for term in version.numerator)
        for version in indicator.versions)


def _amounts(indicator: Indicator, place: Place, wanted: Sequence[Period], now: datetime) -> list[Amount]:
    if not is_plain(indicator):
        made = [value(indicator, period, place, now=now) for period in wanted]
        return [Amount(one.period, one.value, one.state, one.receipt) for one in made]
    made_table = table(indicator, wanted[0], place, periods=sorted(wanted), now=now)
    by_period = dict(zip(made_table.periods, zip(made_table.lines[0].numbers, made_table.lines[0].states, strict=True),
                         strict=True))
    return [_amount(indicator, place, period, *by_period[period]) for period in wanted]


def _amount(indicator: Indicator, place: Place, period: Period, n: int | None, state: covering.State) -> Amount:
    from django.urls import reverse

    address = f"{reverse('web:figure', args=[indicator.id])}?tempat={place.code}&periode={period.code}"
    if not indicator.parts(period):
        return Amount(period, None, State.NOT_DEFINED, address)
    if n is None:
        return Amount(period, None, EMPTY[state], address)
    return Amount(period, Decimal(n), State.OK, address)


def sentence_of(one: Shown, n: Decimal | None, before: Amount, year_before: Amount) -> str:
    """"432 visits, 61 more than in September, 12 fewer than in October 2025." "" where there is no value."""
    if n is None:
        return ""
    compared = [text for text in (_against(n, before), _against(n, year_before)) if text]
    return ", ".join([one.says % {"n": int(n), "shown": number(n)}, *compared])


def _against(n: Decimal, other: Amount) -> str:
    if other.value is None:
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
