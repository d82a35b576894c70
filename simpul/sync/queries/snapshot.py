"""What a phone needs to know of its library, in parts that travel only when they changed."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from simpul.circulation.models import Loan
from simpul.core import clock
from simpul.gatherings.models import Attendance, Registration, Session
from simpul.libraries.models import Library, StaffRole
from simpul.people.models import AgeGroup, Card, Consent, Sex
from simpul.sync.models import Phone
from simpul.visits.models import Visit

BEFORE, AHEAD = timedelta(days=2), timedelta(days=14)


@dataclass(frozen=True)
class Part:
    """`tag` is a short hash of the data: the same data, the same tag."""

    tag: str
    data: Any


@dataclass(frozen=True)
class Snapshot:
    """`changed`: parts whose tag is another than the phone's; `tags` of all; `size` of all in bytes of JSON."""

    changed: dict[str, Part]
    tags: dict[str, str]
    size: int


def may_read(phone: Phone, at: datetime) -> bool:
    """Neither expired nor revoked, and carried by somebody who still serves at the library."""
    if phone.revoked_at is not None or phone.is_expired(at) or phone.account is None or not phone.account.is_active:
        return False
    day = clock.local_date(at, phone.library.time_zone)
    return StaffRole.objects.on(day).filter(account=phone.account_id, library=phone.library_id).exists()


def snapshot_of(library: Library, at: datetime, *, have: dict[str, str]) -> Snapshot:
    """Everything the phone needs; what it has already stays at home."""
    day = clock.local_date(at, library.time_zone)
    whole = {"cards": _cards(library, day), "loans": _loans(library), "sessions": _sessions(library, day), "words": _words()}
    changed, tags, size = {}, {}, 0
    for name, data in whole.items():
        text = json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()
        tags[name] = hashlib.sha256(text).hexdigest()[:16]
        size += len(text)
        if have.get(name) != tags[name]:
            changed[name] = Part(tags[name], data)
    return Snapshot(changed, tags, size)


def _cards(library: Library, day: Any) -> list[list[str | int | None]]:
    """What a scan gives, her name and birth year, and the member number that somebody may type instead."""
    rows = Card.objects.open().filter(
        member__library=library, member__ended_on__isnull=True, member__person__erased_at__isnull=True,
    ).select_related("member__person").order_by("code").only(
        "code", "member__number", "member__person__name", "member__person__birth_year")
    return [[card.printed, card.member.person.name, card.member.person.birth_year, card.member.number]
            for card in rows]


def _loans(library: Library) -> list[list[str]]:
    rows = Loan.objects.open().filter(library=library).order_by("copy__code").values_list(
        "copy__code", "copy__title__title", "member__cards__code", "member__cards__ended_at", "due_on", "pk")
    found: dict[UUID, list[str]] = {}
    for code, title, card, ended_at, due_on, pk in rows:
        if pk not in found or (card and ended_at is None):
            printed = card.rpartition(":")[2] if card and ended_at is None else ""
            found[pk] = [code, title[:80], printed, due_on.isoformat()]
    return list(found.values())


def _sessions(library: Library, day: Any) -> list[dict[str, Any]]:
    rows = list(Session.objects.standing().between(day - BEFORE, day + AHEAD).filter(
        library=library).select_related("gathering", "library"))
    near = [row for row in rows if abs((row.local_date - day).days) <= 1]
    people = defaultdict(list)
    for one in Registration.objects.on_the_day().filter(gathering__in={row.gathering_id for row in near}).order_by("number"):
        people[one.gathering_id].append(one)
    marks = {(mark.session_id, mark.registration_id): mark.state for mark in Attendance.objects.valid().filter(
        session__in=[row.pk for row in near], registration__isnull=False)}
    names = {row.pk for row in near}
    return [{
        "id": str(row.pk), "title": row.gathering.title, "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(), "space": row.place,
        "people": [[str(one.pk), one.name, marks.get((row.pk, one.pk), "")] for one in people[row.gathering_id]]
        if row.pk in names else []} for row in rows]


def _words() -> dict[str, list[list[str]]]:
    """Codes and what they are called, in the active language; "" (not said) is not among them."""
    return {name: [[str(code), str(label)] for code, label in choices if code] for name, choices in (
        ("sex", Sex.choices), ("age_group", AgeGroup.choices), ("purpose", Visit.Purpose.choices),
        ("state", Attendance.State.choices), ("consent", Consent.Purpose.choices))}
