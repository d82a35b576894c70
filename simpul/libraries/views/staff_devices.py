"""Tablets at the door and connected systems of a library."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from simpul.accounts.actions.devices import offer_device, revoke_device
from simpul.accounts.actions.tokens import make_token, revoke_token
from simpul.accounts.models import ApiToken, Device
from simpul.accounts.permissions import can_connect, can_make_token
from simpul.core import clock
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page
from simpul.libraries.queries.staff import devices_of, tokens_of
from simpul.libraries.staff_forms import DeviceForm, TokenForm
from simpul.libraries.views.staff import one_button


@never_cache
@library_page(can_connect)
def devices(request: HttpRequest, library: Library) -> HttpResponse:
    """The library's tablets; a POST makes a pairing code and shows it."""
    form = DeviceForm(request.POST or None)
    offered = None
    if request.method == "POST" and form.is_valid():
        offered = form.attempt(lambda: offer_device(
            library_id=library.pk, name=form.cleaned_data["name"], kind=Device.Kind.KIOSK, by=request.actor,
            at=clock.now(), id=form.change_id))
    return render(request, "libraries/staff_devices.html", {
        "library": library, "offered": offered, "form": DeviceForm() if offered else form, "at": clock.now(),
        "kiosk_url": request.build_absolute_uri("/kios/"), "devices": devices_of(library, clock.now())})


@one_button(Device)
def device_revoke(request: HttpRequest, device: Device, now: datetime, id: UUID) -> HttpResponse:
    revoke_device(device=device, by=request.actor, at=now, id=id)
    say(request, _("%(name)s is disconnected. What it recorded stays.") % {"name": device.name})
    return redirect(_page("libraries:devices", device.library_id))


@never_cache
@library_page(can_connect)
def tokens(request: HttpRequest, library: Library) -> HttpResponse:
    """Systems that record for this library; a POST makes a key and shows it."""
    form = TokenForm(request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: make_token(
            name=form.cleaned_data["name"], library_id=library.pk, by=request.actor, at=clock.now(),
            id=form.change_id))
    return render(request, "libraries/staff_tokens.html", {
        "library": library, "made": made, "form": TokenForm() if made else form, "tokens": tokens_of(library),
        "can_make": can_make_token(request.actor, library.pk)})


@one_button(ApiToken)
def token_revoke(request: HttpRequest, token: ApiToken, now: datetime, id: UUID) -> HttpResponse:
    revoke_token(token=token, by=request.actor, at=now, id=id)
    say(request, _("%(name)s is disconnected.") % {"name": token.name})
    return redirect(_page("libraries:tokens", token.library_id))


def _page(name: str, library_id: UUID) -> str:
    library = Library.objects.filter(pk=library_id).first()
    if library is None:
        raise Http404
    return reverse(name, args=[library.code])
