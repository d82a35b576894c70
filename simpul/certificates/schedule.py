"""What falls due by itself: names on drafts that nobody issued."""

from datetime import datetime, timedelta

from simpul.certificates.actions.retention import forget_drafts, old_drafts
from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.schedule import Due


def run(at: datetime) -> int:
    """Nothing due writes no journal line."""
    return forget_drafts(by=SCHEDULE, at=at, id=new_id()) if old_drafts(at).exists() else 0


DUE = (Due("certificates.forget", every=timedelta(days=1), run=run),)
