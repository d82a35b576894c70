"""What an account may read about itself."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.accounts.models import Account, Session
from simpul.core.phones import for_reading


@dataclass(frozen=True)
class PlaceSignedIn:
    """A browser in which the account is signed in. `key` names it to end it."""

    key: str
    browser: str
    began_at: datetime | None
    seen_on: date | None
    is_here: bool


def places_signed_in(account: Account, here: str) -> list[PlaceSignedIn]:
    """The account's living sessions, this browser first, then the latest used; at most 20."""
    rows = Session.objects.filter(account=account, expire_date__gt=timezone.now()).order_by("-seen_on", "-began_at")
    told = [PlaceSignedIn(row.session_key, row.browser or _("Unknown browser"), row.began_at, row.seen_on,
                          row.session_key == here) for row in rows[:20]]
    return sorted(told, key=lambda place: not place.is_here)


def serves_now(account: Account, day: date) -> list[Any]:
    """The account's roles of the day with their libraries (rows of the app above), in one query."""
    rows = account.roles.select_related("library").order_by("starts_on")
    return [row for row in rows if row.starts_on <= day and (row.ends_on is None or row.ends_on > day)]


@dataclass(frozen=True)
class Kept:
    """Something that is kept about the account's owner, and why."""

    what: str
    value: Any
    why: str


def kept_about(account: Account) -> list[Kept]:
    """Everything this app keeps about the account's owner, for her to read."""
    return [
        Kept(_("Name"), account.name, _("So that colleagues know who serves. The staff of your library, mentors "
                                        "and the city coordinators see it.")),
        Kept(_("Phone number"), for_reading(account.phone) if account.phone else "–",
             _("To sign in and to reach you. Seen by the same people.")),
        Kept(_("E-mail"), account.email or "–", _("To sign in. Nobody else sees it.")),
        Kept(_("Password"), "", _("As a hash only: nobody can read it.")),
        Kept(_("Account since"), account.joined_at, _("So that it is clear who could act when.")),
        Kept(_("Your entries"), "", _("The journal names you as the one who recorded something. It stays as long as "
                                       "the records stay, because libraries answer for them.")),
    ]
