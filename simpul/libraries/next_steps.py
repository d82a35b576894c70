"""What a library should do about itself."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.core.next_step import Step
from simpul.libraries.models import Library


def opening_hours_missing(library: Library, day: date) -> Step | None:
    if not library.is_staffed or library.opening_hours.exists():
        return None
    return Step(
        _("Tell people when you are open"),
        _("Nobody can see your opening hours yet, and a quiet day cannot be told from a closed one."),
        _("Enter the opening hours"), reverse("libraries:hours", args=[library.code]), minutes=2, urgency=4)


NEXT_STEPS = (opening_hours_missing,)
