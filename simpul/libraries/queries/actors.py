"""Who acts: the roles of an account, the reach of a device or a token."""

from datetime import date
from uuid import UUID

from simpul.accounts.models import Account, ApiToken, Device
from simpul.core.actor import Actor, ActorKind, Role
from simpul.core.prepared import Prepared
from simpul.libraries.models import StaffRole

_roles: Prepared[tuple[str, UUID | None]] = Prepared(
    lambda account, day: StaffRole.objects.on(day).filter(account=account).values_list("role", "library_id"))

KIOSK_MAY = frozenset({"visits.record"})


def actor_of_account(account: Account, day: date, *, is_verified: bool) -> Actor:
    """The actor of a signed-in account on a day: its roles in one query.

    City-wide roles need the second factor (`is_verified`); without it the account acts as if it had none.
    """
    held: dict[str, set[UUID]] = {role.value: set() for role in Role}
    city_wide: set[str] = set()
    for role, library_id in _roles(account=account.pk, day=day):
        if library_id is None:
            city_wide.add(role)
        else:
            held[role].add(library_id)
    return Actor(
        kind=ActorKind.ACCOUNT, id=account.pk,
        librarian_of=frozenset(held[Role.LIBRARIAN]),
        volunteer_of=frozenset(held[Role.VOLUNTEER]),
        mentor_of=frozenset(held[Role.MENTOR]),
        is_coordinator=Role.COORDINATOR in city_wide and is_verified,
        is_administrator=Role.ADMINISTRATOR in city_wide and is_verified,
    )


def actor_of_device(device: Device) -> Actor:
    """A paired kiosk: writes visits of its one library, nothing else."""
    return Actor(kind=ActorKind.DEVICE, id=device.pk, volunteer_of=frozenset({device.library_id}),
                 only=KIOSK_MAY)


def actor_of_token(token: ApiToken) -> Actor:
    """A connected system: records the day of its one library."""
    return Actor(kind=ActorKind.TOKEN, id=token.pk, volunteer_of=frozenset({token.library_id}))


def needs_second_factor(account: Account, day: date) -> bool:
    """City-wide roles must have it; the demonstration's accounts, which work on loopback only, need not."""
    if account.is_demonstration:
        return False
    return StaffRole.objects.on(day).filter(account=account, library__isnull=True).exists()
