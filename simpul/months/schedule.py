"""What falls due by itself: signed months that changed are noticed."""

from datetime import timedelta

from simpul.core.schedule import Due
from simpul.months.actions import watch

DUE = (Due("months.watch", every=timedelta(minutes=10), run=watch),)
