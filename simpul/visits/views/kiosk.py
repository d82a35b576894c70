"""The tablet at the door: a paired device that can only write visits of its one library.

It knows nobody: no account, no names on its screen, Indonesian again for each new visitor. The page that thanks
goes back by itself (a Refresh header, so that no script is needed); what was wrong can still be taken back there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from simpul.accounts.actions.devices import pair_device
from simpul.accounts.models import Device
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.forms import change_id_of
from simpul.core.ids import derived_id
from simpul.core.refusal import Refusal
from simpul.core.secrets import fingerprint
from simpul.libraries.middleware import DEVICE_COOKIE
from simpul.libraries.models import Library
from simpul.libraries.queries import actor_of_device
from simpul.visits.actions import record_visit, void_entry
from simpul.visits.actions.refusals import AlreadyIn
from simpul.visits.forms import CardForm, PairingForm, TapForm
from simpul.visits.labels import cell_label
from simpul.visits.models import Visit
from simpul.visits.queries import entry_of
from simpul.visits.views.book import buttons

THANKS_SECONDS = 4
COOKIE_AGE = 60 * 60 * 24 * 365
View = Callable[..., HttpResponse]


def kiosk_page(view: View) -> View:
    """Turn the device's cookie into `library` and `by`. It asks the cookie itself, not who is signed in: a tablet
    on which somebody forgot to sign out is still only a tablet. A tablet that is no longer paired is told so."""

    @wraps(view)
    @never_cache
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        with translation.override(_language(request)):
            token = request.COOKIES.get(DEVICE_COOKIE, "")
            if not token:
                return redirect("visits:kiosk_pair")
            device = Device.objects.paired().filter(token_hash=fingerprint(token)).first()
            library = Library.objects.filter(pk=device.library_id).first() if device else None
            if device is None or library is None:
                return _unpaired(request)
            response = view(request, library=library, by=actor_of_device(device), **rest)
            response["Content-Language"] = translation.get_language() or "id"
            return response

    return page


def _language(request: HttpRequest) -> str:
    """Indonesian, unless this visitor asked for another on her way through the pages."""
    asked = request.POST.get("bahasa") or request.GET.get("bahasa") or ""
    return asked if asked in dict(settings.LANGUAGES) else "id"


def _unpaired(request: HttpRequest) -> HttpResponse:
    response = render(request, "visits/kiosk/unpaired.html", status=403)
    response.delete_cookie(DEVICE_COOKIE)
    return response


@require_safe
@kiosk_page
def start(request: HttpRequest, library: Library, by: Actor) -> HttpResponse:
    """Welcome: one tap on who one is, or the member's card."""
    return _welcome(request, library)


def _welcome(request: HttpRequest, library: Library, *, status: int = 200, **more: Any) -> HttpResponse:
    response = render(request, "visits/kiosk/start.html", {
        "library": library, "buttons": buttons(), **_words(), **more}, status=status)
    # a tablet in daily use stays paired
    _remember(response, request.COOKIES[DEVICE_COOKIE])
    return response


def _words() -> dict[str, Any]:
    language = translation.get_language() or "id"
    return {"language": language, "other": "en" if language == "id" else "id"}


@require_POST
@kiosk_page
def record(request: HttpRequest, library: Library, by: Actor) -> HttpResponse:
    form = TapForm(request.POST, library=library)
    if not form.is_valid():
        return _welcome(request, library, status=422, is_broken=True)
    cell, id = form.chosen, derived_id(form.change_id, form.cleaned_data["cell"])
    try:
        visit = record_visit(library=library, sex=cell.sex, age_group=cell.age_group, by=by, at=clock.now(), id=id)
    except Refusal as refusal:
        return _welcome(request, library, status=422, refusal=refusal)
    return redirect(f"{reverse('visits:kiosk_thanks', args=[visit.entry_id])}?bahasa={translation.get_language()}")


@kiosk_page
def card(request: HttpRequest, library: Library, by: Actor) -> HttpResponse:
    """Scan or type the card. What is wrong with it is said without telling whose it is."""
    form = CardForm(request.POST or None, library=library)
    if request.method == "POST" and form.is_valid():
        try:
            visit = record_visit(library=library, card=form.cleaned_data["card"], by=by, at=clock.now(),
                                 id=form.change_id)
        except AlreadyIn:
            return redirect(f"{reverse('visits:kiosk_thanks_again')}?bahasa={translation.get_language()}")
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect(
                f"{reverse('visits:kiosk_thanks', args=[visit.entry_id])}?bahasa={translation.get_language()}")
    return render(request, "visits/kiosk/card.html", {"library": library, "form": form, **_words()},
                  status=422 if form.errors else 200)


@require_safe
@kiosk_page
def thanks(request: HttpRequest, library: Library, by: Actor, id: UUID) -> HttpResponse:
    """Thank you, and back by itself. A member's sex and age are not shown: others stand behind her."""
    rows = entry_of(library.pk, id)
    if not rows:
        raise Http404
    visit = rows[0]
    label = cell_label(visit.cell) if visit.how == Visit.How.VISITOR else ""
    return _and_back(render(request, "visits/kiosk/thanks.html", {
        "library": library, "visit": visit, "label": label, "is_undone": visit.voided_at is not None, **_words()}))


@require_safe
@kiosk_page
def thanks_again(request: HttpRequest, library: Library, by: Actor) -> HttpResponse:
    """The same card twice: it was written down already, which is all she needs to know."""
    return _and_back(render(request, "visits/kiosk/thanks.html", {
        "library": library, "visit": None, "label": "", "is_again": True, **_words()}))


def _and_back(response: HttpResponse) -> HttpResponse:
    response["Refresh"] = f"{THANKS_SECONDS}; url={reverse('visits:kiosk')}"
    return response


@require_POST
@kiosk_page
def undo(request: HttpRequest, library: Library, by: Actor, id: UUID) -> HttpResponse:
    """A wrong tap, taken back by the one who made it, while she still stands there."""
    rows = entry_of(library.pk, id)
    if not rows:
        raise Http404
    try:
        void_entry(entry=rows[0], why=Visit.Why.UNDONE, by=by, at=clock.now(), id=change_id_of(request.POST))
    except Refusal as refusal:
        return _welcome(request, library, status=422, refusal=refusal)
    return redirect(f"{reverse('visits:kiosk_thanks', args=[id])}?bahasa={translation.get_language()}")


def pair(request: HttpRequest) -> HttpResponse:
    """Type the code that the librarian sees. Whoever is signed in on this tablet is signed out: the next who
    touches it is a child."""
    form = PairingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        paired = form.attempt(lambda: pair_device(code=form.cleaned_data["code"], at=clock.now(), id=form.change_id))
        if paired:
            logout(request)
            response = redirect("visits:kiosk")
            _remember(response, paired[1])
            return response
    return render(request, "visits/kiosk/pair.html", {"form": form}, status=422 if form.errors else 200)


def _remember(response: HttpResponse, token: str) -> None:
    response.set_cookie(DEVICE_COOKIE, token, max_age=COOKIE_AGE, httponly=True, samesite="Lax",
                        secure=settings.SESSION_COOKIE_SECURE)
