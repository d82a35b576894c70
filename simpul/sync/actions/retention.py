"""What is forgotten, and what is tried again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed
from simpul.sync.actions.replay import apply_waiting, replay
from simpul.sync.models import Event, Phone

KEPT = timedelta(days=90)  # the text of what is recorded or decided; its hash and signature stay
AT_ONCE = 500


def to_empty(at: datetime):  # type: ignore[no-untyped-def]
    """Events whose text has done its work."""
    done = Event.objects.filter(emptied_at__isnull=True, received_at__lt=at - KEPT)
    return done.filter(state=Event.State.APPLIED) | done.filter(decided_at__lt=at - KEPT)


@change("events.emptied", says=gettext_lazy("{by} emptied the text of {n} records that phones had sent"))
def empty_events(*, by: Actor, at: datetime, id: UUID) -> int:
    """Up to 500 texts ninety days after they were recorded or decided; how many. What waits for a person stays whole."""
    if not by.is_node:
        raise NotAllowed("")
    due = list(to_empty(at).values_list("pk", flat=True)[:AT_ONCE])
    n = Event.objects.filter(pk__in=due).update(text="", said="", subject="", emptied_at=at)
    note(n=n)
    return n


def try_again(*, at: datetime) -> int:
    """After an update of the node: held events whose kind or version is known now, or whose mistake was mended. How
    many became records."""
    done = 0
    waiting = Event.objects.filter(state=Event.State.HELD, decided_at__isnull=True, is_proven=True).filter(
        reason__in=["unknown_kind", "unknown_schema"]) | Event.objects.filter(
        state=Event.State.HELD, decided_at__isnull=True, is_proven=True, reason="refused", flags=["error"])
    for pk, phone_id in waiting.order_by("phone", "seq").values_list("pk", "phone_id")[:AT_ONCE]:
        with transaction.atomic():
            phone = Phone.objects.select_for_update(of=("self",)).select_related("library", "account").get(pk=phone_id)
            event = Event.objects.get(pk=pk)
            if event.state != Event.State.HELD or event.decided_at is not None:
                continue
            replay(event, phone, received_at=at)
            apply_waiting(phone, at)
            phone.save(update_fields=["next_seq", "last_hash", "sure_at"])
            done += event.is_recorded
    return done
