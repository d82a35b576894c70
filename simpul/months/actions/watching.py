"""Signed months whose roll-ups or definitions changed are compared again, a few in a run."""

from datetime import datetime

from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.months.actions.signing import notice
from simpul.months.models import Restatement, Signature
from simpul.months.queries.restating import differences, differences_digest, to_check

AT_ONCE = 300


def watch(at: datetime, *, at_most: int = AT_ONCE) -> int:
    """How many restatements were noticed or settled. Months whose new roll-up holds just what the old one held cost no
    counting; what changed without changing any sum (a visit moved to another person) shows on the month's page."""
    open_ = dict(Restatement.objects.open().values_list("signature", "digest"))
    done = 0
    for signature, roll, print_, definitions in to_check(at_most=at_most):
        if print_ != signature.print or definitions != signature.definitions:
            found = tuple(differences(signature, at))
            if (differences_digest(found) if found else "") != open_.get(signature.pk, ""):
                notice(signature=signature, found=found, by=SCHEDULE, at=at, id=new_id())
                done += 1
        Signature.objects.filter(pk=signature.pk).update(rolled_up=roll, print=print_, definitions=definitions)
    return done
