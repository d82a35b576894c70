"""What counts as a use, and which browser it was: without writing anything about the browser.

A browser gets a random number in a cookie that ends with its session. The number enters a hash with the resource and
the minute, and that hash is the id of the change: the same click again is the same change. Nothing of it is kept.
"""

import re
import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

BROWSER = "simpul_reader"
CARD = "simpul_card"
CARD_LASTS = 2 * 60 * 60  # seconds for which a card number once typed opens more of the same library
SALT = "simpul.catalogue.card"
ROBOTS = re.compile(r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|curl|wget|python|java/|"
                    r"httpclient|headless|lighthouse|monitor|scrapy|archiver", re.I)


def is_counted(request: HttpRequest) -> bool:
    """A person's browser asked, and not to look ahead or to go on in the middle of a film."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return (request.method == "GET" and bool(agent) and not ROBOTS.search(agent) and "prefetch" not in ahead.lower()
            and "prerender" not in ahead.lower())


def browser_number(request: HttpRequest) -> str:
    """The random number of this browser, a new one where it has none."""
    told = request.COOKIES.get(BROWSER, "")
    return told if re.fullmatch(r"[A-Za-z0-9_-]{16,32}", told) else secrets.token_urlsafe(16)


def use_id(number: str, what: UUID, how: str, at: datetime) -> UUID:
    """The id of the change "this browser used this in this minute"."""
    told = f"{number}|{what}|{how}|{int(at.timestamp()) // 60}"
    return UUID(salted_hmac("simpul.catalogue.use", told, algorithm="sha256").hexdigest()[:32])


def remember_browser(response: HttpResponseBase, number: str) -> None:
    response.set_cookie(BROWSER, number, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def has_card_of(request: HttpRequest, library_id: UUID) -> bool:
    """Was a card of this library's members typed in this browser within two hours?"""
    try:
        return str(library_id) in signing.loads(request.COOKIES.get(CARD, ""), salt=SALT, max_age=CARD_LASTS)
    except (signing.BadSignature, TypeError):
        return False


def remember_card(response: HttpResponseBase, library_id: UUID) -> None:
    """That a card was shown, not whose."""
    response.set_cookie(CARD, signing.dumps([str(library_id)], salt=SALT), max_age=CARD_LASTS, httponly=True,
                        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
