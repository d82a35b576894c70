"""An event becomes a record: through the action that the page would call, in its order, once."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.core.actor import Actor
from simpul.core.change import flags_of
from simpul.core.ids import derived_id
from simpul.core.models import reference
from simpul.core.refusal import Refusal
from simpul.core.rows import update
from simpul.libraries.models import Library
from simpul.sync.clocks import moment_of
from simpul.sync.kinds import KINDS, NAMES, Outcome, Told
from simpul.sync.kinds.activities import PhotosAwaited
from simpul.sync.kinds.base import Payload
from simpul.sync.models import Event, Phone
from simpul.sync.payloads import payload_of, told_by
from simpul.sync.permissions import actor_of_phone

log = logging.getLogger("simpul.sync")
State = Event.State

#: what replay may set on an event that is there already
SET = ("state", "reason", "flags", "said", "record", "at", "is_time_uncertain", "subject")


def replay(event: Event, phone: Phone, *, received_at: datetime, delivery_offset: timedelta | None = None) -> None:
    """`judge` an event that is kept already, and save what became of it."""
    judge(event, phone, received_at=received_at, delivery_offset=delivery_offset)
    update(event, *SET)


def judge(event: Event, phone: Phone, *, received_at: datetime, delivery_offset: timedelta | None = None) -> None:
    """Where an event whose turn it is can be, make it a record. Sets its state (unsaved); the caller holds the phone's
    row and is inside a transaction."""
    _set_moment(event, phone, received_at, delivery_offset)
    misfit = _misfit(event, phone)
    if misfit is not None:
        event.state, event.reason = misfit
    elif phone.cut_off is not None and event.seq is not None and event.seq > phone.cut_off:
        event.state, event.reason = State.QUARANTINED, "revoked"
    elif phone.is_expired(event.received_at) and phone.is_expired(received_at):
        event.state, event.reason = State.HELD, "expired"
    else:
        make_record(event, phone.library, phone=phone, by=actor_of_phone(phone), id=change_of(event))
    if event.is_recorded and not event.is_time_uncertain and event.at is not None:
        phone.sure_at = max(phone.sure_at, event.at) if phone.sure_at else event.at


def _misfit(event: Event, phone: Phone) -> tuple[str, str] | None:
    """State and reason of an event that its phone may not tell, or tells in an envelope of later years."""
    told = told_by(event)
    if str(told["library"]).lower() != str(phone.library_id):
        return State.QUARANTINED, "wrong_library"
    return (State.HELD, "unknown_schema") if told["v"] != 1 else None


def change_of(event: Event) -> UUID:
    """The id of the change that an event is: its own, or that of this row where the id belongs to another event."""
    return event.event_id if event.is_first and event.event_id is not None else derived_id(event.pk, "change")


def make_record(event: Event, library: Library, *, phone: Phone | None, by: Actor, id: UUID,
                without_photos: bool = False) -> None:
    """Run the action of the event's kind and set state, reason, flags and record on it (unsaved)."""
    assert event.at is not None
    kind = KINDS.get((event.kind, event.schema))
    if kind is None:
        event.state, event.reason = State.HELD, "unknown_schema" if event.kind in NAMES else "unknown_kind"
        return
    try:
        given = kind.read(Payload(payload_of(event)))
        event.subject = kind.subject(given)[:48]
        with transaction.atomic():
            outcome = kind.replay(given, Told(library, phone, event, by, event.at, id, without_photos))
    except PhotosAwaited:
        event.state, event.reason = State.HELD, "photos"
    except Refusal as refusal:
        event.state, event.reason, event.flags = State.HELD, "refused", [refusal.code]
        event.said = str(refusal)[:300]
    except Exception:  # a mistake of ours must not keep a phone from handing in the rest of its day
        log.exception("event %s of kind %s could not be replayed", event.event_id, event.kind)
        event.state, event.reason, event.flags = State.HELD, "refused", ["error"]
        event.said = _("Simpul could not record this because of a mistake of its own. It is kept, and tried again.")
    else:
        _recorded(event, outcome, id)


def _recorded(event: Event, outcome: Outcome, id: UUID) -> None:
    flags = [*flags_of(id), *outcome.flags, *(["time_uncertain"] if event.is_time_uncertain else [])]
    event.flags = list(dict.fromkeys(flags))
    event.state, event.reason = (State.FLAGGED, event.flags[0]) if event.flags else (State.APPLIED, "")
    event.said = ""
    event.record = reference(outcome.row) if outcome.row is not None else ""


def _set_moment(event: Event, phone: Phone, received_at: datetime, delivery_offset: timedelta | None) -> None:
    if event.at is not None or event.occurred_at is None:  # its moment was found when it came
        return
    moment = moment_of(
        occurred_at=event.occurred_at, offset_ms=event.clock_offset_ms, error_ms=event.clock_error_ms,
        known_before=phone.sure_at or phone.paired_at, received_at=received_at, delivery_offset=delivery_offset)
    event.at, event.is_time_uncertain = moment.at, moment.is_uncertain


def apply_waiting(phone: Phone, received_at: datetime, *, delivery_offset: timedelta | None = None) -> None:
    """What waited for an earlier event and has its turn now, one after the other. The caller saves the phone."""
    while (event := _next(phone)) is not None:
        if not event.is_first:  # a copy of this phone had taken the number; the chain says that this one is right
            Event.objects.filter(phone=phone, seq=event.seq, is_first=True).update(
                is_first=False, state=State.QUARANTINED, reason="fork")
            event.is_first = True
            event.save(update_fields=["is_first"])
        replay(event, phone, received_at=received_at, delivery_offset=delivery_offset)
        pass_on(phone, event)
        if event.is_recorded:
            after(event)


def _next(phone: Phone) -> Event | None:
    rows = Event.objects.filter(phone=phone, seq=phone.next_seq, is_proven=True, decided_at__isnull=True)
    waiting = [row for row in rows if (row.state == State.HELD and row.reason == "gap") or row.reason == "fork"]
    right = [row for row in waiting if row.previous_hash == phone.last_hash]
    if right:
        return right[0]
    for row in waiting:
        if row.is_first:  # its number has come and it does not follow: two phones share one key
            row.is_first, row.state, row.reason = False, State.QUARANTINED, "fork"
            row.save(update_fields=["is_first", "state", "reason"])
    return None


def pass_on(phone: Phone, event: Event) -> None:
    """The phone's chain goes on behind this event (unsaved)."""
    assert event.seq is not None
    phone.next_seq, phone.last_hash = event.seq + 1, event.text_hash


def after(event: Event) -> None:
    """A loan that arrives late may have come back already, on another phone that knew nothing of it."""
    if event.kind != "loan.lent" or not event.subject:
        return
    early = Event.objects.filter(
        library=event.library_id, kind="loan.returned", subject=event.subject, state=State.FLAGGED, record="",
        at__gte=event.at, decided_at__isnull=True).select_related("phone__library").order_by("at").first()
    if early is not None and early.phone is not None:
        make_record(early, early.phone.library, phone=early.phone, by=actor_of_phone(early.phone), id=change_of(early))
        update(early, *SET)
