"""What arrives: each event looked at by itself, kept for good, and answered.

Signatures are checked before a transaction begins. Then each phone's events go in by fifties: its row is held, so that
two requests of one phone wait for one another, and everybody else only for a moment.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.core.ids import derived_id
from simpul.core.refusal import Refusal
from simpul.core.rows import insert, update
from simpul.libraries.models import Library
from simpul.libraries.queries.hours import fetch_hours
from simpul.sync.actions.photos import await_photos, names_photos
from simpul.sync.actions.replay import SET, after, apply_waiting, judge, pass_on
from simpul.sync.envelope import Broken, Envelope, read, text_hash
from simpul.sync.models import Event, Phone
from simpul.sync.saying import said_of
from simpul.sync.signing import is_signed, key_of

AT_ONCE = 50            # events a transaction
STRANGERS_KEPT = 20_000  # unproven events that this node keeps; beyond them somebody fills the disk
State = Event.State
NAMESPACE = UUID("6b1d7e0a-5c1e-5d0e-9f6e-6d7a1c2b3f40")


class TooManyStrangers(Refusal):
    """So much has come that no phone of ours signed, that no more of it is kept."""

    is_policy = True
    code = "too_many_strangers"


@dataclass(frozen=True)
class Delivered:
    """One event as it came: its text and its signature."""

    text: str
    signature: str


@dataclass(frozen=True)
class Receipt:
    """What the node says to one event: all of it means that it has it. `at` is when it first came."""

    id: str | None
    device: str | None
    seq: int | None
    state: str
    reason: str
    says: str
    at: datetime


@dataclass
class _Arrived:
    """An event that was read and whose signature was looked at; nothing about it is decided yet."""

    order: int
    given: Delivered
    envelope: Envelope | None
    phone: Phone | None
    is_proven: bool
    digest: str


def receive(events: Sequence[Delivered], *, at: datetime, delivery_offset: timedelta | None = None) -> list[Receipt]:
    """Take these events in; one receipt each, in their order. `delivery_offset`: node minus phone at this delivery,
    where the phone told its own clock. Raises TooManyStrangers."""
    arrived = _read(events)
    known = set(Event.objects.filter(digest__in={one.digest for one in arrived}).values_list("digest", flat=True))
    new = [one for one in arrived if one.digest not in known]
    _refuse_flood(new)
    of_phone: dict[UUID, list[_Arrived]] = defaultdict(list)
    for one in new:
        if one.phone is not None and one.is_proven:
            of_phone[one.phone.pk].append(one)
        else:
            _keep_unproven(one, at)
    for phone_id, mine in of_phone.items():
        mine.sort(key=lambda one: (one.envelope.seq if one.envelope else 0, one.order))
        for start in range(0, len(mine), AT_ONCE):
            _take_in(phone_id, mine[start:start + AT_ONCE], at, delivery_offset)
    return _receipts(arrived)


def _read(events: Sequence[Delivered]) -> list[_Arrived]:
    read_ones = [(given, _perhaps(given.text)) for given in events]
    devices = {envelope.device for _given, envelope in read_ones if envelope}
    phones = {phone.pk: phone for phone in Phone.objects.paired().filter(pk__in=devices)}
    arrived = []
    for order, (given, envelope) in enumerate(read_ones):
        phone = phones.get(envelope.device) if envelope else None
        is_proven = phone is not None and is_signed(
            key_of(phone.algorithm, bytes(phone.public_key)), given.text.encode(), given.signature)
        hash_ = text_hash(given.text)
        # a proven text is one event however often it was signed anew; an unproven one is what came, with its signature
        digest = hash_ if is_proven else sha256(f"{hash_}.{given.signature}".encode("utf-8", "replace")).hexdigest()
        arrived.append(_Arrived(order, given, envelope, phone, is_proven, digest))
    return arrived


def _perhaps(text: str) -> Envelope | None:
    try:
        return read(text)
    except Broken:
        return None


def _refuse_flood(new: Sequence[_Arrived]) -> None:
    strangers = sum(not one.is_proven for one in new)
    if strangers and Event.objects.filter(is_proven=False).count() + strangers > STRANGERS_KEPT:
        raise TooManyStrangers(_("This node keeps no more records that it cannot prove. Tell the coordinator of the city."))


def _row(one: _Arrived, at: datetime) -> Event:
    """The row of an event, nothing decided about it yet."""
    row = Event(
        id=derived_id(NAMESPACE, one.digest), digest=one.digest, text_hash=text_hash(one.given.text),
        text=_storable(one.given.text), signature=_storable(one.given.signature)[:120], phone=one.phone,
        library_id=one.phone.library_id if one.phone else None, is_proven=one.is_proven, received_at=at,
        state=State.QUARANTINED)
    told = one.envelope
    if told is not None:
        row.device_id, row.event_id, row.seq, row.previous_hash = told.device, told.id, told.seq, told.previous_hash
        row.kind, row.schema, row.carrier_id = told.kind, told.schema, told.actor
        row.occurred_at, row.clock_offset_ms, row.clock_error_ms = (
            told.occurred_at, told.clock_offset_ms, told.clock_error_ms)
    return row


def _storable(text: str) -> str:
    """A text of an honest phone, as it is; what no database can hold is replaced in one that nobody can prove."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "�")


