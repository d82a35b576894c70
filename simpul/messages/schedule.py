"""What falls due by itself: the outbox is emptied."""

from datetime import timedelta

from simpul.core import clock
from simpul.core.schedule import Due
from simpul.messages.models import Message
from simpul.messages.queries import is_set_up
from simpul.messages.sending import send_due


def is_waiting() -> bool:
    return is_set_up() and Message.objects.due(clock.now()).exists()


DUE = (Due("messages.send", every=timedelta(minutes=10), run=send_due, is_waiting=is_waiting),)
