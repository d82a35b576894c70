"""Signed months whose roll-ups or definitions changed are compared again, a few in a run."""

from datetime import datetime

from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.months.actions.signing import notice
from simpul.months.models import Restatement, Signature
from simpul.months.queries.restating import differences_digest, differences_of, to_check

AT_ONCE = 300


def watch(at: datetime, *, at_most: int = AT_ONCE) -> int:
    """How many restatements were noticed or settled. Months whose new roll-up holds just what the old one held cost no
    counting; what changed without changing any sum (a visit moved to another person) shows on the month's page."""
    open_ = dict(Restatement.objects.open().values_list("signature", "digest"))
    done = 0
    waiting = to_check(at_most=at_most)
    changed = [signature for signature, _roll, print_, definitions in waiting
               if print_ != signature.print or definitions != signature.definitions]
    for signature, found in zip(changed, differences_of(changed, at).values(), strict=True):
        if (differences_digest(found) if found else "") != open_.get(signature.pk, ""):
            notice(signature=signature, found=tuple(found), by=SCHEDULE, at=at, id=new_id())
            done += 1
    for signature, roll, print_, definitions in waiting:
        signature.rolled_up, signature.print, signature.definitions = roll, print_, definitions
    Signature.objects.bulk_update([one[0] for one in waiting], ["rolled_up", "print", "definitions"], batch_size=100)
    return done
