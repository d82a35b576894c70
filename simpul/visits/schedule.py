"""What falls due by itself: after twelve months it is no longer known who came."""

from datetime import datetime, timedelta

from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.schedule import Due
from simpul.indicators.people import seal_people_in
from simpul.visits.actions import forget_visitors
from simpul.visits.actions.retention import AT_ONCE, due_before
from simpul.visits.models import Visit


def forget(at: datetime) -> int:
    """Unlink in short transactions until nothing is left; nothing due writes no journal line."""
    before, total = due_before(at), 0
    seal_people_in(Visit, before=before, at=at)  # how many different people came is counted while it can be
    while Visit.objects.filter(person__isnull=False, local_date__lt=before).exists():
        done = forget_visitors(before=before, by=SCHEDULE, at=at, id=new_id())
        total += done
        if done < AT_ONCE:
            break
    return total


DUE = (Due("visits.forget_visitors", every=timedelta(days=1), run=forget),)
