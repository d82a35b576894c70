"""What falls due by itself: names of participants are forgotten."""

from datetime import datetime, timedelta

from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.schedule import Due
from simpul.training.actions import forget_participants
from simpul.training.actions.retention import due


def run(at: datetime) -> int:
    """Nothing due writes no journal line."""
    total = 0
    while due(at).exists():
        total += forget_participants(by=SCHEDULE, at=at, id=new_id())
    return total


DUE = (Due("training.forget_participants", every=timedelta(days=1), run=run),)
