"""What is forgotten by itself, and when."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.advocacy.models import Partner, Proposal, Talk
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed

CONTACT_KEPT = timedelta(days=365)   # after the partnership ended
OURS_KEPT = timedelta(days=730)      # after the talk
SAID_KEPT = timedelta(days=5 * 365)
SIGNERS_KEPT = 3                     # years after the proposal's own


def due(at: datetime) -> list[tuple[Any, Q, dict[str, str]]]:
    """(table, which rows, what becomes of them)."""
    day = at.date()
    return [
        (Partner, Q(ended_on__lt=day - CONTACT_KEPT) & (~Q(contact_name="") | ~Q(contact_phone="") | ~Q(notes="")),
         {"contact_name": "", "contact_phone": "", "notes": ""}),
        (Talk, Q(local_date__lt=day - OURS_KEPT) & ~Q(ours=""), {"ours": ""}),
        (Talk, Q(local_date__lt=day - SAID_KEPT) & ~Q(said=""), {"said": ""}),
        (Proposal, Q(year__lt=day.year - SIGNERS_KEPT) & (~Q(signer="") | ~Q(known_by="")),
         {"signer": "", "known_by": ""}),
    ]


def is_due(at: datetime) -> bool:
    return any(table.objects.filter(which).exists() for table, which, _what in due(at))


@change("advocacy.forgotten", says=_("{by} erased contact persons and notes of {n} rows that were no longer needed"))
def forget(*, by: Actor, at: datetime, id: UUID) -> int:
    """Erase what is due; how many rows. The schedule calls it."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    n = sum(table.objects.filter(which).update(**what) for table, which, what in due(at))
    note(n=n)
    return n
