"""What falls due by itself: numbers and names of those who stopped."""

from datetime import datetime, timedelta

from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.schedule import Due
from simpul.volunteers.actions import forget_helpers
from simpul.volunteers.actions.who_helps import forgettable


def run(at: datetime) -> int:
    """Nothing due writes no journal line."""
    if not any(rows.exists() for rows in forgettable(at)):
        return 0
    return forget_helpers(by=SCHEDULE, at=at, id=new_id())


DUE = (Due("volunteers.forget", every=timedelta(days=1), run=run),)
