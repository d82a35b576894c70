"""Who may sign in to look around. The password is public: accepted from this machine only."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from simpul.accounts.models import Account
from simpul.core.actor import Role
from simpul.core.phones import for_reading
from simpul.libraries.models import Library, StaffRole

PASSWORD = "simpul-demonstrasi"  # noqa: S105 public by design, loopback only
DISTRICT = "36.71.01"  # the mentor looks after the libraries of kecamatan Tangerang


@dataclass(frozen=True)
class SignIn:
    role: str
    name: str
    phone: str
    password: str
    place: str


CAST = (
    (Role.LIBRARIAN, "Rina Wulandari (demo)", "+628120000001"),
    (Role.VOLUNTEER, "Budi Santoso (demo)", "+628120000002"),
    (Role.MENTOR, "Agus Hidayat (demo)", "+628120000003"),
    (Role.COORDINATOR, "Siti Rahayu (demo)", "+628120000004"),
    (Role.ADMINISTRATOR, "Dian Kusuma (demo)", "+628120000005"),
    (Role.LIBRARIAN, "Dewi Lestari (demo)", "+628120000006"),
)


def place_of(role: Role, phone: str, libraries: list[Library]) -> list[Library | None]:
    """At which libraries a demonstration account serves; the city for city-wide roles."""
    kelurahan = next(one for one in libraries if one.region.code == "36.71.01.1007")
    if role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        return [None]
    if role == Role.MENTOR:
        return [one for one in libraries if one.region.code.startswith(DISTRICT)]
    if phone.endswith("6"):
        return [next(one for one in libraries if one.kind == Library.Kind.CITY)]
    return [kelurahan]


def make_cast(libraries: list[Library], since: date) -> None:
    """The accounts with their roles; one hash serves all, since all share one public password."""
    hashed = make_password(PASSWORD)
    for role, name, phone in CAST:
        account = Account.objects.create(name=name, phone=phone, is_demonstration=True, password=hashed)
        StaffRole.objects.bulk_create([
            StaffRole(account=account, role=role, library=library, starts_on=since)
            for library in place_of(role, phone, libraries)])


def sign_ins() -> list[SignIn]:
    """What `bin/demo` prints, in the order of the cast."""
    names = {
        Role.LIBRARIAN: _("librarian"), Role.VOLUNTEER: _("volunteer"), Role.MENTOR: _("mentor"),
        Role.COORDINATOR: _("city coordinator"), Role.ADMINISTRATOR: _("node administrator"),
    }
    told = []
    for account in Account.objects.filter(is_demonstration=True).order_by("phone"):
        roles = list(account.roles.select_related("library"))
        if roles and account.phone:
            place = roles[0].library.name if roles[0].library and len(roles) == 1 else ""
            if len(roles) > 1:
                place = _("%(n)s libraries") % {"n": len(roles)}
            told.append(SignIn(str(names[Role(roles[0].role)]), account.name, for_reading(account.phone), PASSWORD,
                               place))
    return told
