"""Questions about the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Q

from simpul.messages.addresses import hash_of
from simpul.messages.models import Message, Stop

LATELY = timedelta(days=30)


def is_set_up() -> bool:
    """Does this node send e-mail? Without it every room offers WhatsApp links."""
    return bool(settings.EMAIL_HOST and settings.HOST)


def is_stopped(address: str) -> bool:
    """Her owner wants no further e-mail."""
    return Stop.objects.filter(address_hash=hash_of(address)).exists()


@dataclass(frozen=True)
class Outbox:
    """Messages of the last thirty days by what became of them."""

    waiting: int
    retrying: int
    sent: int
    failed: int
    expired: int
    stopped: int
    last_sent_at: datetime | None
    problems: tuple[tuple[str, int], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.sent or self.failed or self.expired or self.stopped)


def outbox(at: datetime) -> Outbox:
    """Two queries."""
    rows = Message.objects.filter(recorded_at__gt=at - LATELY)

    def of(state: str) -> Count:
        return Count("pk", filter=Q(state=state))

    n = rows.aggregate(
        waiting=of("waiting"), retrying=Count("pk", filter=Q(state="waiting", tries__gt=0)), sent=of("sent"),
        failed=of("failed"), expired=of("expired"), stopped=of("stopped"), last=Max("sent_at"))
    problems = rows.exclude(problem="").order_by().values("problem").annotate(n=Count("pk")).order_by("-n", "problem")
    return Outbox(n["waiting"], n["retrying"], n["sent"], n["failed"], n["expired"], n["stopped"], n["last"],
                  tuple((row["problem"], row["n"]) for row in problems[:5]))
