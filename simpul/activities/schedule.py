"""What falls due by itself: shared pictures that nobody put anywhere."""

from datetime import timedelta

from simpul.activities.actions import drop_old
from simpul.core.schedule import Due

DUE = (Due("activities.drop_shared_pictures", every=timedelta(hours=6), run=lambda at: drop_old(at=at)),)
