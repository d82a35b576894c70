"""What activities and workshops with attendance say about a month."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from simpul.core.measure import discover
from simpul.gatherings.models import Attendance
from simpul.indicators.periods import Period
from simpul.indicators.rollups.reading import day_counts
from simpul.libraries.models import Library
from simpul.months.unusual import Kind, Shown, Unusual, in_words, key_of


def more_than_came(library: Library, period: Period) -> Iterable[Unusual]:
    """On days with an activity in the library itself: more people took part than came in."""
    inside: dict[date, int] = {}
    rows = Attendance.objects.present().filter(library=library, local_date__gte=period.first, local_date__lte=period.last,
                                               session__place="")
    for day, n in rows.values_list("local_date", "count"):
        inside[day] = inside.get(day, 0) + n
    if not inside:
        return
    came = day_counts(discover()["visits"], period.first, period.last, [library.pk])
    days = sorted(day for day, n in inside.items() if n > came.get((library.pk, day), 0))
    if days:
        yield Unusual(key_of("more_than_came", days), Kind.WARN, _(
            "On %(days)s more people took part in activities than came in. They are visitors too: write them into the guest "
            "book.") % {"days": in_words(days)}, _group(library), _("Write down a group"))


def _group(library: Library) -> str:
    return reverse("visits:group", args=[library.code])


CHECKS = (more_than_came,)
FIGURES = (
    Shown("participants", ngettext_lazy("%(shown)s participation in activities", "%(shown)s participations in activities",
                                        "n"), 41),
)