def _keep_unproven(one: _Arrived, at: datetime) -> None:
    """Nobody proves that a phone of ours wrote it: kept beside, for a person of the library it names."""
    row = _row(one, at)
    if one.envelope is None:
        row.reason = "broken"
        row.phone, row.library_id = _hint(one.given.text)
    elif one.phone is None:
        row.reason = "unknown_device"
        row.library_id = Library.objects.filter(pk=one.envelope.library).values_list("pk", flat=True).first()
    else:
        row.reason = "bad_signature"
    row.at = min(row.occurred_at, at) if row.occurred_at else None
    row.is_time_uncertain = True
    Event.objects.bulk_create([row], ignore_conflicts=True)  # the same again, at the same moment: one of them


def _hint(text: str) -> tuple[Phone | None, UUID | None]:
    """Whose page shows a text that is no event: as far as it tells a phone of ours."""
    try:
        phone = Phone.objects.paired().filter(pk=UUID(json.loads(text)["device"])).first()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None, None
    return phone, phone.library_id if phone else None


def _take_in(phone_id: UUID, mine: Sequence[_Arrived], at: datetime, delivery_offset: timedelta | None) -> None:
    """A few events of one phone, in their order, in one transaction."""
    with transaction.atomic():
        phone = Phone.objects.select_for_update(of=("self",)).select_related("library", "account").get(pk=phone_id)
        fetch_hours(phone.library)  # once, not at each visit
        # somebody may have brought the same in the meantime
        there = set(Event.objects.filter(digest__in=[one.digest for one in mine]).values_list("digest", flat=True))
        ids = {one.envelope.id for one in mine if one.envelope}
        owners = set(Event.objects.filter(event_id__in=ids, is_first=True).values_list("event_id", flat=True))
        numbers = {one.envelope.seq for one in mine if one.envelope}
        taken = set(Event.objects.filter(phone=phone, seq__in=numbers, is_first=True).values_list("seq", flat=True))
        for one in mine:
            if one.digest in there or one.envelope is None:
                continue
            there.add(one.digest)
            row = _row(one, at)
            _place(row, one.envelope, phone, owners, taken, at, delivery_offset)
        apply_waiting(phone, at, delivery_offset=delivery_offset)
        phone.last_contact_at = max(phone.last_contact_at or at, at)
        phone.save(update_fields=["next_seq", "last_hash", "sure_at", "last_contact_at"])


def _place(row: Event, told: Envelope, phone: Phone, owners: set[UUID | None], taken: set[int | None], at: datetime,
           delivery_offset: timedelta | None) -> None:
    """Where this event belongs in the phone's sequence; replayed where it is its turn."""
    seq, row.reason = told.seq, ""
    if told.id in owners:
        row.reason = "other_bytes"
    elif seq in taken or (seq == phone.next_seq and row.previous_hash != phone.last_hash):
        row.reason = "fork"
    if row.reason:
        insert([row])
        return
    row.is_first, row.state = True, State.HELD
    owners.add(told.id)
    taken.add(seq)
    if seq > phone.next_seq:
        row.reason = "gap"
    if row.reason or names_photos(row):
        insert([row])
        await_photos(row, told)
    if row.reason:
        return
    judge(row, phone, received_at=at, delivery_offset=delivery_offset)
    if names_photos(row):
        update(row, *SET)
    else:
        insert([row])  # one statement for what nothing points at yet
    if seq == phone.next_seq:
        pass_on(phone, row)
    if row.is_recorded:
        after(row)


def receipts_of(events: Sequence[Delivered]) -> list[Receipt]:
    """What is said of these events now; they are here already."""
    return _receipts(_read(events))


def _receipts(arrived: Sequence[_Arrived]) -> list[Receipt]:
    rows = {row.digest: row for row in Event.objects.filter(digest__in={one.digest for one in arrived}).only(*TOLD)}
    return [receipt_of(rows[one.digest]) for one in arrived]


#: what a receipt is made of
TOLD = ("digest", "event_id", "device_id", "seq", "state", "reason", "flags", "said", "received_at")


def receipt_of(row: Event) -> Receipt:
    return Receipt(
        id=str(row.event_id) if row.event_id else None, device=str(row.device_id) if row.device_id else None, seq=row.seq,
        state=row.state, reason=row.reason, says=said_of(row), at=row.received_at)
