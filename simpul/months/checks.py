"""What this room itself finds unusual: days without records, figures that fell."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.indicators.coverage import Days
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.figures import MonthFigure, number
from simpul.months.unusual import Kind, Unusual, checks, in_words, key_of

FEW = 9  # smaller numbers fall and rise by chance


def unusual_of(library: Library, period: Period, figures: Sequence[MonthFigure], days: Days, today: date) -> list[Unusual]:
    """Everything that should be looked at before signing; what blocks stands first."""
    found = [*_silent(library, period, days), *fallen(figures)]
    for check in checks():
        found += check(library, period)
    return sorted(found, key=lambda one: not one.is_block)


def _silent(library: Library, period: Period, days: Days) -> Iterable[Unusual]:
    """Open by its hours, and not one record of any kind."""
    quiet = [day for day in days.silent if library.opened_on is None or day >= library.opened_on]
    if not quiet:
        return
    address = reverse("visits:sheet", args=[library.code])
    yield Unusual(key_of("silent", quiet), Kind.WARN, _(
        "Nothing was recorded on %(days)s, although the library was open by its hours. Enter the paper guest book, or tell "
        "why.") % {"days": in_words(quiet)}, address, _("Enter the paper guest book"))


def fallen(figures: Sequence[MonthFigure]) -> Iterable[Unusual]:
    """A figure that is a third or less of last month."""
    for one in figures:
        now, before = one.now.value, one.before.value
        if now is None or before is None or one.is_running or before <= FEW or now * 3 > before or not one.is_public:
            continue
        yield Unusual(f"fallen:{one.id}", Kind.WARN, _("%(name)s fell from %(before)s to %(now)s. Is something still on paper?")
                      % {"name": one.name, "before": number(Decimal(before)), "now": number(now)}, one.now.receipt, _("Look"))


def first_month(library: Library, today: date) -> date:
    """The earliest month that has a page: that of the library's first day, else three years back."""
    if library.opened_on:
        return library.opened_on.replace(day=1)
    return (today - timedelta(days=3 * 365)).replace(day=1)
