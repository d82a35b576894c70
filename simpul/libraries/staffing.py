"""Who may bring people in, let them go, and help them back in. Nobody grants a role above their own."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from simpul.accounts.models import Account, Invitation
from simpul.core.actor import RANK, Actor, Role
from simpul.libraries.models import StaffRole
from simpul.libraries.queries import actor_of_account

CITY_ROLES = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
OF_LIBRARIAN = (Role.VOLUNTEER, Role.LIBRARIAN)
OF_COORDINATOR = (Role.VOLUNTEER, Role.LIBRARIAN, Role.MENTOR, Role.COORDINATOR)


def can_give(actor: Actor, role: Role, library_id: UUID | None) -> bool:
    """May this actor give (and take away) this role at this library, or for the city where it is None?"""
    if actor.only or (role in CITY_ROLES) != (library_id is None) or RANK[role] > actor.rank:
        return False
    if actor.is_node or actor.is_administrator:
        return True
    if actor.is_coordinator:
        return role in OF_COORDINATOR
    return role in OF_LIBRARIAN and library_id in actor.librarian_of


def can_give_some(actor: Actor, library_id: UUID) -> list[Role]:
    """The roles this actor may give at this library, the most given first."""
    return [role for role in (Role.VOLUNTEER, Role.LIBRARIAN, Role.MENTOR) if can_give(actor, role, library_id)]


def at_place(library_id: UUID | None) -> Q:
    """Roles at this library, or for the city where it is None."""
    return Q(library__isnull=True) if library_id is None else Q(library_id=library_id)


def manages_city(actor: Actor) -> bool:
    """Mentors' assignments, coordinators, administrators."""
    return not actor.only and (actor.is_node or actor.is_coordinator or actor.is_administrator)


def roles_held(account: Account, day: date) -> list[StaffRole]:
    """Roles that serve today or will later."""
    return list(account.roles.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)))


def can_help_back(actor: Actor, held: Iterable[StaffRole]) -> bool:
    """May this actor let the holder of these roles choose a new password?

    Whoever can do that can become the other, so only for people below: a coordinator for librarians, volunteers
    and mentors; a librarian for who is a volunteer of her own library and nothing anywhere else.
    """
    if actor.only:
        return False
    roles = list(held)
    if actor.is_node:
        return True
    if actor.is_coordinator or actor.is_administrator:
        return all(RANK[Role(role.role)] < actor.rank for role in roles)
    return bool(roles) and all(
        role.role == Role.VOLUNTEER and role.library_id in actor.librarian_of for role in roles)


def still_stands(invitation: Invitation, day: date) -> bool:
    """Could who made this link make it today? The links of somebody who no longer serves are void."""
    if invitation.invited_by_id is None:
        return True  # the node's own command line
    maker = Account.objects.filter(pk=invitation.invited_by_id, is_active=True).first()
    if maker is None:
        return False
    actor = actor_of_account(maker, day, is_verified=True)  # she had proved herself when she made it
    if invitation.account is not None:
        return can_help_back(actor, roles_held(invitation.account, day))
    return can_give(actor, Role(invitation.role), invitation.library_id)
