"""Slows down guessing. Counts are kept in the database, per name and browser, never per address.

An attempt is counted before the password is looked at and forgiven when it was right, so that a hundred attempts
at the same moment are a hundred attempts. Why it is built like this: docs/decisions, "Guessing is slowed down".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.accounts.browsers import Browser
from simpul.accounts.models import SignInFailures
from simpul.core.phones import normalise
from simpul.core.refusal import Refusal

FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Limit:
    """`free` attempts, then `waits` (seconds), growing to the last one."""

    free: int
    waits: tuple[int, ...]

    def wait(self, count: int) -> int:
        """Seconds to wait after the count-th failure."""
        return self.waits[min(count - self.free, len(self.waits) - 1)] if count >= self.free else 0


ONE_BROWSER = Limit(free=5, waits=(30, 60, 120, 300, 900, 1800))
UNKNOWN_BROWSERS = Limit(free=20, waits=(10, 20, 30, 60))
PAIRING = Limit(free=200, waits=(60,))


class Locked(Refusal):
    """Too many attempts; `facts["seconds"]` says how long to wait."""

    is_policy = True
    code = "locked"


def waiting(seconds: int) -> str:
    """`40 seconds`, `2 minutes`, rounded up so that it is never too early."""
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def key_of(*parts: str) -> str:
    """A keyed hash: the table holds no names."""
    return salted_hmac("simpul.accounts.throttle", "\x1f".join(parts), algorithm="sha256").hexdigest()


def keys_for(typed: str, account_id: UUID | None, browser: Browser) -> dict[str, Limit]:
    """What an attempt counts against.

    A browser in which this account signed in before is counted by itself. Any other browser is counted by itself
    and together with all the others that try this name. The name is counted as it was typed (normalised) and not
    by account, so that an unknown name is locked exactly like a known one.
    """
    if account_id is not None and browser.knows(account_id):
        return {key_of("known", account_id.hex, browser.id): ONE_BROWSER}
    name = normalise(typed) or typed.strip().casefold()[:254]
    return {key_of("browser", name, browser.id): ONE_BROWSER, key_of("all", name): UNKNOWN_BROWSERS}


def claim(keys: dict[str, Limit], at: datetime) -> None:
    """Count an attempt against each key, or raise Locked (then nothing is counted)."""
    with transaction.atomic():
        rows = [SignInFailures.objects.select_for_update().get_or_create(
            key=key, defaults={"first_at": at, "last_at": at})[0] for key in sorted(keys)]
        left = max((row.locked_until - at for row in rows if row.locked_until), default=timedelta())
        if left > timedelta():
            seconds = -(-left // timedelta(seconds=1))
            raise Locked(_("Too many attempts. Wait %(wait)s, then try again.") % {"wait": waiting(seconds)},
                         facts={"seconds": seconds})
        for row in rows:
            if row.last_at <= at - FORGOTTEN_AFTER:
                row.count, row.first_at = 0, at
            row.count += 1
            row.last_at = at
            wait = keys[row.key].wait(row.count)
            row.locked_until = at + timedelta(seconds=wait) if wait else None
            row.save()
    _forget_some(at, rows)


def forgive(keys: dict[str, Limit]) -> None:
    """The attempt was right: its browser starts anew, and the others' shared count is as before."""
    mine = [key for key, limit in keys.items() if limit is ONE_BROWSER]
    shared = [key for key in keys if key not in mine]
    with transaction.atomic():
        SignInFailures.objects.filter(key__in=mine).delete()
        SignInFailures.objects.filter(key__in=shared, count__gt=0).update(count=F("count") - 1, locked_until=None)


def forget_before(at: datetime) -> int:
    """Drop counts nobody needs any more; how many."""
    return SignInFailures.objects.filter(last_at__lte=at - FORGOTTEN_AFTER).delete()[0]


def _forget_some(at: datetime, rows: Sequence[SignInFailures]) -> None:
    """Now and then a new row takes the old ones along, so that made-up names do not fill the disk."""
    if any(row.count == 1 and row.key.startswith("0") for row in rows):
        forget_before(at)
