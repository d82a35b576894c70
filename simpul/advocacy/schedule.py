"""What falls due by itself: contact persons and notes that are no longer needed."""

from datetime import datetime, timedelta

from simpul.advocacy.actions.retention import forget, is_due
from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.schedule import Due


def run(at: datetime) -> int:
    """Nothing due writes no journal line."""
    return forget(by=SCHEDULE, at=at, id=new_id()) if is_due(at) else 0


DUE = (Due("advocacy.forget", every=timedelta(days=1), run=run),)
