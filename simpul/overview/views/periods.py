"""Which period a page is about, and the ones beside it."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from simpul.indicators.periods import Kind, Period, WrongPeriod
from simpul.overview.queries.ground import months_back, period_of


def asked(request: HttpRequest, today: date) -> Period:
    """The month or year of the address; a broken one is a page that is not there."""
    try:
        return period_of(request.GET.get("periode", "").replace("\x00", ""), today)
    except WrongPeriod as error:
        raise Http404 from error


@dataclass(frozen=True)
class Choice:
    label: str
    code: str
    is_here: bool


def choices(period: Period, today: date) -> list[Choice]:
    """The last whole month, the running one, this year, last year; and the one asked for, if it is another."""
    usual = [(_("Last month"), Period.of_month(months_back(today, 1))), (_("This month so far"), Period.of_month(today)),
             (_("This year"), Period.of_year(today.year)), (_("Last year"), Period.of_year(today.year - 1))]
    found = [Choice(label, one.code, one == period) for label, one in usual]
    return found if any(one.is_here for one in found) else [Choice(period.label, period.code, True), *found]


def neighbours(period: Period) -> tuple[str, str]:
    """Codes of the period before and after it."""
    if period.kind == Kind.YEAR:
        return f"{period.first.year - 1:04}", f"{period.first.year + 1:04}"
    return Period.of_month(months_back(period.first, 1)).code, Period.of_month(months_back(period.first, -1)).code
