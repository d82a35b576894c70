"""What falls due by itself: files that nothing refers to are removed."""

from datetime import timedelta

from simpul.core.schedule import Due
from simpul.files.actions import sweep

DUE = (Due("files.sweep", every=timedelta(days=1), run=lambda at: sweep(at=at)),)
