"""Correcting a person, replacing a card, ending, blocking and renewing a membership, naming a guardian."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.clock import local_date
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.people.actions.enrolment import (
    GuardianGiven,
    add_guardian_row,
    described,
    issue_card,
    still_there,
    tidy,
)
from simpul.people.actions.refusals import BadChoice, GuardianMissing, NothingToDo, ReasonMissing
from simpul.people.models import Card, Guardianship, Member, Person
from simpul.people.permissions import can_record_members

CORRECTABLE = frozenset({"name", "birth_year", "sex", "phone", "email", "address", "occupation", "education",
                         "institution", "help_offered"})


def refuse_strangers(by: Actor, library_id: UUID) -> None:
    if not can_record_members(by, library_id):
        raise NotAllowed(_("Only the staff of this library may do this."))


@change("person.corrected", says=gettext_lazy("{by} corrected what is known of {person}"))
def correct_person(*, person: Person, known: dict[str, Any], by: Actor, at: datetime, id: UUID) -> Person:
    """Write the given fields (of CORRECTABLE) anew; the journal keeps which ones, not what stood there.

    Refuses what `enrol_member` refuses, and a person who was erased.
    """
    refuse_strangers(by, person.library_id)
    still_there(person)
    if unknown := set(known) - CORRECTABLE:
        raise BadChoice(_("This cannot be corrected here: {names}.").format(names=", ".join(sorted(unknown))))
    new = described(local_date(at, person.library.time_zone), **known)
    changed = sorted(name for name, value in new.items() if getattr(person, name) != value)
    for name in changed:
        setattr(person, name, new[name])
    person.save(update_fields=changed)
    note(fields=[name for name in changed if name != "name_key"])
    return person


@change("card.replaced", says=gettext_lazy("{by} gave {member} a new card; the old one opens nothing"))
def replace_card(*, member: Member, by: Actor, at: datetime, id: UUID) -> Card:
    """End the open card and issue one with a new random code."""
    refuse_strangers(by, member.library_id)
    still_there(member.person)
    member.cards.filter(ended_at__isnull=True).update(ended_at=at)
    return issue_card(member, at, derived_id(id, "card"))


@change("membership.ended", says=gettext_lazy("{by} ended the membership of {member}"))
def end_membership(*, member: Member, by: Actor, at: datetime, id: UUID) -> Member:
    """From today she borrows nothing more; open loans stay until they are returned. `resume_membership` undoes it."""
    refuse_strangers(by, member.library_id)
    if member.ended_on is not None:
        raise NothingToDo(_("This membership has already ended."))
    member.ended_on = local_date(at, member.library.time_zone)
    member.save(update_fields=["ended_on"])
    return member


@change("membership.resumed", says=gettext_lazy("{by} resumed the membership of {member}"))
def resume_membership(*, member: Member, until_on: date | None = None, by: Actor, at: datetime,
                      id: UUID) -> Member:
    """A member again, after an end or an expiry; `until_on` is the new last day, None for no end."""
    refuse_strangers(by, member.library_id)
    still_there(member.person)
    if until_on is not None and until_on < local_date(at, member.library.time_zone):
        raise BadChoice(_("Choose a day from today on."), field="until_on")
    member.ended_on, member.until_on = None, until_on
    member.save(update_fields=["ended_on", "until_on"])
    if not member.cards.filter(ended_at__isnull=True).exists():
        issue_card(member, at, derived_id(id, "card"))
    return member


@change("member.blocked", says=gettext_lazy("{by} stopped lending to {member}"))
def block_member(*, member: Member, reason: str, by: Actor, at: datetime, id: UUID) -> Member:
    """Nothing is lent to her until `unblock_member`. The reason is read out at the desk, so it must be fit for it."""
    refuse_strangers(by, member.library_id)
    still_there(member.person)
    if not tidy(reason):
        raise ReasonMissing(_("Write why, in words that can be read out to the member."), field="reason")
    member.blocked_because = tidy(reason)[:120]
    member.save(update_fields=["blocked_because"])
    return member


@change("member.unblocked", says=gettext_lazy("{by} lets {member} borrow again"))
def unblock_member(*, member: Member, by: Actor, at: datetime, id: UUID) -> Member:
    refuse_strangers(by, member.library_id)
    if not member.blocked_because:
        raise NothingToDo(_("This member is not blocked."))
    member.blocked_because = ""
    member.save(update_fields=["blocked_because"])
    return member


@change("guardian.added", says=gettext_lazy("{by} wrote down a guardian of {child}"))
def add_guardian(*, child: Person, guardian: GuardianGiven, by: Actor, at: datetime, id: UUID) -> Guardianship:
    """Another adult who answers for this child."""
    refuse_strangers(by, child.library_id)
    still_there(child)
    if not tidy(guardian.name):
        raise GuardianMissing(_("Write the guardian's name."), field="guardian_name")
    return add_guardian_row(child, guardian, at, derived_id(id, "guardian"))


@change("guardian.ended", says=gettext_lazy("{by} took {guardianship} off as a guardian"))
def end_guardianship(*, guardianship: Guardianship, by: Actor, at: datetime, id: UUID) -> Guardianship:
    """This adult answers for the child no longer; what she agreed to stays until it is withdrawn."""
    note(library=guardianship.child.library_id, child=guardianship.child)
    refuse_strangers(by, guardianship.child.library_id)
    if guardianship.ended_at is not None:
        raise NothingToDo(_("This guardian was already taken off."))
    guardianship.ended_at = at
    guardianship.save(update_fields=["ended_at"])
    return guardianship
