"""A person decides: record it, leave it out, or it is in order as it is. Nothing is deleted."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import Refusal
from simpul.libraries.models import Library
from simpul.sync.actions.replay import after, apply_waiting, change_of, make_record, pass_on
from simpul.sync.models import Event, Phone
from simpul.sync.permissions import actor_of_phone, can_decide, must

State, Decision = Event.State, Event.Decision


class CannotTake(Refusal):
    """It still cannot be recorded; the message says why."""

    code = "cannot_take"


class AlreadyDecided(Refusal):
    code = "already_decided"


class ReasonMissing(Refusal):
    code = "reason_missing"


@change("event.taken", says=gettext_lazy("{by} had a record of the phone {event} entered"))
def take_event(*, event: Event, by: Actor, at: datetime, id: UUID) -> Event:
    """Record what waits or was set aside: without the pictures or the earlier events that it waits for. Raises
    NotAllowed, AlreadyDecided, CannotTake."""
    row, library, phone = _held_row(event, by)
    if row.is_recorded:
        raise AlreadyDecided(_("This is recorded already."))
    if row.reason == "gap" and phone is not None:
        _stop_waiting(row, phone, at)
    else:
        _take_one(row, library, phone, by, at)
    if not row.is_recorded:
        raise CannotTake(row.said or _("It cannot be recorded yet. Leave it; it is tried again after the next update."))
    row.decision, row.decided_at, row.decided_by_id = Decision.TAKEN, at, by.id
    row.save()
    after(row)
    return row


def _take_one(row: Event, library: Library, phone: Phone | None, by: Actor, at: datetime) -> None:
    if row.at is None:
        row.at, row.is_time_uncertain = min(row.occurred_at or at, at), True
    # who proves it is the phone where it can; else it is the person who says that it happened
    actor = actor_of_phone(phone) if phone is not None and row.is_proven else _replaying(by, library)
    make_record(row, library, phone=phone if row.is_proven else None, by=actor, id=change_of(row), without_photos=True)


def _replaying(by: Actor, library: Library) -> Actor:
    return Actor(kind=by.kind, id=by.id, volunteer_of=frozenset({library.pk}), is_replay=True)


def _stop_waiting(row: Event, phone: Phone, at: datetime) -> None:
    """What lies before it does not come any more: everything that waited goes on, up to the next hole."""
    while row.state == State.HELD and row.reason == "gap":
        first = Event.objects.filter(phone=phone, state=State.HELD, reason="gap", decided_at__isnull=True,
                                     seq__gte=phone.next_seq).order_by("seq").first()
        if first is None:
            break
        assert first.seq is not None
        phone.next_seq, phone.last_hash = first.seq, first.previous_hash
        apply_waiting(phone, at)
        row.refresh_from_db()
    phone.save(update_fields=["next_seq", "last_hash", "sure_at"])


@change("event.ignored", says=gettext_lazy("{by} left a record of the phone {event} out"))
def ignore_event(*, event: Event, because: str, by: Actor, at: datetime, id: UUID) -> Event:
    """It is kept and not counted, with the reason. `reopen_event` undoes it. Raises NotAllowed, AlreadyDecided,
    ReasonMissing."""
    row, _library, phone = _held_row(event, by)
    if row.is_recorded:
        raise AlreadyDecided(_("This is recorded already. Take it back on its own page."))
    if not because.strip():
        raise ReasonMissing(_("Say in a word why it is left out."), field="because")
    if row.reason == "gap" and phone is not None and row.seq == phone.next_seq:
        pass_on(phone, row)
        phone.save(update_fields=["next_seq", "last_hash"])
    note(was=row.reason)
    row.flags = [*row.flags, f"was:{row.state}:{row.reason}"]
    row.state, row.reason = State.QUARANTINED, "ignored"
    row.decision, row.decided_because = Decision.IGNORED, " ".join(because.split())[:120]
    row.decided_at, row.decided_by_id = at, by.id
    row.save()
    return row


@change("event.settled", says=gettext_lazy("{by} looked at a record of the phone {event}"))
def settle_event(*, event: Event, by: Actor, at: datetime, id: UUID) -> Event:
    """It is recorded, and in order. Raises NotAllowed, AlreadyDecided."""
    row, _library, _phone = _held_row(event, by)
    if row.state != State.FLAGGED:
        raise AlreadyDecided(_("There is nothing to settle about this record."))
    row.decision, row.decided_at, row.decided_by_id = Decision.SETTLED, at, by.id
    row.save(update_fields=["decision", "decided_at", "decided_by_id"])
    return row


@change("event.reopened", says=gettext_lazy("{by} took a decision about a record of the phone {event} back"))
def reopen_event(*, event: Event, by: Actor, at: datetime, id: UUID) -> Event:
    """The undo of "left out" and of "in order"; what was recorded by decision is taken back on its own page. Raises
    NotAllowed, AlreadyDecided."""
    row = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    must(row.library_id is not None and can_decide(by, row.library_id))
    if row.decision not in (Decision.IGNORED, Decision.SETTLED):
        raise AlreadyDecided(_("This decision cannot be taken back here."))
    if row.decision == Decision.IGNORED:
        _was, row.state, row.reason = row.flags[-1].split(":")
        row.flags = row.flags[:-1]
    row.decision, row.decided_because, row.decided_at, row.decided_by_id = Decision.NONE, "", None, None
    row.save()
    return row


def _held_row(event: Event, by: Actor) -> tuple[Event, Library, Phone | None]:
    """The event and its phone, held until the change ends; nobody has decided yet."""
    row = Event.objects.select_related("library").get(pk=event.pk)
    must(row.library_id is not None and can_decide(by, row.library_id))
    phone = Phone.objects.select_for_update(of=("self",)).select_related("library", "account").filter(
        pk=row.phone_id).first() if row.phone_id else None
    row = Event.objects.select_for_update(of=("self",)).select_related("library").get(pk=event.pk)
    if row.decided_at is not None:
        raise AlreadyDecided(_("Somebody has decided this already."))
    assert row.library is not None
    note(library=row.library_id)
    return row, row.library, phone


