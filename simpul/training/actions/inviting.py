"""Who comes: libraries are asked, name people, who confirm, decline, are replaced."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.secrets import fingerprint
from simpul.gatherings.actions import hand_over_place, leave_gathering, register
from simpul.gatherings.actions.registering import read_contact
from simpul.gatherings.models import Registration
from simpul.libraries.models import Library
from simpul.people.models import Sex
from simpul.people.queries import fold_name, printable
from simpul.training.actions.refusals import (
    NamedAlready,
    NotOpen,
    QuotaFull,
    WrongPerson,
    WrongState,
    need_her,
    need_namer,
    need_office,
    need_running,
)
from simpul.training.models import Invitation, Participant, Workshop
from simpul.training.permissions import as_host, can_help
from simpul.training.queries import priorities, same_people
from simpul.training.tokens import participant_token

State = Participant.State


@change("workshop.invited", says=_("{by} invited {n} libraries to “{workshop}”"))
def invite_libraries(*, workshop: Workshop, libraries: Sequence[UUID], by: Actor, at: datetime, id: UUID) -> int:
    """These libraries are asked, each with the workshop's quota and the reason it stood on the list for; who is asked
    already stays. How many are new. Raises NotAllowed, NotOpen."""
    need_office(by)
    _need_open(workshop)
    reasons = {one.library.pk: one.reason for one in priorities(workshop)}
    there = set(workshop.invitations.values_list("library_id", flat=True))
    found = Library.objects.filter(pk__in=[one for one in libraries if one not in there]).values_list("pk", flat=True)
    rows = [Invitation(id=derived_id(id, f"invitation {pk}"), workshop=workshop, library_id=pk, quota=workshop.quota,
                       reason=reasons.get(pk, Invitation.Reason.CHOSEN), invited_at=at) for pk in found]
    Invitation.objects.bulk_create(rows)
    note(n=len(rows))
    return len(rows)


@change("workshop.invitation_told", says=_("{by} sent an invitation to “{workshop}”"))
def mark_invitation_told(*, workshop: Workshop, invitation_id: UUID, by: Actor, at: datetime, id: UUID) -> None:
    need_office(by)
    workshop.invitations.filter(pk=invitation_id).update(told_at=at)


@change("workshop.invitation_set", says=_("{by} changed the quota of a library at “{workshop}”"))
def set_quota(*, workshop: Workshop, invitation_id: UUID, quota: int, by: Actor, at: datetime, id: UUID) -> None:
    """How many this library may send. Raises NotAllowed, WrongState."""
    need_office(by)
    if not 1 <= quota <= 50:
        raise WrongState(_("Between 1 and 50 people."), field="quota")
    workshop.invitations.filter(pk=invitation_id).update(quota=quota)


@change("workshop.invitation_declined", says=_("{by} told that {library} sends nobody to “{workshop}”"))
def decline_invitation(*, workshop: Workshop, library: Library, because: str = "", by: Actor, at: datetime,
                       id: UUID) -> Invitation:
    """The library sends nobody this time. Raises NotAllowed, WrongState (people of it are named)."""
    need_namer(by, workshop, library.pk)
    row = _invitation(workshop, library)
    if workshop.participants.current().filter(library=library).exists():
        raise WrongState(_("People of this library are named. Take them back first."))
    row.declined_at, row.because = at, because.strip()[:200]
    row.save(update_fields=["declined_at", "because"])
    return row


@change("participant.named", says=_("{by} named somebody of {library} for “{workshop}”"))
def name_participant(*, workshop: Workshop, library: Library, name: str, phone: str, role: str = "", sex: str = "",
                     by: Actor, at: datetime, id: UUID) -> Participant:
    """A library names one of its people; `phone` a WhatsApp number or an e-mail address. The same person named by
    another library is noticed (flag "two_libraries") and confirmed once only. Raises NotAllowed, NotOpen, QuotaFull,
    NamedAlready, WrongPerson."""
    need_namer(by, workshop, library.pk)
    _need_open(workshop)
    invitation = Invitation.objects.select_for_update().filter(workshop=workshop, library=library).first()
    is_office = can_help(by, workshop.library_id)
    if invitation is None and not is_office:
        raise NotOpen(_("Your library was not invited to this workshop. Ask the city's library."))
    if not is_office and workshop.gathering.first_on and workshop.gathering.sessions.filter(starts_at__lte=at).exists():
        raise NotOpen(_("The workshop has begun. Ask those who run it."))
    quota = invitation.quota if invitation else workshop.quota
    if workshop.participants.current().filter(library=library).count() >= quota:
        if not by.is_replay:
            raise QuotaFull(_("This library may send %(n)s people. Replace somebody, or ask for more places.") % {"n": quota},
                            field="name")
        note(flags=[QuotaFull.code])
    row = _person(workshop, library, name, phone, role, sex, at, id)
    if invitation is not None and invitation.declined_at:
        Invitation.objects.filter(pk=invitation.pk).update(declined_at=None, because="")
    return row


def _person(workshop: Workshop, library: Library, name: str, phone: str, role: str, sex: str, at: datetime,
            id: UUID) -> Participant:
    name = " ".join(printable(name).split())[:120]
    if not name or any(ch in "<>{}" for ch in name):
        raise WrongPerson(_("Write the name as it is to be printed on the certificate."), field="name")
    if sex not in Sex.values:
        raise WrongPerson(_("Choose one of the list."), field="sex")
    number, address = read_contact(phone)
    key = fold_name(name) or name.lower()[:120]
    there = workshop.participants.current().filter(name_key=key, phone=number, email=address)
    if there.filter(library=library).exists():
        raise NamedAlready(_("This person is named already."), field="name")
    if there.exists():
        note(flags=["two_libraries"])
    pk = derived_id(id, "participant")
    return Participant.objects.create(
        id=pk, workshop=workshop, library=library, name=name, name_key=key, phone=number, email=address,
        role=role.strip()[:80], sex=sex, token_hash=fingerprint(participant_token(pk)), named_at=at)


@change("participant.confirmed", says=_("{by} confirmed {participant} for “{workshop}”"))
def confirm_participant(*, participant: Participant, by: Actor, at: datetime, id: UUID) -> Participant:
    """She comes: a place, or a place in the waiting list. Twice is once. Raises NotAllowed, NotOpen, WrongState,
    NamedAlready (another library confirmed her)."""
    need_her(by, participant)
    row = _locked(participant)
    note(workshop=row.workshop)
    _need_open(row.workshop)
    if row.state == State.CONFIRMED:
        return row
    if row.state == State.REPLACED or not row.name:
        raise WrongState(_("Somebody else comes in her place."))
    for other in same_people([row]).get(row.pk, ()):
        if other.state == State.CONFIRMED:
            raise NamedAlready(_("She is confirmed for %(library)s already.") % {"library": other.library.name})
    row.registration = register(
        gathering=row.workshop.gathering, name=row.name, phone=row.phone or row.email, by=as_host(by, row.workshop), at=at,
        id=derived_id(id, "place"))
    row.state, row.answered_at = State.CONFIRMED, at
    row.save(update_fields=["registration", "state", "answered_at"])
    return row


@change("participant.declined", says=_("{by} told that {participant} does not come to “{workshop}”"))
def decline_participant(*, participant: Participant, by: Actor, at: datetime, id: UUID) -> Participant:
    """She does not come; the first who waits moves up. Raises NotAllowed, WrongState (she was there)."""
    need_her(by, participant)
    row = _locked(participant)
    note(workshop=row.workshop)
    if row.state in (State.DECLINED, State.REPLACED):
        return row
    _need_absent(row)
    if row.registration is not None and row.registration.state != Registration.State.LEFT:
        leave_gathering(registration=row.registration, by=as_host(by, row.workshop), at=at, id=derived_id(id, "place"))
    row.state, row.answered_at = State.DECLINED, at
    row.save(update_fields=["state", "answered_at"])
    return row


@change("participant.replaced", says=_("{by} sent somebody else in the place of {participant}"))
def substitute_participant(*, participant: Participant, name: str, phone: str, role: str = "", sex: str = "", by: Actor,
                           at: datetime, id: UUID) -> Participant:
    """Another person of the same library takes over her place, before anybody who waits. The new participant. Raises
    NotAllowed, NotOpen, WrongState, WrongPerson, NamedAlready."""
    need_her(by, participant)
    old = _locked(participant)
    note(library=old.library_id, workshop=old.workshop)
    need_running(old.workshop)
    if not old.is_current:
        raise WrongState(_("She has no place to hand over."))
    _need_absent(old)
    row = _person(old.workshop, old.library, name, phone, role, sex, at, id)
    row.replaces = old
    if old.registration is not None and old.registration.state != Registration.State.LEFT:
        row.registration = hand_over_place(
            registration=old.registration, name=row.name, phone=row.phone or row.email, by=as_host(by, old.workshop),
            at=at, id=derived_id(id, "place"))
        row.state, row.answered_at = State.CONFIRMED, at
    row.save()
    old.state, old.answered_at = State.REPLACED, at
    old.save(update_fields=["state", "answered_at"])
    return row


@change("participant.told", says=_("{by} told {participant} about “{workshop}”"))
def mark_participant_told(*, participant: Participant, by: Actor, at: datetime, id: UUID) -> Participant:
    """Somebody sent her the message. Raises NotAllowed."""
    need_namer(by, participant.workshop, participant.library_id)
    note(library=participant.library_id, workshop=participant.workshop)
    participant.told_at = at
    participant.save(update_fields=["told_at"])
    return participant


def _locked(participant: Participant) -> Participant:
    return Participant.objects.select_for_update(of=("self",)).select_related(
        "workshop__gathering", "workshop__library", "library", "registration").get(pk=participant.pk)


def _invitation(workshop: Workshop, library: Library) -> Invitation:
    row = workshop.invitations.filter(library=library).first()
    if row is None:
        raise NotOpen(_("Your library was not invited to this workshop. Ask the city's library."))
    return row


def _need_open(workshop: Workshop) -> None:
    need_running(workshop)
    if workshop.gathering.is_draft:
        raise NotOpen(_("Open the workshop first; then libraries can be invited."))


def _need_absent(row: Participant) -> None:
    if row.presence.valid().exists():
        raise WrongState(_("She was present already. If she went home, write that down instead."))
