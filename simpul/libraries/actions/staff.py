"""Bringing people in by a link, and helping them back in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.accounts.actions import second_factor
from simpul.accounts.actions.profile import AlreadyTaken, refuse_taken, write_password
from simpul.accounts.derived import token_of
from simpul.accounts.models import ROLE_NAMES, Account, Invitation
from simpul.accounts.passwords import Secret
from simpul.core.actor import Actor, Role
from simpul.core.change import change, note
from simpul.core.clock import local_date
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.core.secrets import fingerprint
from simpul.libraries.models import Library, StaffRole
from simpul.libraries.staffing import CITY_ROLES, at_place, can_give, can_help_back, roles_held, still_stands

LINK_LASTS = timedelta(hours=72)


class LinkGone(Refusal):
    """Spent, revoked, out of date or never made: the same answer for all."""

    code = "link_gone"


class AlreadyServes(Refusal):
    """The account holds this role already; the link stays good for somebody else."""

    code = "already_serves"


class WrongPlace(Refusal):
    """A role of the city with a library, or a role at a library without one."""

    code = "wrong_place"


@dataclass(frozen=True)
class Invited:
    """A link's row and its secret, shown once: the address is libraries:invitation with `token`."""

    invitation: Invitation
    token: str


def invite(*, role: Role, library: Library | None, for_name: str, by: Actor, at: datetime, id: UUID) -> Invited:
    """A link, good for 72 hours and one person, that gives `role` at `library` (None: for the city).

    The same change gives the same link again. Raises NotAllowed, WrongPlace.
    """
    return _with_token(_invite(role=role, library=library, for_name=for_name, by=by, at=at, id=id))


@change("staff.invited", says=gettext_lazy("{by} invited somebody to serve: {result}"))
def _invite(*, role: Role, library: Library | None, for_name: str, by: Actor, at: datetime, id: UUID) -> Invitation:
    if (role in CITY_ROLES) != (library is None):
        raise WrongPlace(_("Choose the library where this role serves; coordinators and administrators have none."),
                         field="library")
    if not can_give(by, role, library.pk if library else None):
        raise NotAllowed(_("You cannot give this role."), field="role")
    return _make_link(id, by=by, at=at, role=role, library_id=library.pk if library else None,
                      for_name=for_name.strip())


def reset_link(*, account: Account, by: Actor, at: datetime, id: UUID) -> Invited:
    """A link, good for 72 hours and once, with which the account chooses a new password. Older ones end.

    The same change gives the same link again. Raises NotAllowed.
    """
    return _with_token(_reset_link(account=account, by=by, at=at, id=id))


@change("account.reset_offered", says=gettext_lazy("{by} made a link for {account} to choose a new password"))
def _reset_link(*, account: Account, by: Actor, at: datetime, id: UUID) -> Invitation:
    held = roles_held(account, today(at))
    if not can_help_back(by, held):
        raise NotAllowed("")
    Invitation.objects.filter(account=account).open(at).update(revoked_at=at)
    library_id = next((role.library_id for role in held if role.library_id in by.librarian_of), None)
    return _make_link(id, by=by, at=at, role="", library_id=library_id, account=account)


def _make_link(id: UUID, *, by: Actor, at: datetime, role: str, library_id: UUID | None, for_name: str = "",
               account: Account | None = None) -> Invitation:
    if library_id:
        note(library=library_id)
    return Invitation.objects.create(
        id=id, token_hash=fingerprint(token_of(id, "invitation")), role=role, library_id=library_id,
        for_name=for_name, account=account, invited_by_id=by.id, made_at=at, expires_at=at + LINK_LASTS)


def _with_token(invitation: Invitation) -> Invited:
    return Invited(invitation, token_of(invitation.pk, "invitation"))


@change("invitation.revoked", says=gettext_lazy("{by} withdrew an invitation: {invitation}"))
def revoke_invitation(*, invitation: Invitation, by: Actor, at: datetime, id: UUID) -> Invitation:
    """The link opens nothing any more; one that was spent stays spent. Raises NotAllowed."""
    if not can_revoke(by, invitation, at):
        raise NotAllowed("")
    Invitation.objects.filter(pk=invitation.pk, spent_at__isnull=True, revoked_at__isnull=True).update(revoked_at=at)
    return invitation


