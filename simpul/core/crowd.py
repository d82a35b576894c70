"""Public forms that anybody may send: machines are slowed down, a whole WhatsApp group is not locked out.

Hundreds of phones share one address of a mobile network, so an address alone proves nothing. Three things together do:
1. A field that people do not see: a machine that fills it is refused.
2. One browser (known by the cookie of its forms, which is there anyway) may send a family's worth in ten minutes.
3. One address may send a group's worth in ten minutes (`SIMPUL_PUBLIC_FORMS_PER_ADDRESS`).
Whoever sends within two seconds after the form was made (its change id tells when), or without such an id, counts four
times: a phone that fills the form by itself is let through, a machine reaches its limit four times as fast. Staff and
the tablet at the door are not counted. A refusal keeps what was typed.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import ActorKind
from simpul.core.counters import address_of, count
from simpul.core.refusal import Refusal

SPAN = 600            # seconds
PER_BROWSER = 20      # forms in a span
QUICK, QUICK_COUNTS = 2.0, 4
#: a proxy on this machine that we were not told to trust: everybody seems to come from here
LOCAL_TIMES = 5
FILE = "forms.counts"


class TooMany(Refusal):
    is_policy = True
    code = "too_many"


class NotAPerson(Refusal):
    is_policy = True
    code = "not_a_person"


def admit(request: HttpRequest, change: UUID, *, trap: str, at: datetime) -> None:
    """Let a filled public form through, or refuse it: to be called before its action. `trap` is what stood in the
    field that people do not see. Raises NotAPerson, TooMany."""
    if trap.strip():
        raise NotAPerson(_("The field that is to stay empty was filled. Empty it, then send again."), field="website")
    if request.actor.kind in (ActorKind.ACCOUNT, ActorKind.DEVICE):  # type: ignore[attr-defined]
        return
    weight, now = QUICK_COUNTS if is_quick(change, at) else 1, at.timestamp()
    browser = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    if browser and count(FILE, f"browser {browser[:64]}", seconds=SPAN, now=now, weight=weight) > PER_BROWSER:
        raise TooMany(_("Very many were sent from this phone. What you wrote still stands here: wait ten minutes, then "
                        "send it, or ask the library."))
    address, most = address_of(request), settings.PUBLIC_FORMS_PER_ADDRESS
    if address == "::1" or address.startswith("127."):
        most *= LOCAL_TIMES
    if most and count(FILE, f"address {address}", seconds=SPAN, now=now, weight=weight) > most:
        raise TooMany(_("Very many were sent over this network just now. What you wrote still stands here: wait ten "
                        "minutes, then send it, or ask the library."))


def is_quick(change: UUID, at: datetime) -> bool:
    """Was the form sent faster than people type? A change id of the house (UUIDv7) begins with the milliseconds at
    which it was made; one that tells no time, or a time to come, is a machine's own."""
    if change.version != 7:
        return True
    age = at.timestamp() - (change.int >> 80) / 1000
    return age < QUICK
