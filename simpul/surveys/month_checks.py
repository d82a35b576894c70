"""What voices say about a month: needs that nobody read."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.unusual import Kind, Shown, Unusual, number
from simpul.surveys.models import Voice


def unread(library: Library, period: Period) -> Iterable[Unusual]:
    """Somebody said in this month what she would like, and nobody has read it."""
    n = Voice.objects.filter(library=library, local_date__gte=period.first, local_date__lte=period.last).waiting().count()
    if n:
        yield Unusual(f"voices_unread:{n}", Kind.WARN, ngettext(
            "%(shown)s voice of this month is not read yet.", "%(shown)s voices of this month are not read yet.", n) % {
            "shown": number(n)}, reverse("surveys:needs", args=[library.code]), _("Read"))


CHECKS = (unread,)
FIGURES = (
    Shown("voices", ngettext_lazy("%(shown)s need was voiced", "%(shown)s needs were voiced", "n"), 50),
    Shown("survey_answers", ngettext_lazy("%(shown)s survey answer", "%(shown)s survey answers", "n"), 51),
)
