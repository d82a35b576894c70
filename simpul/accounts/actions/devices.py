"""Tablets at the door: offered by the librarian with a code, paired by typing it, revoked at any time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.accounts import throttle
from simpul.accounts.derived import code_of, token_of, typed_code
from simpul.accounts.models import Device
from simpul.accounts.permissions import must_connect
from simpul.core.actor import VISITOR, Actor
from simpul.core.change import change, note
from simpul.core.refusal import Refusal
from simpul.core.secrets import fingerprint

CODE_LENGTH = 8  # 31^8 codes; with the limit on wrong ones a guess within the quarter of an hour is hopeless
CODE_LASTS = timedelta(minutes=15)
WRONG_CODES = {throttle.key_of("pairing"): throttle.PAIRING}


class WrongPairingCode(Refusal):
    """Unknown, used or out-of-date: the same answer for all."""

    code = "wrong_pairing_code"


class CodeOutOfDate(Refusal):
    """The code of this offer can no longer be shown."""

    code = "code_out_of_date"


@dataclass(frozen=True)
class Offered:
    """A device that waits for its tablet, and the code to type there within a quarter of an hour."""

    device: Device
    code: str


def offer_device(*, library_id: UUID, name: str, kind: str, by: Actor, at: datetime, id: UUID) -> Offered:
    """A code for a new device. The same change gives the same code again. Raises NotAllowed."""
    device = _offer(library_id=library_id, name=name, kind=kind, by=by, at=at, id=id)
    code = code_of(id, "pairing", CODE_LENGTH)
    if device.pairing_hash != fingerprint(code):
        raise CodeOutOfDate(_("This code was already used. Make a new one."))
    return Offered(device, code)


@change("device.offered", says=gettext_lazy("{by} made a pairing code for {result}"))
def _offer(*, library_id: UUID, name: str, kind: str, by: Actor, at: datetime, id: UUID) -> Device:
    must_connect(by, library_id)
    note(library=library_id)
    return Device.objects.create(
        id=id, library_id=library_id, name=name.strip(), kind=kind, offered_at=at,
        pairing_hash=fingerprint(code_of(id, "pairing", CODE_LENGTH)), pairing_expires_at=at + CODE_LASTS)


def pair_device(*, code: str, at: datetime, id: UUID) -> tuple[Device, str]:
    """The device of a typed code and the token for its cookie (libraries.middleware.DEVICE_COOKIE).

    A code works once; the same change gives the same token again. Raises WrongPairingCode or throttle.Locked.
    """
    throttle.claim(WRONG_CODES, at)
    device = _pair(code=typed_code(code), by=VISITOR, at=at, id=id)
    throttle.forgive(WRONG_CODES)
    return device, token_of(id, "device")


@change("device.paired", says=gettext_lazy("{result} was paired"))
def _pair(*, code: str, by: Actor, at: datetime, id: UUID) -> Device:
    waiting = Device.objects.filter(pairing_hash=fingerprint(code), paired_at__isnull=True, revoked_at__isnull=True,
                                    pairing_expires_at__gt=at)
    device = waiting.first()
    # the UPDATE decides between two tablets that type one code
    if device is None or not waiting.filter(pk=device.pk).update(
            paired_at=at, pairing_hash="", token_hash=fingerprint(token_of(id, "device"))):
        raise WrongPairingCode(_("This code is not known here or is out of date. Ask the librarian for a new one."),
                               field="code")
    device.refresh_from_db()
    note(library=device.library_id)
    return device


@change("device.revoked", says=gettext_lazy("{by} revoked {device}"))
def revoke_device(*, device: Device, by: Actor, at: datetime, id: UUID) -> Device:
    """The device is a stranger from now on; its visits stay. Raises NotAllowed."""
    must_connect(by, device.library_id)
    if device.revoked_at is None:
        device.revoked_at = at
        device.pairing_hash = ""
        device.save(update_fields=["revoked_at", "pairing_hash"])
    return device
