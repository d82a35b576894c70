"""What residents asked for, in sentences for whoever writes a proposal."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.libraries.models import Library
from simpul.surveys import themes
from simpul.surveys.models import Meeting, Voice
from simpul.surveys.queries import SMALL

MOST_THEMES = 3


def voices_told(library: Library, first: date, last: date) -> Iterator[str]:
    """The community meetings, and the themes with most people behind them, never a group under five: a proposal
    leaves the house. Two queries."""
    meetings = list(Meeting.objects.filter(library=library, held_on__range=(first, last)).values_list("people", flat=True))
    if meetings:
        yield ngettext("%(n)s community meeting was held with %(people)s residents.",
                       "%(n)s community meetings were held with %(people)s residents.", len(meetings)) % {
                           "n": len(meetings), "people": sum(meetings)}
    rows = Voice.objects.counting().filter(library=library, local_date__range=(first, last))
    found = rows.order_by().values_list("theme").annotate(n=Sum("people")).filter(n__gte=SMALL)
    for theme, people in found.order_by("-n", "theme")[:MOST_THEMES]:
        yield _("%(people)s residents asked for: %(theme)s.") % {"people": people, "theme": themes.label_of(theme).lower()}


EVIDENCE = (voices_told,)
