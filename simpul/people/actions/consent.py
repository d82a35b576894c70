"""Consent: written down from a signed sheet, said at the desk, or given by a link; and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.actor import Actor, ActorKind
from simpul.core.change import change, note
from simpul.core.clock import local_date
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.core.secrets import fingerprint, new_code
from simpul.files.actions import store_picture
from simpul.files.models import StoredFile
from simpul.libraries.models import Library
from simpul.people import wordings
from simpul.people.actions.enrolment import GuardianGiven, add_guardian_row, still_there, tidy
from simpul.people.actions.membership import refuse_strangers
from simpul.people.actions.refusals import (
    BadChoice,
    EvidenceMissing,
    GuardianMissing,
    LinkClosed,
    NotAChild,
    NothingToDo,
)
from simpul.people.models import Consent, ConsentRequest, ConsentSheet, Guardianship, Person

LINK_DAYS = 14
SHEET_ROWS = 60  # children on one class sheet


@dataclass(frozen=True)
class ConsentGiven:
    """One child's line: who agreed (an adult already known to us, or one named now), and to messages too?"""

    person_id: UUID
    guardian: GuardianGiven | None = None
    may_contact: bool = False


@change("consent.sheet_made", says=gettext_lazy("{by} printed consent sheet {result} for {n} children"))
def make_consent_sheet(*, library: Library, persons: Sequence[Person], by: Actor, at: datetime,
                       id: UUID) -> ConsentSheet:
    """A sheet to print and sign for one child or a class of this library, with a short code that finds it again."""
    refuse_strangers(by, library.pk)
    if not 0 < len(persons) <= SHEET_ROWS:
        raise BadChoice(_("Choose from one to {most} children.").format(most=SHEET_ROWS))
    day = local_date(at, library.time_zone)
    for person in persons:
        _refuse_unless_child_of(person, library.pk, day)
    sheet = ConsentSheet.objects.create(
        id=derived_id(id, "sheet"), library=library, code=new_code(6), made_at=at,
        wording=wordings.current(Consent.Purpose.CHILD_MEMBERSHIP).version)
    sheet.persons.set(persons)
    note(n=len(persons))
    return sheet


@change("consent.recorded", says=gettext_lazy("{by} wrote down a guardian's consent for {n} children"))
def record_consent(*, library: Library, given: Sequence[ConsentGiven], how: str, evidence: Any = None,
                   sheet: ConsentSheet | None = None, by: Actor, at: datetime, id: UUID) -> int:
    """The consent of guardians for one child or a class; how many consents are new comes back.

    `how` is a Consent.How but LINK, which only the guardian gives. A signed sheet needs `evidence`, its picture as
    `files.prepare_picture` made it; one picture proves all lines. A child whose consent is in force is passed over.
    Refuses a line without a guardian's name, and people who are no children of this library.
    """
    refuse_strangers(by, library.pk)
    if how not in (Consent.How.SHEET, Consent.How.CLASS_SHEET, Consent.How.IN_PERSON):
        raise BadChoice(_("Choose how the guardian agreed."), field="how")
    if how != Consent.How.IN_PERSON and evidence is None:
        raise EvidenceMissing(_("Take a picture of the signed sheet."), field="evidence")
    day = local_date(at, library.time_zone)
    people = {person.pk: person for person in Person.objects.filter(pk__in=[line.person_id for line in given])}
    stored = store_picture(upload=evidence, library_id=library.pk, at=at, id=derived_id(id, "evidence")) \
        if evidence is not None else None
    version = sheet.wording if sheet else wordings.current(Consent.Purpose.CHILD_MEMBERSHIP).version
    new = 0
    for line in given:
        person = people.get(line.person_id)
        if person is None:
            raise NotAChild(_("Choose children of this library."))
        _refuse_unless_child_of(person, library.pk, day)
        guardian = _guardian(person, line.guardian, at, derived_id(id, f"guardian {person.pk}"))
        new += _give(person, guardian, line.may_contact, how, version, stored, at, id)
        rows: dict[str, Any] = {f"child_{person.pk.hex}": person}
        note(**rows)
    if sheet is not None and sheet.signed_at is None:
        sheet.signed_at = at
        sheet.save(update_fields=["signed_at"])
    note(n=new, how=how)
    return new


def _refuse_unless_child_of(person: Person, library_id: UUID, day: Any) -> None:
    still_there(person)
    if person.library_id != library_id or not person.is_child(day):
        raise NotAChild(_("A guardian's consent is for children of this library only."))


def _guardian(child: Person, given: GuardianGiven | None, at: datetime, id: UUID) -> Guardianship:
    """The adult who agreed: the one of that name already known, one named now, or the only one we know."""
    known = list(child.guardians.filter(ended_at__isnull=True))
    if given is not None and tidy(given.name):
        same = [row for row in known if row.name.casefold() == tidy(given.name).casefold()]
        return same[0] if same else add_guardian_row(child, given, at, id)
    if not known:
        raise GuardianMissing(_("Write the name of the parent or guardian who agreed."), field="guardian_name")
    return known[0]


