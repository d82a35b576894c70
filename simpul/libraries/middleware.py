"""Puts `request.actor` on every request, lazily: a public page asks no database who is there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from simpul.accounts.models import Device
from simpul.core import clock
from simpul.core.actor import VISITOR, Actor
from simpul.core.prepared import Prepared
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


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_for(request))  # type: ignore[attr-defined]
        return self.get_response(request)
