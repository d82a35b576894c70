"""What a library should do about those who registered."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.core import clock
from simpul.core.next_step import Step
from simpul.gatherings.telling import for_staff
from simpul.libraries.models import Library


def people_are_to_be_told(library: Library, day: date) -> Step | None:
    """Something moved, a place became free, it is tomorrow, it is over."""
    n = len({one.registration.pk for one in for_staff(clock.now(), library_id=library.pk)})
    if not n:
        return None
    return Step(
        ngettext("Tell %(n)s person", "Tell %(n)s people", n) % {"n": n},
        _("A reminder, news or thanks: the messages are written, one tap each."),
        _("Open the list"), reverse("gatherings:tellings", args=[library.code]), minutes=max(1, n // 4), urgency=3)


NEXT_STEPS = (people_are_to_be_told,)
