"""What falls due by itself: numbers and names that are no longer needed."""

from datetime import datetime, timedelta

from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.schedule import Due
from simpul.messages.queries import is_set_up
from simpul.surveys.actions.answers import mail_invitations, mails_due
from simpul.surveys.actions.retention import forget, is_due


def run(at: datetime) -> int:
    """Nothing due writes no journal line."""
    return forget(by=SCHEDULE, at=at, id=new_id()) if is_due(at) else 0


def by_mail(at: datetime) -> int:
    """The link goes to those who gave an address."""
    total = 0
    while is_set_up() and mails_due(at).exists():
        total += mail_invitations(by=SCHEDULE, at=at, id=new_id())
    return total


DUE = (Due("surveys.mail_invitations", every=timedelta(hours=1), run=by_mail),
       Due("surveys.forget", every=timedelta(days=1), run=run),)
