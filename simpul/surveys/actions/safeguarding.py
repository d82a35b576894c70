"""What somebody discloses about safety goes to one named person; nobody else ever reads it."""

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
from simpul.surveys.models import Disclosure, Voice
from simpul.surveys.permissions import can_listen, can_name_safeguarding, can_read_disclosures
from simpul.surveys.queries import SAFEGUARDING


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
