"""Messages that wait or went out, and addresses that want none."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> Self:
        return self.filter(state=Message.State.WAITING)

    def due(self, at: datetime) -> Self:
        """To be tried now, those that wait longest first."""
        return self.waiting().filter(next_try_at__lte=at).order_by("next_try_at", "pk")

    def worthless(self, at: datetime) -> Self:
        """Still waiting though nobody is served by it any more."""
        return self.waiting().filter(expires_at__lte=at)


class Message(Row):
    """One e-mail. Address, subject and text are empty once it was sent or given up."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        SENT = "sent", _("sent")
        EXPIRED = "expired", _("too late")
        FAILED = "failed", _("not taken")
        STOPPED = "stopped", _("not wanted")

    key = models.CharField(max_length=160, unique=True)  # "gatherings.reminder:<registration>:<session>"
    library_id = models.UUIDField(null=True, blank=True)
    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=60, blank=True)  # what the mail server objected to: a code, never an address
    recorded_at = models.DateTimeField(default=clock.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], name="message_waiting", condition=Q(state="waiting")),
            models.Index(fields=["state", "-recorded_at"], name="message_by_state"),
        ]

    def journal_label(self, reader: Actor) -> str:
        return ""


class Stop(Row):
    """Somebody who wants no further e-mail; of her address only a keyed hash is kept."""

    address_hash = models.CharField(max_length=64, unique=True)
    stopped_at = models.DateTimeField()

    def journal_label(self, reader: Actor) -> str:
        return ""
