"""The demonstration city: Kota Tangerang with its libraries and people who do not exist.

Built once, deterministic, with the actions of the apps; its accounts work on this machine only, since their
passwords stand here.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from simpul.core.models import NodeSetting
from simpul.operations.console import Progress

CITY = "36.71"
BUILT = "demonstration_built"
PASSWORD = "simpul-demo-2026"  # noqa: S105 public on purpose: these accounts answer on loopback only


@dataclass(frozen=True)
class SignIn:
    """A demonstration account as it is told on the terminal."""

    role: str
    phone: str
    password: str
    place: str


def is_built() -> bool:
    return NodeSetting.objects.filter(name=BUILT).exists()


def build(progress: Progress) -> None:
    """Make the city; a build that was cut off goes on where it stopped."""
    from simpul.core import clock
    from simpul.core.actor import COMMAND
    from simpul.core.ids import new_id
    from simpul.libraries.actions import load_regions, set_up_city
    from simpul.libraries.models import City, Region

    if not City.objects.exists():
        load_regions(by=COMMAND, at=clock.now(), id=new_id(),
                     progress=lambda done, total: progress(done, total, _("loading regions")))
        region = Region.objects.get(code=CITY, valid_until__isnull=True)
        progress(0, 0, _("making libraries"))
        set_up_city(region=region, with_libraries=True, is_demonstration=True, by=COMMAND, at=clock.now(), id=new_id())
    NodeSetting.objects.update_or_create(name=BUILT, defaults={"value": True})


def sign_ins() -> list[SignIn]:
    """Who can sign in, best first."""
    from simpul.accounts.models import Account
    from simpul.libraries.models import StaffRole

    found = []
    for role in StaffRole.objects.select_related("account", "library").filter(
            account__is_demonstration=True, ends_on__isnull=True).order_by("role", "account__phone")[:6]:
        found.append(SignIn(str(role.get_role_display()), Account.get_username(role.account), PASSWORD,
                            role.library.name if role.library else _("the whole city")))
    return found
