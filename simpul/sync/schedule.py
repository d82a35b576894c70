"""What falls due by itself: texts that have done their work, and events that an update can take."""

from datetime import datetime, timedelta

from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.schedule import Due
from simpul.sync.actions import empty_events, try_again
from simpul.sync.actions.retention import to_empty


def run_empty(at: datetime) -> int:
    """Nothing due writes no journal line."""
    total = 0
    while to_empty(at).exists():
        total += empty_events(by=SCHEDULE, at=at, id=new_id())
    return total


def run_again(at: datetime) -> int:
    return try_again(at=at)


DUE = (Due("sync.empty", every=timedelta(days=1), run=run_empty),
       Due("sync.try_again", every=timedelta(hours=6), run=run_again))
