"""Erasing a person at her wish, or a child nobody agreed for."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.actor import SCHEDULE, Actor
from simpul.core.change import change, note
from simpul.core.clock import local_date
from simpul.core.erasure import empty_everywhere, reasons_to_keep
from simpul.core.refusal import NotAllowed
from simpul.core.secrets import fingerprint
from simpul.files.models import StoredFile
from simpul.people.actions.enrolment import still_there
from simpul.people.actions.refusals import StillNeeded
from simpul.people.models import (
    ADULT_AGE,
    CONSENT_DAYS,
    Consent,
    Member,
    Person,
    SamePerson,
)
from simpul.people.permissions import can_erase

_ERASURES = UUID("b0b1f1a6-7a9c-5d29-8f52-3c6f0a5c1d77")


@change("person.erased", says=gettext_lazy("{by} erased what was known of {person}"))
def erase_person(*, person: Person, by: Actor, at: datetime, id: UUID) -> Person:
    """Empty the person, end membership, cards, consent and links; ids, sex and birth year stay, so that counts do.

    By the librarian or the schedule. Refused while something of hers is open (`core.erasure`: a book is out).
    """
    if not can_erase(by, person.library_id):
        raise NotAllowed(_("Only the librarian erases a person."))
    still_there(person)
    if reasons := reasons_to_keep(person):
        raise StillNeeded(" ".join(reasons))
    _empty(person, at)
    for double in Member.objects.filter(same_as__person=person, person__erased_at__isnull=True).select_related(
            "person", "library"):
        _empty(double.person, at)  # entered twice: she is erased under both numbers
    member = Member.objects.filter(person=person).first()
    if member is not None:
        note(member=member)
    return person


def _empty(person: Person, at: datetime) -> None:
    empty_everywhere(person)  # first: some rows above are found by her name and number
    for name in ("name", "name_key", "phone", "email", "address", "occupation", "education", "institution"):
        setattr(person, name, "")
    person.help_offered, person.erased_at = [], at
    person.save()
    person.guardians.update(name="", phone="", relation="", ended_at=at)
    _erase_consents(person, at)
    SamePerson.objects.filter(Q(one=person) | Q(other=person), unlinked_at__isnull=True).update(unlinked_at=at)
    member = Member.objects.filter(person=person).first()
    if member is not None:
        _erase_membership(member, at)


def _erase_consents(person: Person, at: datetime) -> None:
    """What was agreed to stays on record; the pictures with names and signatures go, unless they prove others'."""
    files = set(person.consents.exclude(evidence=None).values_list("evidence_id", flat=True))
    person.consents.update(evidence=None)
    person.consents.in_force().update(withdrawn_at=at)
    shared = set(Consent.objects.filter(evidence__in=files).values_list("evidence_id", flat=True))
    StoredFile.objects.filter(pk__in=files - shared).delete()
    person.consent_requests.filter(answered_at__isnull=True, revoked_at__isnull=True).update(revoked_at=at)
    person.consent_sheets.clear()


def _erase_membership(member: Member, at: datetime) -> None:
    """Numbers of old systems may be school numbers: only a hash stays, so that importing again brings nobody back."""
    member.ended_on = member.ended_on or local_date(at, member.library.time_zone)
    member.blocked_because, member.number = "", f"-{member.pk.hex[-12:]}"
    if member.number_there:
        member.number_there = erased_number(member.number_there)
    member.save()
    for card in member.cards.all():
        card.code, card.ended_at = f"-{card.pk.hex}", card.ended_at or at
        card.save(update_fields=["code", "ended_at"])


def erased_number(number_there: str) -> str:
    """What stays of the number an erased member had in another system."""
    return fingerprint(number_there)[:60]


def unconsented(at: datetime) -> list[Person]:
    """Children named for CONSENT_DAYS (since enrolment, or since a guardian withdrew) without consent in force."""
    before = at - timedelta(days=CONSENT_DAYS)
    agreed = Consent.objects.in_force().filter(purpose=Consent.Purpose.CHILD_MEMBERSHIP).values("person")
    found = (Person.objects.present().exclude(pk__in=agreed).filter(
        birth_year__gte=(at - timedelta(days=1)).year - ADULT_AGE + 1, recorded_at__lte=before)
        .annotate(withdrawn_at=Max("consents__withdrawn_at", filter=Q(
            consents__purpose=Consent.Purpose.CHILD_MEMBERSHIP)))
        .filter(Q(withdrawn_at=None) | Q(withdrawn_at__lte=before)).select_related("library"))
    return [person for person in found if person.is_child(local_date(at, person.library.time_zone))]


def erase_unconsented(*, at: datetime, by: Actor = SCHEDULE) -> int:
    """Erase the children nobody agreed for in time; each is a change of its own, in a short transaction. Those with
    open loans wait for the next run. How many were erased comes back."""
    erased = 0
    for person in unconsented(at):
        try:
            erase_person(person=person, by=by, at=at, id=uuid5(_ERASURES, str(person.pk)))
            erased += 1
        except StillNeeded:
            continue
    return erased
