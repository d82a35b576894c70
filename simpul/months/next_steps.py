"""What a library should do about its months: sign the last one, read what changed, keep a date of the city."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.core.next_step import Step
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.dates import MONTHLY
from simpul.months.models import MonthReport, Restatement, Signature
from simpul.months.queries.calendar import dates_between, due_day
from simpul.months.queries.states import due_on

AHEAD = timedelta(days=7)


def last_month(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def the_month_waits(library: Library, day: date) -> Step | None:
    """Last month is over and nobody signed it. A library that never signed any is asked too, from its first month on."""
    month = last_month(day)
    is_new = library.opened_on is not None and library.opened_on > Period.of_month(month).last
    if is_new or (library.closed_on is not None and library.closed_on <= month):
        return None
    if Signature.objects.filter(library=library, month=month).exists():
        return None
    report = MonthReport.objects.filter(library=library, month=month, prepared_at__isnull=False).exists()
    due = due_on(month, due_day())
    name = Period.of_month(month).label
    why = _("Look at what is unusual, then sign.") if not report else _("It is already looked through.")
    if day > due:
        why = ngettext("It was due %(n)s day ago.", "It was due %(n)s days ago.", (day - due).days) % {
            "n": (day - due).days} + " " + why
    return Step(_("%(month)s waits for a signature") % {"month": name}, why, _("Look and sign"),
                reverse("months:month", args=[library.code, f"{month:%Y-%m}"]), minutes=2 if report else 5,
                urgency=3 if day > due else 5)


def a_signed_month_changed(library: Library, day: date) -> Step | None:
    """Noticed by the schedule, not read yet."""
    row = Restatement.objects.open().filter(library=library, seen_at__isnull=True).order_by("month").first()
    if row is None:
        return None
    name = Period.of_month(row.month).label
    return Step(_("%(month)s says something else now") % {"month": name},
                _("Records changed after it was signed. See what, by whom, and sign again if you like."), _("Look"),
                reverse("months:month", args=[library.code, f"{row.month:%Y-%m}"]), minutes=2, urgency=5)


def a_date_of_the_city_comes(library: Library, day: date) -> Step | None:
    """A yearly date that concerns libraries is at most a week away."""
    for one in dates_between(day, day + AHEAD):
        if one.for_libraries and one.key != MONTHLY.key:
            left = one.days_left(day)
            return Step(str(one.what), ngettext("In %(n)s day. %(ready)s", "In %(n)s days. %(ready)s", left) % {
                "n": left, "ready": one.ready}, _("Open the library's profile"),
                reverse("libraries:profile", args=[library.code]), minutes=15, urgency=6)
    return None


NEXT_STEPS = (the_month_waits, a_signed_month_changed)
AT_LAST = (a_date_of_the_city_comes,)
