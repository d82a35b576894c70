"""Registering, waiting, leaving: places are given under the gathering's lock, in order."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import phones
from simpul.core.actor import Actor, ActorKind
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.core.secrets import fingerprint, new_code
from simpul.gatherings.actions.refusals import (
    BadChoice,
    BadPhone,
    HasLeft,
    NameMissing,
    RegisteredAlready,
    RegistrationClosed,
)
from simpul.gatherings.letters import letter_about
from simpul.gatherings.models import Gathering, Registration
from simpul.gatherings.permissions import can_plan
from simpul.gatherings.queries import is_open_for
from simpul.gatherings.tokens import registration_token
from simpul.messages.actions import put_message
from simpul.messages.addresses import normalise_address
from simpul.people.models import AgeGroup, Sex
from simpul.people.queries import fold_name, printable

CODE_LENGTH = 10
TICKET_KEPT = timedelta(days=3)  # a ticket that could not be sent by then would only surprise


@change("registration.made", says=_("{by} registered somebody for “{gathering}”"))
def register(*, gathering: Gathering, name: str, phone: str, may_follow_up: bool = False, by: Actor, at: datetime,
             id: UUID) -> Registration:
    """A place, or a place in the waiting list. `phone` is a WhatsApp number or an e-mail address; to an address the
    ticket is sent. Staff may write somebody down after the time for it is over. Raises NameMissing, BadPhone,
    RegistrationClosed, RegisteredAlready."""
    name = " ".join(printable(name).split())[:120]
    if not name:
        raise NameMissing(_("What is your name?"), field="name")
    number, address = read_contact(phone)
    row = Gathering.objects.select_for_update().get(pk=gathering.pk)
    is_staff = can_plan(by, row.library_id)
    if not is_open_for(row, at, is_staff=is_staff):
        raise RegistrationClosed(_("Registration is not open. Ask the library whether you can still come."))
    key = fold_name(name) or name.lower()[:120]
    if row.registrations.on_the_day().filter(phone=number, email=address, name_key=key).exists():
        raise RegisteredAlready(_("This name is registered with this number already. Open the link you were given, "
                                  "or ask the library."), field="name")
    has_place = row.capacity is None or row.registrations.holding().count() < row.capacity
    row.last_number += 1
    row.save(update_fields=["last_number"])
    key_id = derived_id(id, "registration")
    made = Registration.objects.create(
        id=key_id, gathering=row, number=row.last_number, name=name, name_key=key, phone=number, email=address,
        may_follow_up=may_follow_up, state=Registration.State.IN if has_place else Registration.State.WAITING,
        code=new_code(CODE_LENGTH), token_hash=fingerprint(registration_token(key_id)), registered_at=at)
    if address:
        mail_ticket(made, at=at, id=id)
    return made


def read_contact(text: str) -> tuple[str, str]:
    """(phone as E.164, ""), or ("", e-mail address). Raises BadPhone."""
    if "@" in text:
        address = normalise_address(text)
        if address is None:
            raise BadPhone(_("This is no e-mail address. Write it like nama@contoh.id."), field="phone")
        return "", address
    number = phones.normalise(text)
    if number is None:
        raise BadPhone(_("Write a WhatsApp number like 0812 3456 7890, or an e-mail address."), field="phone")
    return number, ""


def mail_ticket(registration: Registration, *, at: datetime, id: UUID) -> None:
    """Her ticket's link goes to her address, as one step of a change; nothing where the node sends no e-mail."""
    gathering = registration.gathering
    letter = letter_about(registration, list(gathering.sessions.select_related("library")), about="ticket")
    put_message(
        key=f"gatherings.ticket:{registration.pk}", to=registration.email, subject=letter.subject, text=letter.text,
        library_id=gathering.library_id, expires_at=at + TICKET_KEPT, at=at, id=id)


