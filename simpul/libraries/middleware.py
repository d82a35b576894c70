"""Puts `request.actor` on every request, lazily: a public page asks no database who is there."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_resolver
from django.utils.functional import SimpleLazyObject

from simpul.accounts.entry import own_address
from simpul.accounts.models import Device
from simpul.core import clock
from simpul.core.actor import VISITOR, Actor
from simpul.core.prepared import Prepared
from simpul.core.refusal import NotAllowed, Refusal
from simpul.core.say import say
from simpul.core.secrets import fingerprint
from simpul.libraries.queries import actor_of_account, actor_of_device

_paired: Prepared[Device] = Prepared(lambda key: Device.objects.paired().filter(token_hash=key))

DEVICE_COOKIE = "simpul_device"


def actor_for(request: HttpRequest) -> Actor:
    """The signed-in account, else the paired device of this browser, else a visitor."""
    user = request.user
    if user.is_authenticated:
        verified = user.is_demonstration or user.is_verified()
        return actor_of_account(user, clock.local_date(clock.now(), "Asia/Jakarta"), is_verified=verified)
    token = request.COOKIES.get(DEVICE_COOKIE)
    if token:
        device = _paired.first(key=fingerprint(token))
        if device:
            return actor_of_device(device)
    return VISITOR


def _not_found(request: HttpRequest) -> HttpResponse:
    found: HttpResponse = get_resolver().resolve_error_handler(404)(request, exception=None)
    return found


class ActorMiddleware:
    """Stands innermost. What a view forgot to answer is answered here: who may not do it finds nothing, any other
    refusal of a POST is said on the page she came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_for(request))  # type: ignore[attr-defined]
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            # nobody types it, no row can hold it, and PostgreSQL takes it for an error
            return _not_found(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed):
            return _not_found(request)
        if not isinstance(error, Refusal) or request.method != "POST":
            return None
        say(request, str(error), level=messages.ERROR)
        return redirect(own_address(request, request.headers.get("Referer", "")) or "/")
