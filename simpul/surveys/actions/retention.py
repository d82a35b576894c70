"""What is forgotten by itself, and when."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed
from simpul.surveys.models import Disclosure, Invitation, Voice

PHONE_KEPT = timedelta(days=183)       # six months
REMOVED_KEPT = timedelta(days=30)      # what was taken out as spam
DISCLOSURE_KEPT = timedelta(days=365)  # after it was taken care of
INVITATION_KEPT = timedelta(days=90)   # after its day


def due(at: datetime) -> list[tuple[type, Q, dict[str, str] | None]]:
    """(table, which rows, what becomes of them; None: they go altogether)."""
    day = (at - INVITATION_KEPT).date()
    return [
        (Voice, ~Q(phone="") & (Q(happened_at__lt=at - PHONE_KEPT) | Q(told_at__isnull=False)), {"phone": ""}),
        (Voice, Q(state=Voice.State.REMOVED, happened_at__lt=at - REMOVED_KEPT), None),
        (Disclosure, Q(handled_at__lt=at - DISCLOSURE_KEPT), None),
        (Invitation, (~Q(phone="") | ~Q(label="") | ~Q(email="")) & (Q(answered_at__isnull=False) | Q(dropped_at__isnull=False)
                                                      | Q(due_on__lt=day)), {"phone": "", "label": "", "email": ""}),
    ]


def is_due(at: datetime) -> bool:
    return any(table.objects.filter(which).exists() for table, which, _what in due(at))  # type: ignore[attr-defined]


@change("surveys.forgotten", says=_("{by} erased phone numbers and words of {n} rows that were no longer needed"))
def forget(*, by: Actor, at: datetime, id: UUID) -> int:
    """Erase what is due; how many rows. The schedule calls it."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    n = 0
    for table, which, what in due(at):
        rows = table.objects.filter(which)  # type: ignore[attr-defined]
        n += rows.delete()[0] if what is None else rows.update(**what)
    note(n=n)
    return n
