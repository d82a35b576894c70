"""What a library should do about its catalogue."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.core.next_step import Step
from simpul.libraries.models import Library


def no_books_yet(library: Library, day: date) -> Step | None:
    if library.copies.exists():
        return None
    return Step(
        _("Bring in your catalogue"),
        _("No book of yours can be found yet. A list from SLiMS, INLISLite or a sheet is taken over as it is."),
        _("Bring in a catalogue"), reverse("catalogue:imports", args=[library.code]), minutes=10, urgency=3)


NEXT_STEPS = (no_books_yet,)
