"""Drafts that nobody issued."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.certificates.models import Certificate
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed

DRAFTS_KEPT = timedelta(days=180)


def old_drafts(at: datetime) -> QuerySet[Certificate]:
    return Certificate.objects.filter(state=Certificate.State.DRAFT, made_at__lt=at - DRAFTS_KEPT)


@change("certificates.drafts_forgotten", says=gettext_lazy("{by} removed {n} drafts of certificates that nobody issued"))
def forget_drafts(*, by: Actor, at: datetime, id: UUID) -> int:
    """The schedule calls it; how many."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    n = old_drafts(at).delete()[0]
    note(n=n)
    return n
