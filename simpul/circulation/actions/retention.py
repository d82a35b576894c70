"""Forgetting who read what."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.circulation.models import Charge, Loan, Reminder
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed

#: a loan names its reader for so long after it ended
KEPT_DAYS = 365
#: rows a call, so that the write lock is held for a moment only
BATCH = 500


@change("loans.unlinked", says=gettext_lazy("{by} forgot the readers of {n} loans that ended a year ago"))
def unlink_old_loans(*, by: Actor, at: datetime, id: UUID) -> int:
    """Cut the link from ended loans to their readers a year after; sex and age group stay. At most BATCH a call:
    ask again until it answers 0. Loans with an unpaid charge keep their reader. Old reminders go too."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule does this."))
    before = at - timedelta(days=KEPT_DAYS)
    unpaid = Charge.objects.valid().filter(amount__gt=F("paid") + F("waived")).values("loan_id")
    ended = Q(returned_at__lt=before) | Q(voided_at__lt=before) | Q(lost_on__lt=before.date())
    old = list(Loan.objects.filter(ended, member__isnull=False).exclude(pk__in=unpaid)
               .order_by("pk").values_list("pk", flat=True)[:BATCH])
    Loan.objects.filter(pk__in=old).update(member=None, lent_although="")
    Reminder.objects.filter(at__lt=before).delete()
    note(n=len(old))
    return len(old)