def _give(person: Person, guardian: Guardianship, may_contact: bool, how: str, version: str,
          evidence: StoredFile | None, at: datetime, id: UUID) -> int:
    """Write what is not yet in force; 1 where the consent to membership is new, else 0."""
    wanted = {Consent.Purpose.CHILD_MEMBERSHIP: version}
    if may_contact:
        wanted[Consent.Purpose.CONTACT] = wordings.current(Consent.Purpose.CONTACT).version
    in_force = set(person.consents.in_force().values_list("purpose", flat=True))
    for purpose, wording in wanted.items():
        if purpose not in in_force:
            Consent.objects.create(
                id=derived_id(id, f"{purpose} {person.pk}"), person=person, guardianship=guardian,
                purpose=purpose, how=how, wording=wording, evidence=evidence, given_at=at, recorded_at=at)
    return int(Consent.Purpose.CHILD_MEMBERSHIP not in in_force)


def link_token(request_id: UUID) -> str:
    """The secret of a consent link. It follows from the node's own key, so that the same link can be sent again
    while only its hash is kept."""
    return salted_hmac("simpul.people.consent", str(request_id), algorithm="sha256").hexdigest()


@change("consent.asked", says=gettext_lazy("{by} made a consent link for a guardian of {person}"))
def ask_consent_by_link(*, person: Person, by: Actor, at: datetime, id: UUID) -> ConsentRequest:
    """A link for the guardian's phone, good for fourteen days and one answer (`link_token` of its id is its secret).
    An older open link of this child ends."""
    refuse_strangers(by, person.library_id)
    _refuse_unless_child_of(person, person.library_id, local_date(at, person.library.time_zone))
    person.consent_requests.filter(answered_at__isnull=True, revoked_at__isnull=True).update(revoked_at=at)
    request_id = derived_id(id, "request")
    return ConsentRequest.objects.create(
        id=request_id, person=person, token_hash=fingerprint(link_token(request_id)), made_at=at,
        expires_at=at + timedelta(days=LINK_DAYS))


def link_actor(request: ConsentRequest) -> Actor:
    """Who acts when a guardian answers by her link."""
    return Actor(kind=ActorKind.LINK, id=request.pk)


@change("consent.answered", says=gettext_lazy("{by} answered for {person}"))
def answer_by_link(*, request: ConsentRequest, agrees: bool, guardian: GuardianGiven | None = None,
                   may_contact: bool = False, by: Actor, at: datetime, id: UUID) -> ConsentRequest:
    """The guardian's answer; a second one is refused. Agreeing needs her name."""
    if by != link_actor(request):
        raise NotAllowed(_("Only the holder of the link may answer."))
    person = request.person
    note(library=person.library_id, person=person, agrees=agrees)
    still_there(person)
    # taken in one statement: of two answers at once exactly one is the first
    taken = ConsentRequest.objects.filter(
        pk=request.pk, answered_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at,
    ).update(answered_at=at, is_agreed=agrees)
    if not taken:
        raise LinkClosed(_("This link was already used or is too old. Ask the library for a new one."))
    if agrees:
        if guardian is None or not tidy(guardian.name):
            raise GuardianMissing(_("Write your name."), field="guardian_name")
        adult = _guardian(person, guardian, at, derived_id(id, "guardian"))
        version = wordings.current(Consent.Purpose.CHILD_MEMBERSHIP).version
        _give(person, adult, may_contact, Consent.How.LINK, version, None, at, id)
    request.refresh_from_db()
    return request


@change("consent.withdrawn", says=gettext_lazy("{by} wrote down that consent for {person} was withdrawn"))
def withdraw_consent(*, consent: Consent, by: Actor, at: datetime, id: UUID) -> Consent:
    """From this moment it is no longer agreed. By staff for the guardian (or the adult herself), or by the link it
    was given with. Without consent to named membership a child borrows nothing more and gets no messages; open loans
    stay until they are returned; her data is erased after CONSENT_DAYS unless the guardian agrees again."""
    person = consent.person
    note(library=person.library_id, person=person, purpose=consent.purpose)
    by_link = by.kind == ActorKind.LINK and by.id is not None and ConsentRequest.objects.filter(
        pk=by.id, person=person, is_agreed=True).exists()
    if not by_link:
        refuse_strangers(by, person.library_id)
    if consent.withdrawn_at is not None:
        raise NothingToDo(_("This consent was already withdrawn."))
    also = person.consents.in_force()
    if consent.purpose != Consent.Purpose.CHILD_MEMBERSHIP:
        also = also.filter(pk=consent.pk)
    also.update(withdrawn_at=at)
    consent.refresh_from_db()
    return consent
