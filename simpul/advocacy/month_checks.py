"""What advocacy says about a month: promises that are past, agreements that ended."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from simpul.advocacy.models import Agreement, Approach
from simpul.core import clock
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.unusual import Kind, Shown, Unusual


def next_steps_past(library: Library, period: Period) -> Iterable[Unusual]:
    """An approach whose next step was due in the month and did not move."""
    today = clock.local_date(clock.now(), library.time_zone)
    rows = Approach.objects.filter(library=library, next_on__gte=period.first).due_by(min(period.last, today)).order_by("next_on")
    for one in rows[:3]:
        yield Unusual(f"approach:{one.pk}:{one.next_on}", Kind.WARN, _(
            "With %(office)s a next step was set for %(day)s, and nothing was written down since.") % {
            "office": one.office, "day": formats.date_format(one.next_on, "j F")},
            reverse("advocacy:approach", args=[library.code, one.pk]), _("Open the approach"))


def ended(library: Library, period: Period) -> Iterable[Unusual]:
    """An agreement ended in the month and nothing took its place."""
    today = clock.local_date(clock.now(), library.time_zone)
    rows = Agreement.objects.ending_by(min(period.last, today), period.first).filter(library=library).select_related("partner")
    for one in rows.order_by("until_on")[:3]:
        yield Unusual(f"agreement:{one.pk}", Kind.WARN, _("The agreement with %(partner)s ended on %(day)s.") % {
            "partner": one.with_whom, "day": formats.date_format(one.until_on, "j F")},
            reverse("advocacy:agreement", args=[library.code, one.pk]), _("Open the agreement"))


CHECKS = (next_steps_past, ended)
FIGURES = (
    Shown("advocacy_talks", ngettext_lazy("%(shown)s advocacy talk", "%(shown)s advocacy talks", "n"), 60),
)
