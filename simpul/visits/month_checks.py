"""What visits say about a month: sentences of the figures, days that want a second look."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from simpul.core import clock
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.unusual import Kind, Shown, Unusual, busy_days, closed_days, impossible_days, number
from simpul.visits.models import Visit

UNSAID = 30  # percent of visits without sex or age from which on the report by groups says little
FEW = 20


def _book(library: Library, day: date | None = None) -> str:
    address = reverse("visits:book", args=[library.code])
    return f"{address}?hari={day.isoformat()}" if day else address


def unlikely_days(library: Library, period: Period) -> Iterable[Unusual]:
    """Far above the habit; on closed days; still to come or before the library existed."""
    today = clock.local_date(clock.now(), library.time_zone)
    yield from impossible_days(library, period, "visits", today, _book(library))
    yield from closed_days(library, period, "visits", _book(library))
    yield from busy_days(library, period, "visits", lambda day: _book(library, day), least=40, times=4)


def without_group(library: Library, period: Period) -> Iterable[Unusual]:
    """Too many visits of which nobody said sex or age."""
    rows = Visit.objects.valid().filter(library=library, local_date__gte=period.first, local_date__lte=period.last)
    counted = rows.aggregate(n=Sum("count"), unsaid=Sum("count", filter=Q(sex="") | Q(age_group="")))
    n, unsaid = counted["n"] or 0, counted["unsaid"] or 0
    if n >= FEW and unsaid * 100 > n * UNSAID:
        yield Unusual("visits_unsaid", Kind.WARN, _(
            "Of %(n)s visits %(unsaid)s have no sex or no age. Reports by age and sex leave them out; at the door one tap says "
            "both.") % {"n": number(n), "unsaid": number(unsaid)}, reverse("visits:figures", args=[library.code]), _("Look"))


CHECKS = (unlikely_days, without_group)
FIGURES = (
    Shown("visits", ngettext_lazy("%(shown)s visit", "%(shown)s visits", "n"), 10),
    Shown("visitors", ngettext_lazy("%(shown)s person known by card came", "%(shown)s people known by card came", "n"), 11),
    Shown("children_share", ngettext_lazy("%(shown)s of a hundred visits were by children",
                                          "%(shown)s of a hundred visits were by children", "n"), 12),
    Shown("ict_visits", ngettext_lazy("%(shown)s visit for computer or internet", "%(shown)s visits for computer or internet",
                                      "n"), 13),
)
