"""Who may do what with people, and who may borrow."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.core.actor import Actor
from simpul.core.refusal import Refusal
from simpul.people.models import Member
from simpul.people.queries import has_guardians_consent


class MayNotBorrow(Refusal):
    """This member may not borrow now; `code` says why: no_consent, blocked, membership_ended, membership_expired."""

    is_policy = True
    code = "may_not_borrow"


def can_record_members(actor: Actor, library_id: UUID) -> bool:
    """Its own staff enrol, correct, replace cards, record consent."""
    return actor.works_at(library_id, "members.record")


def can_erase(actor: Actor, library_id: UUID) -> bool:
    """The librarian of the library, or the node (the schedule of unconsented children)."""
    return actor.may("members.erase") and (actor.is_node or library_id in actor.librarian_of)


def may_borrow(member: Member, day: date) -> Refusal | None:
    """Why this member may not borrow on `day`, or None. One query for a child, none for others, where the
    member came with her person."""
    person = member.person
    if member.ended_on is not None and member.ended_on <= day:
        return MayNotBorrow(_("This membership has ended. Renew it on the member's page."), code="membership_ended")
    if member.until_on is not None and member.until_on < day:
        return MayNotBorrow(_("This membership has expired. Renew it on the member's page."),
                            code="membership_expired", facts={"until_on": member.until_on.isoformat()})
    if member.blocked_because:
        return MayNotBorrow(_("This member is blocked: {reason}").format(reason=member.blocked_because),
                            code="blocked")
    if person.is_child(day) and not has_guardians_consent(person):
        return MayNotBorrow(_("A child borrows once a guardian has agreed. Reading here is always possible."),
                            code="no_consent")
    return None


def can_import(actor: Actor, library_id: UUID) -> bool:
    """Who may read names may bring them: the librarian, or the node's command line."""
    return actor.may("members.import") and (actor.is_node or library_id in actor.librarian_of)
