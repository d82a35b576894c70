"""What falls due by itself: expired sessions and old failures are forgotten."""

from datetime import timedelta

from simpul.accounts.actions.tidying import forget_expired
from simpul.core.schedule import Due

DUE = (Due("accounts.forget_expired", every=timedelta(hours=6), run=lambda at: forget_expired(at=at)),)