@change("registration.completed", says=_("{registration} told more about herself"))
def complete_registration(*, registration: Registration, sex: str, age_group: str, may_follow_up: bool,
                          wants_no_photo: bool, by: Actor, at: datetime, id: UUID) -> Registration:
    """What reports ask, said by herself on her own page; all of it may stay open. Raises HasLeft, BadChoice."""
    need_own(registration, by)
    note(library=registration.gathering.library_id)
    if sex not in Sex.values or age_group not in AgeGroup.values:
        raise BadChoice(_("Choose one of the list."))
    if registration.state == Registration.State.LEFT:
        raise HasLeft(_("You have left already. Register again if you want to come."))
    registration.sex, registration.age_group = sex, age_group
    registration.may_follow_up, registration.wants_no_photo = may_follow_up, wants_no_photo
    registration.save(update_fields=["sex", "age_group", "may_follow_up", "wants_no_photo"])
    return registration


@change("registration.left", says=_("{registration} gave the place back"))
def leave_gathering(*, registration: Registration, by: Actor, at: datetime, id: UUID) -> Registration:
    """She does not come; the first who waits gets her place. Name and number are forgotten at once: nothing is left
    to remind her of. Raises HasLeft, NotAllowed."""
    need_own(registration, by)
    gathering = Gathering.objects.select_for_update().get(pk=registration.gathering_id)
    note(library=gathering.library_id)
    row = gathering.registrations.get(pk=registration.pk)
    if row.state == Registration.State.LEFT:
        raise HasLeft(_("This place was given back already."))
    row.state, row.left_at, row.forgotten_at = Registration.State.LEFT, at, at
    row.name = row.name_key = row.phone = row.email = ""
    row.save(update_fields=["state", "left_at", "forgotten_at", "name", "name_key", "phone", "email"])
    note(gathering=gathering, moved_up=fill_places(gathering, at))
    return row


@change("registration.handed_over", says=_("{by} gave a place of “{gathering}” to somebody else"))
def hand_over_place(*, registration: Registration, name: str, phone: str, by: Actor, at: datetime, id: UUID) -> Registration:
    """Another person comes in her stead: she is forgotten, the other has her place or her turn, before anybody who
    waits. Raises HasLeft, NotAllowed, and what `register` raises."""
    gathering = Gathering.objects.select_for_update().get(pk=registration.gathering_id)
    if not can_plan(by, gathering.library_id):
        raise NotAllowed(_("Only the staff of this library plan its activities."))
    note(library=gathering.library_id, gathering=gathering)
    old = gathering.registrations.get(pk=registration.pk)
    if old.state == Registration.State.LEFT:
        raise HasLeft(_("This place was given back already."))
    number, state = old.number, old.state
    gathering.last_number += 1
    gathering.save(update_fields=["last_number"])
    old.state, old.left_at, old.forgotten_at, old.number = Registration.State.LEFT, at, at, gathering.last_number
    old.name = old.name_key = old.phone = old.email = ""
    old.save(update_fields=["state", "left_at", "forgotten_at", "number", "name", "name_key", "phone", "email"])
    made = register(gathering=gathering, name=name, phone=phone, by=by, at=at, id=derived_id(id, "registration"))
    made.state = Registration.State.WAITING if state == Registration.State.WAITING else Registration.State.IN
    made.number = number  # her turn, not the end of the list
    made.save(update_fields=["state", "number"])
    return made


def fill_places(gathering: Gathering, at: datetime) -> int:
    """Give free places to those who wait, in order; how many moved up. The caller holds the gathering's lock."""
    waiting = gathering.registrations.waiting()
    if gathering.capacity is not None:
        free = gathering.capacity - gathering.registrations.holding().count()
        waiting = waiting[:max(free, 0)]
    first = list(waiting.values_list("pk", flat=True))
    return Registration.objects.filter(pk__in=first).update(state=Registration.State.IN, moved_up_at=at, told_at=None)


def link_actor(registration: Registration) -> Actor:
    """Who acts when a registrant comes by her own link."""
    return Actor(kind=ActorKind.LINK, id=registration.pk)


def need_own(registration: Registration, by: Actor) -> None:
    is_herself = by.kind == ActorKind.LINK and by.id == registration.pk
    if not is_herself and not can_plan(by, registration.gathering.library_id):
        raise NotAllowed(_("Only she herself or the library may change this registration."))
