"""The phones of a library, for those who run it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.libraries.models import Library, StaffRole
from simpul.sync.models import Event, Phone

SILENT_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class PhoneLine:
    """A phone as its librarian sees it. `state`: "waits", "in_use", "expired", "revoked"."""

    phone: Phone
    state: str
    is_silent: bool
    waiting: int
    told: int


def phones_of(library: Library, at: datetime) -> list[PhoneLine]:
    """Those in use first; offers whose code is out of date are left out. Two questions."""
    rows = Phone.objects.filter(library=library).filter(
        Q(paired_at__isnull=False) | Q(pairing_expires_at__gt=at, revoked_at__isnull=True)).select_related("account")
    counted: dict[Any, Any] = {row["phone"]: row for row in Event.objects.filter(
        phone__library=library).order_by().values("phone").annotate(
        told=Count("pk", filter=Q(is_first=True)),
        waiting=Count("pk", filter=Q(decided_at__isnull=True) & ~Q(state=Event.State.APPLIED)))}
    lines = [PhoneLine(
        phone, _state(phone, at), phone.last_contact_at is not None and at - phone.last_contact_at > SILENT_AFTER,
        counted.get(phone.pk, {}).get("waiting", 0), counted.get(phone.pk, {}).get("told", 0)) for phone in rows]
    return sorted(lines, key=lambda line: (line.state == "revoked", line.phone.name.casefold(), line.phone.pk))


def _state(phone: Phone, at: datetime) -> str:
    if phone.revoked_at is not None:
        return "revoked"
    if phone.paired_at is None:
        return "waits"
    return "expired" if phone.is_expired(at) else "in_use"


def carriers(library: Library, at: datetime) -> list[Account]:
    """Who may carry a phone here: those who serve at the library today."""
    day = clock.local_date(at, library.time_zone)
    serving = StaffRole.objects.on(day).filter(library=library).values("account")
    return list(Account.objects.filter(pk__in=serving, is_active=True).order_by("name"))