def can_revoke(actor: Actor, invitation: Invitation, at: datetime) -> bool:
    if invitation.account is not None:
        return can_help_back(actor, roles_held(invitation.account, today(at)))
    return can_give(actor, Role(invitation.role), invitation.library_id)


def open_link(token: str, at: datetime) -> Invitation | None:
    """The link of a token if it still works; nothing is spent."""
    invitation = find_link(token)
    if invitation is None or not invitation.is_open(at) or not still_stands(invitation, today(at)):
        return None
    return invitation


def find_link(token: str) -> Invitation | None:
    """The link of a token, whatever became of it."""
    return Invitation.objects.select_related("account").filter(token_hash=fingerprint(token)).first()


@change("account.joined", says=gettext_lazy("{result} accepted an invitation: {invitation}"))
def accept_as_new(*, invitation: Invitation, name: str, phone: str, password: Secret, by: Actor, at: datetime,
                  id: UUID) -> Account:
    """A new account with the role of the invitation. Raises LinkGone, AlreadyTaken."""
    _spend(invitation, at)
    account = Account(id=derived_id(id, "account"), name=name.strip(), phone=phone)
    refuse_taken(account)
    account.set_password(password.text)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise AlreadyTaken(_("Another account already signs in with this number."), field="phone") from None
    _grant(invitation, account, at, id)
    return account


@change("invitation.accepted", says=gettext_lazy("{account} accepted an invitation: {invitation}"))
def accept_as(*, invitation: Invitation, account: Account, by: Actor, at: datetime, id: UUID) -> Account:
    """The role of the invitation for an account that exists. Raises LinkGone, AlreadyServes."""
    _spend(invitation, at)
    serves = account.roles.on(today(at)).filter(at_place(invitation.library_id), role=invitation.role)
    if serves.exists():
        raise AlreadyServes(_("You serve here in this role already. The link is still good for somebody else."))
    _grant(invitation, account, at, id)
    return account


@change("account.reset", says=gettext_lazy("{account} chose a new password with a link"))
def accept_reset(*, invitation: Invitation, account: Account, password: Secret, by: Actor, at: datetime,
                 id: UUID) -> Account:
    """A new password by a reset link; every session ends. Raises LinkGone."""
    if invitation.account_id != account.pk:
        raise link_gone()
    _spend(invitation, at)
    Invitation.objects.filter(pk=invitation.pk).update(spent_by=account)
    write_password(account, password)
    return account


@change("account.second_factor_taken_away", says=gettext_lazy("{by} took the second step of {account} away"))
def take_second_factor_away(*, account: Account, by: Actor, at: datetime, id: UUID) -> None:
    """For somebody who lost the phone and the backup codes. Raises NotAllowed."""
    if not can_help_back(by, roles_held(account, today(at))):
        raise NotAllowed("")
    second_factor.take_away(account)


def _spend(invitation: Invitation, at: datetime) -> None:
    """The UPDATE decides between two people with one link; a refusal later in the change gives the link back."""
    spent = Invitation.objects.filter(pk=invitation.pk).open(at).update(spent_at=at)
    if not spent or not still_stands(invitation, today(at)):
        raise link_gone()


def link_gone() -> LinkGone:
    return LinkGone(_("This link is no longer valid. Ask the person who sent it for a new one."))


def _grant(invitation: Invitation, account: Account, at: datetime, id: UUID) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(spent_by=account)
    role = StaffRole.objects.create(
        id=derived_id(id, "role"), account=account, role=invitation.role, library_id=invitation.library_id,
        starts_on=today(at), granted_by_id=invitation.invited_by_id)
    note(role=role)


def today(at: datetime) -> date:
    """Roles begin and end by the calendar of the node, as `request.actor` reads them."""
    return local_date(at, settings.TIME_ZONE)


def role_name(role: str) -> str:
    return str(ROLE_NAMES[Role(role)])
