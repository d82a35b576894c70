"""What a library should do about books that are out."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.circulation.models import Loan
from simpul.core.next_step import Step
from simpul.libraries.models import Library

LONG = timedelta(days=7)


def long_overdue(library: Library, day: date) -> Step | None:
    """Books a week and more past due: a message today brings most of them home."""
    n = Loan.objects.open().filter(library=library).due_before(day - LONG).count()
    if not n:
        return None
    return Step(
        ngettext("Remind about one book", "Remind about %(n)s books", n) % {"n": n},
        _("They are more than a week late. The message is ready; you only press send."),
        _("See whom to remind"), reverse("circulation:due", args=[library.code]), minutes=3, urgency=2)


NEXT_STEPS = (long_overdue,)
