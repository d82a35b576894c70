"""Two phones of the demonstration: what they told, one loan with a remark, one record that waits, somebody entered
twice. All of it invented; the private halves of their keys are thrown away, so nobody can ever speak for them."""

import hashlib
import json
from datetime import date, datetime, time, timedelta
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from simpul.accounts.models import Account
from simpul.circulation.models import Loan
from simpul.core.actor import Role
from simpul.core.clock import JAKARTA
from simpul.core.ids import new_id
from simpul.libraries.models import Library, StaffRole
from simpul.people.models import Card
from simpul.sync.actions import Delivered, receive
from simpul.sync.models import Phone
from simpul.sync.signing import text_of

RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def record(today: date) -> None:
    """For the libraries of the demonstration's librarian and volunteer."""
    roles = StaffRole.objects.filter(account__is_demonstration=True, library__isnull=False).select_related("account", "library")
    by_role = {Role(row.role): row for row in roles.order_by("-account__phone")}  # of two, the first that is shown
    carriers = [by_role[role] for role in (Role.LIBRARIAN, Role.VOLUNTEER) if role in by_role]
    at = datetime.combine(today - timedelta(days=1), time(9), JAKARTA)
    for n, row in enumerate(carriers):
        assert row.library is not None
        _tell(row.library, row.account, f"HP {row.account.name.split()[0]} (demo)", at + timedelta(minutes=7 * n), n == 0)


def _tell(library: Library, account: Account, name: str, at: datetime, has_trouble: bool) -> None:
    key = Ed25519PrivateKey.generate()
    phone = Phone.objects.create(
        id=new_id(), library=library, account=account, name=name, algorithm="Ed25519",
        public_key=key.public_key().public_bytes(*RAW), offered_at=at - timedelta(days=20),
        paired_at=at - timedelta(days=20), expires_at=at + timedelta(days=80), app_version="1.0.0")
    told: list[tuple[str, dict[str, Any]]] = [
        ("visit.recorded", {"sex": sex, "age_group": age, "card": "", "purpose": "read", "used_ict": False})
        for sex, age in (("P", "6-12"), ("P", "6-12"), ("L", "13-17"), ("P", "18-59"))]
    if has_trouble:
        told += _trouble(library)
    events, before = [], ""
    for seq, (kind, payload) in enumerate(told, 1):
        moment = at + timedelta(minutes=4 * seq)
        text = json.dumps({
            "v": 1, "id": str(new_id()), "device": str(phone.pk), "seq": seq, "prev": before, "actor": str(account.pk),
            "library": str(library.pk), "kind": kind, "schema": 1, "occurred_at": moment.isoformat(timespec="milliseconds"),
            "clock_offset_ms": 0, "clock_error_ms": 150, "app": "1.0.0", "payload": payload},
            sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        before = hashlib.sha256(text.encode()).hexdigest()
        events.append(Delivered(text, text_of(key.sign(text.encode()))))
    receive(events, at=at + timedelta(hours=2))


def _trouble(library: Library) -> list[tuple[str, dict[str, Any]]]:
    """A book that the node knew as lent was lent again; one whose number nobody knows; a member entered a second time."""
    card = Card.objects.open().filter(member__library=library, member__person__birth_year__lt=2000).order_by("code").first()
    out = Loan.objects.open().filter(library=library).exclude(member=card.member if card else None).order_by("pk").first()
    if card is None or out is None:
        return []
    person = card.member.person
    return [("loan.lent", {"copy": out.copy.code, "card": card.printed}),
            ("loan.lent", {"copy": "TANPA-LABEL-07", "card": card.printed}),
            ("member.enrolled", {"card": "", "name": person.name.replace("i", "y", 1), "sex": person.sex, "phone": "",
                                 "birth_year": person.birth_year, "guardian_name": "", "guardian_phone": "", "consents": []})]
