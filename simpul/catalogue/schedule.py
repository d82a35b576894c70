"""What falls due by itself: search forgets digital resources whose rights have ended."""

from datetime import timedelta

from simpul.catalogue.actions.digital import index_ended
from simpul.core.schedule import Due

DUE = (Due("catalogue.rights_ended", every=timedelta(hours=6), run=lambda at: index_ended(at=at)),)
