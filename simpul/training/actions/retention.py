"""Names are forgotten in time; how many were trained, for which library, stays."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed
from simpul.training.models import Participant, Speaker

KEPT = timedelta(days=5 * 366)   # as long as the service must be able to prove who was trained
KEPT_UNUSED = timedelta(days=90)  # who did not come
AT_ONCE = 500
EMPTY = {"name": "", "name_key": "", "phone": "", "email": "", "role": "", "waiver": ""}


def due(at: datetime) -> QuerySet[Participant]:
    """Whose names are still kept though the time is over."""
    def before(kept: timedelta) -> date:
        return clock.local_date(at - kept, "Asia/Jakarta")

    return Participant.objects.exclude(name="").filter(
        Q(workshop__gathering__last_on__lt=before(KEPT))
        | Q(workshop__gathering__last_on__lt=before(KEPT_UNUSED),
            state__in=(Participant.State.DECLINED, Participant.State.REPLACED, Participant.State.NAMED)))


@change("participants.forgotten", says=_("{by} forgot the names of {n} participants"))
def forget_participants(*, by: Actor, at: datetime, id: UUID) -> int:
    """Up to 500; the schedule calls it until nothing is left. Speakers go with the workshop's five years."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    ids = list(due(at).values_list("pk", flat=True)[:AT_ONCE])
    n = Participant.objects.filter(pk__in=ids).update(**EMPTY, forgotten_at=at)
    Speaker.objects.filter(workshop__gathering__last_on__lt=clock.local_date(at - KEPT, "Asia/Jakarta")).exclude(
        biography="").update(biography="")
    note(n=n)
    return n
