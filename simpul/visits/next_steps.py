"""What a library should do about its guest book."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.core.next_step import Step
from simpul.libraries.models import Library
from simpul.visits.models import Visit

QUIET_DAYS = 3


def guest_book_is_quiet(library: Library, day: date) -> Step | None:
    """Nothing in the guest book for some days: the paper pages of those days can still be entered."""
    if not library.is_staffed:
        return None
    last = Visit.objects.valid().filter(library=library).order_by("-local_date").values_list(
        "local_date", flat=True).first()
    if last is not None and last > day - timedelta(days=QUIET_DAYS):
        return None
    return Step(
        _("Write down today's first visit"),
        _("The guest book has been quiet for some days. If you kept a paper one, its totals can be entered too."),
        _("Open the guest book"), reverse("visits:book", args=[library.code]), minutes=1, urgency=5)


NEXT_STEPS = (guest_book_is_quiet,)
