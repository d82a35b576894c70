"""Which browser somebody signs in from: a signed, long-lived cookie with a random number and the accounts that
signed in here before. It tells nothing and lets nobody in; it only keeps an attacker's failures apart from the owner's.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "simpul_browser"
LASTS = 60 * 60 * 24 * 365
SALT = "simpul.accounts.browser"
MOST_ACCOUNTS = 8  # of a library's shared PC; the oldest is forgotten


@dataclass(frozen=True)
class Browser:
    """`id` is random; `accounts` are ids (hex) of accounts that once signed in here."""

    id: str
    accounts: tuple[str, ...] = ()

    def knows(self, account_id: UUID) -> bool:
        return account_id.hex in self.accounts

    def after_sign_in(self, account_id: UUID) -> "Browser":
        others = tuple(known for known in self.accounts if known != account_id.hex)
        return Browser(self.id, (*others, account_id.hex)[-MOST_ACCOUNTS:])


def browser_of(request: HttpRequest) -> Browser:
    """The browser of the cookie, or a new one where there is none, or it is forged or old."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
        return Browser(kept["b"], tuple(kept["a"]))
    except (signing.BadSignature, KeyError, TypeError):
        return Browser(secrets.token_urlsafe(12))


def remember(response: HttpResponse, browser: Browser) -> None:
    """Put the browser's cookie on the response."""
    value = signing.dumps({"b": browser.id, "a": list(browser.accounts)}, salt=SALT)
    response.set_cookie(COOKIE, value, max_age=LASTS, httponly=True, samesite="Lax",
                        secure=settings.SESSION_COOKIE_SECURE)


MAKES = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
         ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("CrOS", "ChromeOS"), ("Mac OS", "macOS"), ("Linux", "Linux"))


def describe(request: HttpRequest) -> str:
    """The browser in the words its owner uses: "Chrome, Android"; nothing where it cannot be told."""
    told = request.headers.get("User-Agent", "")
    make = next((name for sign, name in MAKES if sign in told), "")
    system = next((name for sign, name in SYSTEMS if sign in told), "")
    return ", ".join(part for part in (make, system) if part)


def is_this_machine(request: HttpRequest) -> bool:
    """Does the request come from the machine the node runs on, and through no proxy?

    A proxy on the same machine would make every visitor look local, so any forwarded address says no. The name that
    was asked for must be local too: a page elsewhere could point a name of its own at this machine.
    """
    if request.get_host().rsplit(":", 1)[0] not in settings.LOCAL_NAMES:
        return False
    if any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP",
                                             "HTTP_X_FORWARDED_HOST", "HTTP_VIA")):
        return False
    address = request.META.get("REMOTE_ADDR", "").removeprefix("::ffff:")
    return address == "::1" or address.startswith("127.")
