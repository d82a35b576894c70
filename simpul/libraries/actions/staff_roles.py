"""Roles end, come back within the day, and mentors are assigned to libraries from a day to a day."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.accounts.models import Account
from simpul.core.actor import Actor, Role
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.actions.staff import today
from simpul.libraries.models import Library, StaffRole
from simpul.libraries.staffing import CITY_ROLES, at_place, can_give, manages_city


class LastOne(Refusal):
    """The city would have no coordinator, or the node no administrator."""

    code = "last_one"


class CannotRestore(Refusal):
    """The role ended on another day, or was given anew meanwhile."""

    code = "cannot_restore"


class WrongDates(Refusal):
    code = "wrong_dates"


@change("role.ended", says=gettext_lazy("{by} ended a role: {role}"))
def end_role(*, role: StaffRole, by: Actor, at: datetime, id: UUID) -> StaffRole:
    """The role serves no more from today on; its history stays. Raises NotAllowed, LastOne."""
    if not can_give(by, Role(role.role), role.library_id):
        raise NotAllowed("")
    day = today(at)
    if role.ends_on is not None and role.ends_on <= day:
        return role
    if role.role in CITY_ROLES:
        _refuse_the_last(role, day)
    note(until=role.ends_on)
    role.ends_on = max(day, role.starts_on)
    role.save(update_fields=["ends_on"])
    return role


def _refuse_the_last(role: StaffRole, day: date) -> None:
    """The rows are locked, so that two coordinators who dismiss each other at the same moment do not both succeed."""
    others = list(StaffRole.objects.select_for_update().on(day).filter(role=role.role).order_by("pk"))
    ids = [other.account_id for other in others if other.pk != role.pk]
    if not any(other.pk == role.pk for other in others):
        return
    if not Account.objects.filter(pk__in=ids, is_active=True).exists():
        if role.role == Role.COORDINATOR:
            raise LastOne(_("The city needs a coordinator: invite another one first."))
        raise LastOne(_("The node needs an administrator: invite another one first."))


@change("role.restored", says=gettext_lazy("{by} took back the end of a role: {role}"))
def restore_role(*, role: StaffRole, by: Actor, at: datetime, id: UUID) -> StaffRole:
    """Take back an end of the same day. Raises NotAllowed, CannotRestore."""
    if not can_give(by, Role(role.role), role.library_id):
        raise NotAllowed("")
    day = today(at)
    serves = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    again = StaffRole.objects.filter(serves, at_place(role.library_id), account_id=role.account_id, role=role.role)
    ended = JournalLine.objects.about(role).filter(verb="role.ended").order_by("-position").first()
    if role.ends_on is None or ended is None or today(ended.happened_at) != day or again.exclude(pk=role.pk).exists():
        raise CannotRestore(_("This can no longer be taken back. Invite the person again."))
    until = ended.facts.get("until")
    role.ends_on = date.fromisoformat(until) if until else None
    role.save(update_fields=["ends_on"])
    return role


@change("mentor.assigned", says=gettext_lazy("{by} assigned {account} as mentor to {n} libraries"))
def assign_mentor(*, account: Account, libraries: Sequence[Library], starts_on: date, ends_on: date | None,
                  by: Actor, at: datetime, id: UUID) -> int:
    """Make the account mentor of each library from `starts_on` until before `ends_on` (None: until told otherwise).

    Libraries that it mentors at any day of that time stay as they are. How many were added. Raises NotAllowed,
    WrongDates.
    """
    if not manages_city(by):
        raise NotAllowed("")
    if ends_on is not None and ends_on <= starts_on:
        raise WrongDates(_("The last day is before the first."), field="last_on")
    Account.objects.select_for_update().get(pk=account.pk)
    during = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
    if ends_on is not None:
        during &= Q(starts_on__lt=ends_on)
    has = set(account.roles.filter(during, role=Role.MENTOR).values_list("library_id", flat=True))
    added = [StaffRole(id=derived_id(id, str(library.pk)), account=account, role=Role.MENTOR, library=library,
                       starts_on=starts_on, ends_on=ends_on, granted_by_id=by.id)
             for library in libraries if library.pk not in has]
    StaffRole.objects.bulk_create(added)
    note(n=len(added))
    return len(added)
