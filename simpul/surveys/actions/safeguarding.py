"""What somebody discloses about safety goes to one named person; nobody else ever reads it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.core.models import NodeSetting
from simpul.core.refusal import NotAllowed
from simpul.surveys.actions.refusals import EmptyVoice
from simpul.surveys.actions.voices import checked_phone
from simpul.surveys.models import Disclosure, Response, Voice
from simpul.surveys.permissions import can_enter, can_listen, can_name_safeguarding, can_read_disclosures
from simpul.surveys.queries import HOTLINES, SAFEGUARDING, Hotline


@change("disclosure.left", says=_("A confidential message reached the safeguarding person"))
def disclose(*, library_id: UUID, text: str, neighbourhood: str = "", phone: str = "", by: Actor, at: datetime,
             id: UUID) -> None:
    """Somebody says that her voice is about somebody's safety. The library is an id and not a row: its journal does
    not show the line. Raises EmptyVoice, WrongPhone."""
    said = " ".join(text.replace("\x00", "").split())[:500]
    if len(said) < 3:
        raise EmptyVoice(_("Write in a few words what it is about."), field="text")
    Disclosure.objects.create(
        id=derived_id(id, "disclosure"), library_id=library_id, text=said, neighbourhood=neighbourhood.strip()[:80],
        phone=checked_phone(phone), happened_at=at)


@change("voice.passed_on", says=_("{by} passed a message on to the safeguarding person"))
def pass_on(*, voice_id: UUID, by: Actor, at: datetime, id: UUID) -> None:
    """Staff who read a voice that discloses harm hand it over; it leaves the library altogether, and the journal
    line that told of its arrival no longer leads to it. Raises NotAllowed, EmptyVoice (it is gone)."""
    voice = Voice.objects.filter(pk=voice_id).first()
    if voice is None or voice.meeting_id is not None:
        raise EmptyVoice(_("This voice is no longer here."))
    if not can_listen(by, voice.library_id):
        raise NotAllowed(_("You do not work at this library."))
    Disclosure.objects.create(
        id=derived_id(id, "disclosure"), library_id=voice.library_id, text=voice.text,
        neighbourhood=voice.neighbourhood, phone=voice.phone, happened_at=voice.happened_at)
    voice.delete()


@change("response.passed_on", says=_("{by} passed an answer on to the safeguarding person"))
def pass_answer_on(*, response_id: UUID, key: str, by: Actor, at: datetime, id: UUID) -> None:
    """Staff who read a free answer that discloses harm hand it over: these words leave the sheet altogether, the other
    answers stay counted. Raises NotAllowed, EmptyVoice (they are gone)."""
    row = Response.objects.select_for_update().filter(pk=response_id, voided_at__isnull=True).first()
    if row is not None and not can_enter(by, row.library_id):
        raise NotAllowed(_("You do not work at this library."))
    text = row.answers.get(key) if row is not None else None
    if row is None or not isinstance(text, str):
        raise EmptyVoice(_("This answer is no longer here."))
    Disclosure.objects.create(id=derived_id(id, "disclosure"), library_id=row.library_id, text=text[:500],
                              happened_at=row.happened_at)
    row.answers = {name: value for name, value in row.answers.items() if name != key}
    row.save(update_fields=["answers"])


@change("disclosure.handled", says=_("The safeguarding person took care of a message"))
def mark_handled(*, disclosure_id: UUID, by: Actor, at: datetime, id: UUID) -> None:
    """Taken care of; the number is erased now, the words after a year."""
    if not can_read_disclosures(by):
        raise NotAllowed(_("Only the safeguarding person reads these messages."))
    Disclosure.objects.filter(pk=disclosure_id, handled_at__isnull=True).update(handled_at=at, phone="")


@change("safeguarding.named", says=_("{by} named {account} as the safeguarding person"))
def name_safeguarding(*, account: Account, by: Actor, at: datetime, id: UUID) -> None:
    """From now on this account, and no other, reads disclosures. Raises NotAllowed."""
    if not can_name_safeguarding(by):
        raise NotAllowed(_("Only the coordinator names the safeguarding person."))
    NodeSetting.objects.update_or_create(name=SAFEGUARDING, defaults={"value": str(account.pk)})


@change("hotlines.set", says=_("{by} set the emergency numbers of the city"))
def set_hotlines(*, hotlines: Sequence[Hotline], by: Actor, at: datetime, id: UUID) -> None:
    """Which numbers stand beside messages about safety, and where the city has them from; what it gives no source for
    is shown as not checked. Raises NotAllowed, EmptyVoice (none is left)."""
    if not can_name_safeguarding(by):
        raise NotAllowed(_("Only the coordinator sets the emergency numbers."))
    kept = [Hotline(one.name.strip()[:80], one.number.strip()[:30], one.source.strip()[:160])
            for one in hotlines if one.name.strip() and one.number.strip()]
    if not kept:
        raise EmptyVoice(_("Leave at least one number."))
    NodeSetting.objects.update_or_create(name=HOTLINES, defaults={"value": [asdict(one) for one in kept[:6]]})
