"""What falls due by itself: marked days are rolled up."""

from datetime import timedelta

from simpul.core.schedule import Due
from simpul.indicators.rollups.refreshing import is_waiting, refresh

DUE = (Due("indicators.refresh", every=timedelta(minutes=10), run=refresh, is_waiting=is_waiting),)
