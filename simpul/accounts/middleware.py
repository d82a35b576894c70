"""The language of a page, demonstration accounts kept to their machine, the step that must come first.

Language: what this browser chose, else Indonesian. A phone set to English still reads Indonesian until its owner asks
for English, because the desk speaks Indonesian.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.functional import SimpleLazyObject

from simpul.accounts.browsers import is_this_machine
from simpul.accounts.entry import FIRST
from simpul.core import clock

Next = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class AccountMiddleware:
    """Stands behind the session, authentication and OTP middleware. A visitor without a session costs no query."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user
        request.user = SimpleLazyObject(lambda: _here(request, signed_in))
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _note_day(request)
            first = request.session.get(FIRST)
            if first and request.path not in (first, reverse("accounts:sign_out"), reverse("accounts:language")):
                return HttpResponseRedirect(first)
            return _kept_nowhere(request, self.get_response(request))
        return self.get_response(request)


def _here(request: HttpRequest, signed_in: Any) -> Any:
    """Who is signed in; a demonstration account, whose password everybody knows, only on the node's own machine."""
    if not hasattr(request, "_cached_user"):
        account = request.session.account_signed_in()  # type: ignore[attr-defined]
        if account is not None:
            request._cached_user = account  # type: ignore[attr-defined]  # Django's middleware looks here first
    if signed_in.is_authenticated and signed_in.is_demonstration and not is_this_machine(request):
        request.session.flush()
        nobody = AnonymousUser()
        nobody.otp_device = None  # type: ignore[attr-defined]
        nobody.is_verified = lambda: False  # type: ignore[attr-defined]
        return nobody
    return signed_in._wrapped if isinstance(signed_in, SimpleLazyObject) else signed_in


def _kept_nowhere(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What a signed-in person saw must not come back on a shared computer after she went: not by the back button, not
    out of a cache. Pages that say themselves how they may be kept are believed."""
    if SESSION_KEY in request.session and not response.has_header("Cache-Control"):
        add_never_cache_headers(response)
    return response


def _note_day(request: HttpRequest) -> None:
    """Once a day the session is told that it is in use: it then ends two weeks after its last day, not its first."""
    seen = request.session.get("seen_on")
    if seen:
        today = clock.local_date(clock.now(), settings.TIME_ZONE).isoformat()
        if seen != today:
            request.session["seen_on"] = today
