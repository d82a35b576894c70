"""What falls due by itself: a year after a loan ended nobody can see any more who had the book."""

from datetime import datetime, timedelta

from simpul.circulation.actions import unlink_old_loans
from simpul.circulation.actions.retention import KEPT_DAYS
from simpul.circulation.models import Loan
from simpul.core.actor import SCHEDULE
from simpul.core.clock import local_date
from simpul.core.ids import new_id
from simpul.core.schedule import Due
from simpul.indicators.people import seal_people_in

#: batches a run; the rest waits for the next
BATCHES = 40


def unlink(at: datetime) -> int:
    """Forget old readers batch by batch, so that the desk is never kept waiting; gives how many."""
    total = 0
    seal_people_in(Loan, before=local_date(at, "Asia/Jakarta") - timedelta(days=KEPT_DAYS), at=at)  # counted while it can be
    for _batch in range(BATCHES):
        n = unlink_old_loans(by=SCHEDULE, at=at, id=new_id())
        total += n
        if not n:
            break
    return total


DUE = (Due("circulation.unlink_old_loans", every=timedelta(hours=12), run=unlink),)
