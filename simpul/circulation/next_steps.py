"""What the desk asks of a library: people whose books are late like to be reminded."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.circulation.queries import due_loans
from simpul.core.next_step import Step
from simpul.libraries.models import Library

#: under so many it can wait
FEW = 3


def overdue(library: Library, day: date) -> Step | None:
    n = due_loans(library, day, "overdue").values("member").distinct().count()
    if n < FEW:
        return None
    return Step(_("Remind {n} members of late books").format(n=n),
                _("A friendly message brings most books back. The words are ready."),
                _("Open the list"), reverse("circulation:due", args=[library.code]), minutes=min(15, 2 + n), urgency=5)


NEXT_STEPS = (overdue,)
