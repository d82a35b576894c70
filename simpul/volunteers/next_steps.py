"""What the roster asks of a library; nothing where nobody helps."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.core.next_step import Step
from simpul.libraries.models import Library
from simpul.volunteers.queries import gaps_of, unread_notes

SOON = timedelta(days=7)


def note_waits(library: Library, day: date) -> Step | None:
    """The last duty left word, and nobody read it yet."""
    notes = unread_notes(library, day)
    if not notes:
        return None
    return Step(_("A note from the last duty"), f"“{notes[0].text}”", _("Read it"),
                reverse("volunteers:home", args=[library.code]), minutes=1, urgency=3)


def gap_in_roster(library: Library, day: date) -> Step | None:
    """Somebody cannot come within a week."""
    gaps = gaps_of(library, day, day + SOON)
    if not gaps:
        return None
    is_today = gaps[0].day == day
    return Step(
        ngettext("One turn of the roster is free", "%(n)s turns of the roster are free", len(gaps)) % {"n": len(gaps)},
        _("Somebody cannot come. Whoever takes it needs one tap; a message for the group is ready."),
        _("See who can"), reverse("volunteers:home", args=[library.code]), minutes=1, urgency=2 if is_today else 4)


NEXT_STEPS = (note_waits, gap_in_roster)
