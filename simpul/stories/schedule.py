"""What falls due by itself: stories whose consent is over are deleted, and drafts that nobody finished.

Pages hide a story in the first minute of the day after its last; this empties it within the hour.
"""

from datetime import datetime, timedelta

from simpul.core.actor import SCHEDULE
from simpul.core.clock import local_date
from simpul.core.ids import new_id
from simpul.core.schedule import Due
from simpul.stories.actions.consenting import abandoned, expire, over


def run(at: datetime) -> int:
    """Nothing due writes no journal line."""
    total = 0
    while any(one.until_on < local_date(at, one.story.library.time_zone) for one in over(at)) or abandoned(at).exists():
        total += expire(by=SCHEDULE, at=at, id=new_id())
    return total


DUE = (Due("stories.expire", every=timedelta(minutes=15), run=run),)
