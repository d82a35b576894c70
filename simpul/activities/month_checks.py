"""What activities say about a month: those that happened without attendance or result, and their list for the paper."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from simpul.activities.models import Activity
from simpul.core import clock
from simpul.gatherings.models import Attendance, Gathering
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.unusual import Kind, Listing, Shown, Unusual


def held(library: Library, period: Period) -> list[Activity]:
    """Announced activities with a day in the month that is over, by day, with `people` as marked present."""
    today = clock.local_date(clock.now(), library.time_zone)
    rows = Activity.objects.filter(
        library=library, gathering__state=Gathering.State.PUBLISHED, gathering__first_on__lte=min(period.last, today),
        gathering__last_on__gte=period.first).select_related("gathering")
    return list(rows.annotate(people=Sum("gathering__sessions__attendance__count", filter=Q(
        gathering__sessions__attendance__in=Attendance.objects.present(), gathering__sessions__local_date__gte=period.first,
        gathering__sessions__local_date__lte=period.last))).order_by("gathering__first_on", "pk"))


def unfinished(library: Library, period: Period) -> Iterable[Unusual]:
    """It happened, and nobody was marked present, or its result was not written down."""
    today = clock.local_date(clock.now(), library.time_zone)
    for one in held(library, period):
        if one.gathering.last_on is None or one.gathering.last_on >= today:
            continue
        said = {"title": one.gathering.title, "day": formats.date_format(one.gathering.last_on, "j F")}
        if not one.people:
            yield Unusual(f"no_attendance:{one.pk}", Kind.WARN, _(
                "“%(title)s” on %(day)s: nobody is marked present.") % said,
                reverse("activities:activity", args=[library.code, one.pk]), _("Mark attendance"))
        if one.reported_at is None:
            yield Unusual(f"no_result:{one.pk}", Kind.WARN, _(
                "“%(title)s” on %(day)s: its result is not written down.") % said,
                reverse("activities:result", args=[library.code, one.pk]), _("Write the result"))


def listed(library: Library, period: Period) -> Iterable[Sequence[str]]:
    for one in held(library, period):
        first = one.gathering.first_on
        yield (formats.date_format(first, "j M") if first else "", one.gathering.title,
               formats.number_format(one.people) if one.people else "–", " ".join(one.result.split())[:160] or "–")


CHECKS = (unfinished,)
FIGURES = (
    Shown("activities", ngettext_lazy("%(shown)s activity", "%(shown)s activities", "n"), 40),
)
LISTS = (Listing("activities", gettext_lazy("Activities"), (
    gettext_lazy("Day"), gettext_lazy("Activity"), gettext_lazy("Participants"), gettext_lazy("Result")), listed),)
