"""Opening, hearing, seeing and downloading what a title offers digitally."""

import logging
from contextlib import suppress
from uuid import UUID

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.accounts import throttle
from simpul.catalogue.actions import count_use
from simpul.catalogue.digital.counting import (
    browser_number,
    has_card_of,
    is_counted,
    remember_browser,
    remember_card,
    use_id,
)
from simpul.catalogue.digital.models import DigitalResource, DigitalUse, Kind
from simpul.catalogue.digital.words import verb_of
from simpul.catalogue.forms import CardForm
from simpul.catalogue.permissions import can_open
from simpul.catalogue.queries import resource_for
from simpul.core import clock
from simpul.core.refusal import Refusal
from simpul.files.responses import material_response
from simpul.people.queries import member_by_card

log = logging.getLogger(__name__)
PLAYED = (Kind.VIDEO, Kind.AUDIO, Kind.PICTURE)


def found(request: HttpRequest, id: UUID) -> tuple[DigitalResource, bool]:
    """The resource, and whether this reader may open it; 404 for what is not there or for the staff of others."""
    resource = resource_for(id)
    if resource is None:
        raise Http404
    may = can_open(request.actor, resource, has_card=has_card_of(request, resource.library_id))
    if not may and resource.access == DigitalResource.Access.STAFF:
        raise Http404
    return resource, may


@require_http_methods(["GET", "HEAD", "POST"])
def resource(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """One tap: a PDF or a link opens, film, sound and picture play on a page, a package is offered for download. What
    is for members asks for a card number first."""
    row, may = found(request, id)
    if not may:
        return ask_for_card(request, row)
    if row.is_downloaded or row.kind in PLAYED:
        response: HttpResponseBase = render(request, "catalogue/resource.html", {
            "resource": row, "title": row.title, "verb": verb_of(row), "is_video": row.kind == Kind.VIDEO,
            "is_audio": row.kind == Kind.AUDIO, "is_picture": row.kind == Kind.PICTURE})
    elif row.kind == Kind.LINK:
        response = HttpResponseRedirect(row.url)
    else:
        response = redirect("catalogue:resource_content", row.pk)
    return response if row.is_downloaded else counted(request, response, row, DigitalUse.How.OPENED)


def ask_for_card(request: HttpRequest, row: DigitalResource) -> HttpResponse:
    """The number on the card of a member of the library; of it only is kept, in her browser, that a card was shown."""
    form, number = CardForm(request.POST or None), browser_number(request)
    if request.method == "POST" and form.is_valid():
        keys = {throttle.key_of("material", str(row.library_id), number): throttle.ONE_BROWSER,
                throttle.key_of("material", str(row.library_id)): throttle.PAIRING}
        try:
            throttle.claim(keys, clock.now())
        except throttle.Locked as locked:
            form.add_error("card", str(locked))
        else:
            member = member_by_card(form.cleaned_data["card"], row.library)
            if member is not None and member.library_id == row.library_id:
                throttle.forgive(keys)
                response = redirect("catalogue:resource", row.pk)
                remember_card(response, row.library_id)
                return response
            form.add_error("card", _("No member of this library has such a card. Compare the number, or ask at the desk."))
    response = render(request, "catalogue/card.html", {"form": form, "resource": row, "title": row.title},
                      status=422 if form.errors else 200)
    remember_browser(response, number)
    return response


@require_safe
def content(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """The file itself, in parts where the player asks for parts; its opening was counted before."""
    row, may = found(request, id)
    if row.file is None:
        raise Http404
    if not may:
        return redirect("catalogue:resource", row.pk)
    return material_response(request, row.file, is_for_everybody=row.access == DigitalResource.Access.EVERYBODY)


@require_safe
def download(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """The file to keep."""
    row, may = found(request, id)
    if row.file is None:
        raise Http404
    if not may:
        return redirect("catalogue:resource", row.pk)
    response = material_response(request, row.file, as_attachment=True,
                                 is_for_everybody=row.access == DigitalResource.Access.EVERYBODY)
    goes_on = request.headers.get("Range", "bytes=0-").strip() not in ("", "bytes=0-")
    return response if goes_on else counted(request, response, row, DigitalUse.How.DOWNLOADED)


def counted(request: HttpRequest, response: HttpResponseBase, row: DigitalResource, how: str) -> HttpResponseBase:
    """Count the use. That it could not be counted keeps nobody from reading."""
    if not is_counted(request):
        return response
    number, now = browser_number(request), clock.now()
    try:
        with suppress(Refusal):
            count_use(resource=row, how=how, by=request.actor, at=now, id=use_id(number, row.pk, how, now))
    except DatabaseError:
        log.warning("a use of a digital resource was not counted", exc_info=True)
    remember_browser(response, number)
    return response
