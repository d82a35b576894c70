"""A phone is offered by the librarian, paired by its code, prolonged while it is in use, revoked when it is lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.accounts import throttle
from simpul.accounts.derived import code_of, typed_code
from simpul.accounts.models import Account
from simpul.core.actor import VISITOR, Actor
from simpul.core.change import change, note
from simpul.core.refusal import Refusal
from simpul.core.secrets import fingerprint
from simpul.libraries.models import Library, StaffRole
from simpul.sync.actions.replay import apply_waiting, replay
from simpul.sync.models import Event, Phone
from simpul.sync.permissions import can_manage, can_offer, must
from simpul.sync.signing import BadKey, bytes_of, key_of

CODE_LENGTH = 8
CODE_LASTS = timedelta(minutes=15)
LASTS = timedelta(days=90)
RENEWED_BEFORE = timedelta(days=89)  # not at each contact: one write a day
WRONG_CODES = {throttle.key_of("phone"): throttle.PAIRING}


class WrongCode(Refusal):
    """Unknown, used or out of date: the same answer for all."""

    code = "wrong_code"


class CodeUsed(Refusal):
    code = "code_used"


class NotServing(Refusal):
    code = "not_serving"


@dataclass(frozen=True)
class Offered:
    """A phone that waits, and the code to scan or type on it within a quarter of an hour."""

    phone: Phone
    code: str


def offer_phone(*, library: Library, account: Account, name: str, by: Actor, at: datetime, id: UUID) -> Offered:
    """A code for a phone that `account` carries. The same change gives the same code again. Raises NotAllowed,
    NotServing, CodeUsed."""
    phone = _offer(library=library, account=account, name=name, by=by, at=at, id=id)
    code = code_of(id, "phone", CODE_LENGTH)
    if phone.pairing_hash != fingerprint(code):
        raise CodeUsed(_("This code was already used. Make a new one."))
    return Offered(phone, code)


@change("phone.offered", says=gettext_lazy("{by} made a pairing code for the phone {result} of {account}"))
def _offer(*, library: Library, account: Account, name: str, by: Actor, at: datetime, id: UUID) -> Phone:
    must(can_offer(by, library.pk))
    if not serves(account, library, at):
        raise NotServing(_("Only who serves at this library carries a phone for it."), field="account")
    return Phone.objects.create(
        id=id, library=library, account=account, name=" ".join(name.split())[:80] or account.name, offered_at=at,
        pairing_hash=fingerprint(code_of(id, "phone", CODE_LENGTH)), pairing_expires_at=at + CODE_LASTS)


def serves(account: Account, library: Library, at: datetime) -> bool:
    """Does this account record the day of this library at this moment?"""
    return account.is_active and StaffRole.objects.on(at.date()).filter(account=account, library=library).exists()


def pair_phone(*, code: str, algorithm: str, public_key: str, app: str, at: datetime, id: UUID) -> Phone:
    """The phone of a code, which from now on signs with this key (base64url of its raw form). The same code with the
    same key again, while it lasts, is the same phone: an answer that was lost is given again. Raises WrongCode or
    throttle.Locked."""
    throttle.claim(WRONG_CODES, at)
    try:
        raw = bytes_of(public_key)
        key_of(algorithm, raw)
    except (BadKey, ValueError):
        raise WrongCode(_("This phone's key cannot be used. Open the page in another browser."), code="bad_key") from None
    typed = fingerprint(typed_code(code))
    again = Phone.objects.in_use().filter(pairing_hash=typed, public_key=raw, pairing_expires_at__gt=at).first()
    phone = again or _pair(code=typed, algorithm=algorithm, public_key=raw, app=app, by=VISITOR, at=at, id=id)
    throttle.forgive(WRONG_CODES)
    return phone


@change("phone.paired", says=gettext_lazy("the phone {result} was paired"))
def _pair(*, code: str, algorithm: str, public_key: bytes, app: str, by: Actor, at: datetime, id: UUID) -> Phone:
    waiting = Phone.objects.filter(pairing_hash=code, paired_at__isnull=True, revoked_at__isnull=True,
                                   pairing_expires_at__gt=at)
    phone = waiting.select_related("library", "account").first()
    # the UPDATE decides between two phones that scan one code; the hash stays for its quarter of an hour, so that a
    # lost answer can be given again to the same key
    if phone is None or not waiting.filter(pk=phone.pk).update(
            paired_at=at, algorithm=algorithm, public_key=public_key, app_version=app[:20], expires_at=at + LASTS,
            last_contact_at=at, sure_at=None):
        raise WrongCode(_("This code is not known here or is out of date. Ask the librarian for a new one."), field="code")
    phone.refresh_from_db()
    note(library=phone.library_id)
    return phone


def note_contact(phone: Phone, at: datetime, app: str = "") -> None:
    """The phone proved that it is there: its ninety days begin anew, unless they are over. At most one write a minute."""
    moved = phone.last_contact_at is None or at - phone.last_contact_at >= timedelta(minutes=1)
    # what it has just handed in has moved its last contact already; its days begin anew all the same
    is_due = phone.revoked_at is None and phone.expires_at is not None and (
        timedelta() < phone.expires_at - at < RENEWED_BEFORE)
    if not (moved or is_due) and (not app or app == phone.app_version):
        return
    phone.last_contact_at, phone.app_version = at, app[:20] or phone.app_version
    fields = ["last_contact_at", "app_version"]
    if is_due:
        phone.expires_at = at + LASTS
        fields.append("expires_at")
    phone.save(update_fields=fields)


@change("phone.prolonged", says=gettext_lazy("{by} prolonged the phone {phone}"))
def prolong_phone(*, phone: Phone, by: Actor, at: datetime, id: UUID) -> Phone:
    """Ninety days more; what came meanwhile is recorded. Raises NotAllowed."""
    row = Phone.objects.select_for_update(of=("self",)).select_related("library", "account").get(pk=phone.pk)
    must(can_offer(by, row.library_id))
    row.expires_at = at + LASTS
    row.save(update_fields=["expires_at"])
    for event in Event.objects.filter(phone=row, state=Event.State.HELD, reason="expired",
                                      decided_at__isnull=True).order_by("seq"):
        replay(event, row, received_at=at)
    apply_waiting(row, at)
    return row


@change("phone.revoked", says=gettext_lazy("{by} revoked the phone {phone}"))
def revoke_phone(*, phone: Phone, lost_since: datetime | None = None, by: Actor, at: datetime, id: UUID) -> Phone:
    """It reads nothing any more. What still lies on it is taken, unless it is lost: then everything after the last
    record from before `lost_since` waits for a person, and what has come since is marked. `restore_phone` undoes it.
    Raises NotAllowed."""
    row = Phone.objects.select_for_update(of=("self",)).get(pk=phone.pk)
    must(can_manage(by, row.library_id))
    if row.revoked_at is not None and lost_since is None:
        return row
    row.revoked_at, row.pairing_hash = row.revoked_at or at, ""
    if lost_since is not None:
        row.lost_since = min(lost_since, at)
        mine = Event.objects.filter(phone=row, is_first=True)
        last = mine.filter(at__lt=row.lost_since).order_by("-seq").first()
        row.cut_off = last.seq if last else 0
        late = mine.filter(seq__gt=row.cut_off, decided_at__isnull=True)
        late.filter(state=Event.State.APPLIED).update(state=Event.State.FLAGGED, reason="revoked")
        late.filter(state=Event.State.HELD).update(state=Event.State.QUARANTINED, reason="revoked")
    row.save(update_fields=["revoked_at", "pairing_hash", "lost_since", "cut_off"])
    note(lost=row.lost_since is not None)
    return row


@change("phone.restored", says=gettext_lazy("{by} took the revocation of the phone {phone} back"))
def restore_phone(*, phone: Phone, by: Actor, at: datetime, id: UUID) -> Phone:
    """It was found, or was never lost: what waited because of it is recorded. Raises NotAllowed."""
    row = Phone.objects.select_for_update(of=("self",)).select_related("library", "account").get(pk=phone.pk)
    must(can_offer(by, row.library_id))
    if row.paired_at is None or row.revoked_at is None:
        return row
    row.revoked_at = row.lost_since = row.cut_off = None
    row.save(update_fields=["revoked_at", "lost_since", "cut_off"])
    late = Event.objects.filter(phone=row, reason="revoked", decided_at__isnull=True)
    late.filter(state=Event.State.FLAGGED, flags=[]).update(state=Event.State.APPLIED, reason="")
    for event in late.filter(Q(state=Event.State.FLAGGED)):
        event.reason = event.flags[0]
        event.save(update_fields=["reason"])
    for event in late.filter(state=Event.State.QUARANTINED).order_by("seq"):
        replay(event, row, received_at=at)
    apply_waiting(row, at)
    return row


@change("phone.left", says=gettext_lazy("the phone {phone} was signed out"))
def leave(*, phone: Phone, by: Actor, at: datetime, id: UUID) -> Phone:
    """The phone signs itself out; what still lies on it may be handed in as a file."""
    if phone.revoked_at is None:
        phone.revoked_at = at
        phone.save(update_fields=["revoked_at"])
    return phone


