"""What falls due by itself: children nobody agreed for in time are erased."""

from datetime import timedelta

from simpul.core.schedule import Due
from simpul.people.actions import erase_unconsented

DUE = (
    Due("people.erase_unconsented", every=timedelta(hours=6), run=lambda at: erase_unconsented(at=at)),
)
