"""Who serves where, and which links are open."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from simpul.accounts.models import ROLE_NAMES, Account, ApiToken, Device, Invitation
from simpul.core.actor import RANK, Role
from simpul.libraries.models import Library, StaffRole


@dataclass(frozen=True)
class Serving:
    """Somebody's role at a place; `last_on` is the last day, if it is known."""

    role: StaffRole
    account: Account
    role_name: str
    since: date
    last_on: date | None
    begins_later: bool


def serving_at(library: Library, day: date) -> list[Serving]:
    """Who serves at the library on the day or will later, librarians first, then by name."""
    rows = StaffRole.objects.filter(_now_or_later(day), library=library).select_related("account")
    return sorted((_serving(row, day) for row in rows),
                  key=lambda one: (-RANK[Role(one.role.role)], one.role.role, one.account.name))


def roles_of(accounts: list[Account], day: date) -> dict[UUID, list[StaffRole]]:
    """Every role of these accounts that serves on the day or later, by account, in one query."""
    found: dict[UUID, list[StaffRole]] = defaultdict(list)
    for row in StaffRole.objects.filter(_now_or_later(day), account__in=accounts):
        found[row.account_id].append(row)
    return found


def served_before(library: Library, day: date, most: int = 20) -> list[Serving]:
    """Roles that ended, the latest first."""
    rows = StaffRole.objects.filter(library=library, ends_on__lte=day).select_related("account")
    return [_serving(row, day) for row in rows.order_by("-ends_on")[:most]]


def serving_the_city(day: date) -> list[Serving]:
    """Coordinators and administrators."""
    rows = StaffRole.objects.filter(_now_or_later(day), library__isnull=True).select_related("account")
    return sorted((_serving(row, day) for row in rows), key=lambda one: (one.role.role, one.account.name))


@dataclass(frozen=True)
class Mentor:
    """A mentor and her assignments of today and later."""

    account: Account
    assignments: list[Serving]


def mentors(day: date) -> list[Mentor]:
    """Everybody who is a mentor or ever was, by name; who was, has no assignments now."""
    assignments: dict[UUID, list[Serving]] = defaultdict(list)
    accounts: dict[UUID, Account] = {}
    rows = StaffRole.objects.filter(role=Role.MENTOR).select_related("account", "library")
    for row in rows.order_by("account__name", "library__name", "starts_on"):
        accounts[row.account_id] = row.account
        if row.ends_on is None or row.ends_on > day:
            assignments[row.account_id].append(_serving(row, day))
    return [Mentor(account, assignments[key]) for key, account in accounts.items()]


@dataclass(frozen=True)
class OpenLink:
    """A link that still works: who it is for, what it gives, where, until when."""

    invitation: Invitation
    gives: str
    place: Library | None


def open_links(library: Library, at: datetime) -> list[OpenLink]:
    """Open invitations of a library, the latest first."""
    rows = Invitation.objects.open(at).to_serve().filter(library_id=library.pk).order_by("-made_at")
    return [OpenLink(row, str(ROLE_NAMES[Role(row.role)]), library) for row in rows]


def open_links_of_the_city(at: datetime) -> list[OpenLink]:
    """Open invitations of all places, the latest first."""
    rows = list(Invitation.objects.open(at).to_serve().order_by("-made_at")[:100])
    places = Library.objects.in_bulk({row.library_id for row in rows if row.library_id})
    return [OpenLink(row, str(ROLE_NAMES[Role(row.role)]), places.get(row.library_id)) for row in rows]


def devices_of(library: Library, at: datetime) -> list[Device]:
    """Paired devices and those whose code still works; then the revoked ones of the last month."""
    waiting = Q(paired_at__isnull=True, pairing_expires_at__gt=at, revoked_at__isnull=True)
    lately = Q(paired_at__isnull=False) & (Q(revoked_at__isnull=True) | Q(revoked_at__gt=at - timedelta(days=30)))
    rows = Device.objects.filter(waiting | lately, library_id=library.pk)
    return sorted(rows, key=lambda device: (device.revoked_at is not None, device.name))


def tokens_of(library: Library) -> list[ApiToken]:
    """Connections that work, the latest first."""
    return list(ApiToken.objects.valid().filter(library_id=library.pk).order_by("-made_at"))


def _now_or_later(day: date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gt=day)


def _serving(row: StaffRole, day: date) -> Serving:
    last_on = row.ends_on - timedelta(days=1) if row.ends_on else None
    if last_on is not None:
        last_on = max(last_on, row.starts_on)
    return Serving(row, row.account, str(ROLE_NAMES[Role(row.role)]), row.starts_on, last_on, row.starts_on > day)
