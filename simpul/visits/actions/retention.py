"""After twelve months it is no longer known who came; that somebody came stays."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed
from simpul.visits.models import Visit

KEPT = timedelta(days=366)
AT_ONCE = 500  # rows a transaction: the desk goes on meanwhile


def due_before(at: datetime) -> date:
    """Visits before this day no longer know who came."""
    return clock.local_date(at - KEPT, "Asia/Jakarta")


@change("visits.forgotten", says=_("{by} unlinked {n} old visits from the persons who made them"))
def forget_visitors(*, before: date, by: Actor, at: datetime, id: UUID) -> int:
    """Unlink up to 500 visits before a day from their persons; how many they were. The schedule calls it until
    nothing is left."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    due = list(Visit.objects.filter(person__isnull=False, local_date__lt=before).values_list("pk", flat=True)[:AT_ONCE])
    done = Visit.objects.filter(pk__in=due).update(person=None)
    note(n=done)
    return done
