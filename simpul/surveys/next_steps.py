"""What a library should do about voices and follow-ups."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.core.next_step import Step
from simpul.libraries.models import Library
from simpul.surveys.models import Invitation, Voice


def voices_wait(library: Library, day: date) -> Step | None:
    """Somebody said what she would like, and nobody has read it."""
    n = Voice.objects.filter(library=library).waiting().count()
    if not n:
        return None
    return Step(
        ngettext("Read %(n)s voice", "Read %(n)s voices", n) % {"n": n},
        _("People said what they would like here. They see their words on the public page once you have read them."),
        _("Read"), reverse("surveys:needs", args=[library.code]), minutes=2, urgency=4)


def follow_ups_are_due(library: Library, day: date) -> Step | None:
    """Six weeks have gone by for somebody who agreed to be asked."""
    n = Invitation.objects.filter(survey__library=library, sent_at__isnull=True).due_by(day).count()
    if not n:
        return None
    return Step(
        ngettext("Ask %(n)s person what changed", "Ask %(n)s people what changed", n) % {"n": n},
        _("They agreed to be asked six weeks after an activity. A ready message is there for each."),
        _("Open the list"), reverse("surveys:due", args=[library.code]), minutes=5, urgency=6)


NEXT_STEPS = (voices_wait, follow_ups_are_due)
