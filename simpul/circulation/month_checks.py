"""What lending says about a month; with what the rooms below it count: members, copies, digital titles."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from simpul.circulation.models import Loan
from simpul.core import clock
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.unusual import Kind, Shown, Unusual, closed_days, impossible_days, number

VERY_LATE = timedelta(days=60)


def unlikely_days(library: Library, period: Period) -> Iterable[Unusual]:
    """Loans of days to come, of days before the library existed, of closed days."""
    today = clock.local_date(clock.now(), library.time_zone)
    desk = reverse("circulation:desk", args=[library.code])
    yield from impossible_days(library, period, "loans", today, desk)
    yield from closed_days(library, period, "loans", desk)


def very_overdue(library: Library, period: Period) -> Iterable[Unusual]:
    """Books lent before the month's end that should have been back two months ago."""
    today = clock.local_date(clock.now(), library.time_zone)
    n = Loan.objects.open().filter(library=library, local_date__lte=period.last).due_before(today - VERY_LATE).count()
    if n:
        yield Unusual(f"very_overdue:{n}", Kind.WARN, ngettext(
            "%(shown)s book should have been back more than two months ago. Remind, or give it up as lost.",
            "%(shown)s books should have been back more than two months ago. Remind, or give them up as lost.", n) % {
            "shown": number(n)}, reverse("circulation:due", args=[library.code]), _("Open the list"))


CHECKS = (unlikely_days, very_overdue)
FIGURES = (
    Shown("loans", ngettext_lazy("%(shown)s loan", "%(shown)s loans", "n"), 20),
    Shown("borrowers", ngettext_lazy("%(shown)s person borrowed", "%(shown)s people borrowed", "n"), 21),
    Shown("in_house_uses", ngettext_lazy("%(shown)s book read in place", "%(shown)s books read in place", "n"), 22),
    Shown("digital_uses", ngettext_lazy("%(shown)s time a digital title was opened",
                                        "%(shown)s times a digital title was opened", "n"), 23),
    Shown("new_members", ngettext_lazy("%(shown)s new member", "%(shown)s new members", "n"), 30),
    Shown("copies_added", ngettext_lazy("%(shown)s copy received", "%(shown)s copies received", "n"), 31),
)
