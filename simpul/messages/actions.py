"""Putting a message in the outbox, and wanting no more."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.core.refusal import Refusal
from simpul.messages.addresses import hash_of, hash_of_token, normalise_address
from simpul.messages.models import Message, Stop
from simpul.messages.queries import is_set_up, is_stopped


class BadAddress(Refusal):
    """No e-mail address, or one that would smuggle in another header."""

    code = "bad_address"


class UnknownLink(Refusal):
    code = "unknown_link"


def put_message(*, key: str, to: str, subject: str, text: str, expires_at: datetime, library_id: UUID | None,
                at: datetime, id: UUID) -> Message | None:
    """One e-mail for one occasion, as one step of the caller's change and no change of its own. `key` names the
    occasion: the second call with it gives the first message. `expires_at`: from when on it is not worth sending.
    None where the node sends no e-mail or the address wants none. Raises BadAddress."""
    address = normalise_address(to)
    if address is None:
        raise BadAddress(_("This is no e-mail address. Write it like nama@contoh.id."))
    if not is_set_up() or is_stopped(address):
        return None
    row, _made = Message.objects.get_or_create(key=key[:160], defaults={
        "id": derived_id(id, f"message {key}"), "library_id": library_id, "to": address, "subject": one_line(subject)[:200],
        "text": text.replace("\x00", "")[:20_000], "next_try_at": at, "expires_at": expires_at, "recorded_at": at})
    return row


def one_line(subject: str) -> str:
    """Titles come from people: a line break in one would begin another header."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in subject).split())


@change("mail.stopped", says=_("Somebody wants no further e-mail"))
def stop_mail(*, token: str, by: Actor, at: datetime, id: UUID) -> None:
    """The owner of a stop link wants no further e-mail; what waits for her is dropped. Twice is once. Raises
    UnknownLink."""
    hashed = _hash(token)
    Stop.objects.get_or_create(address_hash=hashed, defaults={"id": derived_id(id, "stop"), "stopped_at": at})
    for row in Message.objects.waiting():
        if hash_of(row.to) == hashed:
            erase(row, Message.State.STOPPED)


@change("mail.resumed", says=_("Somebody wants e-mail again"))
def resume_mail(*, token: str, by: Actor, at: datetime, id: UUID) -> None:
    """She stopped by mistake. Raises UnknownLink."""
    Stop.objects.filter(address_hash=_hash(token)).delete()


def erase(row: Message, state: str, *, problem: str = "", sent_at: datetime | None = None) -> None:
    """What became of it stays, to whom and about what does not."""
    Message.objects.filter(pk=row.pk, state=Message.State.WAITING).update(
        state=state, problem=problem[:60], sent_at=sent_at, to="", subject="", text="")


def _hash(token: str) -> str:
    hashed = hash_of_token(token)
    if hashed is None:
        raise UnknownLink(_("This link is not complete. Open it from the e-mail again."))
    return hashed
