"""Whom to tell: one list with ready messages for everything that does not go by itself."""

from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.gatherings.actions import tell, untell
from simpul.gatherings.letters import feedback_path, letter_about
from simpul.gatherings.models import Registration, Session
from simpul.gatherings.telling import THANKS, Telling, for_staff
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.messages.queries import is_set_up
from simpul.surveys.queries import open_ready_code

PAGE = 20


def _asked(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("kegiatan", ""))
    except ValueError:
        return None


@require_safe
@library_page(works_at)
def tellings(request: HttpRequest, library: Library) -> HttpResponse:
    """News first, then reminders, then thanks; `?kegiatan=` narrows it to one gathering."""
    rows = for_staff(clock.now(), library_id=library.pk, gathering_id=_asked(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    ids = {one.registration.gathering_id for one in page}
    sessions: dict[UUID, list[Session]] = {}
    for session in Session.objects.filter(gathering__in=ids).select_related("library"):
        sessions.setdefault(session.gathering_id, []).append(session)
    code = open_ready_code(library.pk, "outcomes-after")
    return render(request, "gatherings/tellings.html", {
        "library": library, "page": page, "n": len(rows), "sends_mail": is_set_up(), "is_narrowed": _asked(request),
        "lines": [_line(request, one, sessions.get(one.registration.gathering_id, []), code) for one in page]})


def _line(request: HttpRequest, one: Telling, sessions: list[Session], code: str) -> dict[str, Any]:
    row = one.registration
    asks = one.about == THANKS and row.gathering.asks_outcomes and code
    letter = letter_about(row, sessions, about=one.about, address=request.build_absolute_uri("/").rstrip("/"),
                          feedback=feedback_path(row.gathering, code) if asks else "")
    url = whatsapp_link(row.phone, letter.text) if row.phone else (
        f"mailto:{quote(row.email)}?{urlencode({'subject': letter.subject, 'body': letter.text}, quote_via=quote)}")
    return {"registration": row, "about": one.about, "occasion": one.occasion, "url": url}


def _registration(library: Library, id: UUID) -> Registration:
    found = Registration.objects.select_related("gathering").filter(gathering__library=library, pk=id).first()
    if found is None:
        raise Http404
    return found


@require_POST
@library_page(works_at)
def told(request: HttpRequest, library: Library, registration: UUID) -> HttpResponse:
    row, occasion = _registration(library, registration), request.POST.get("occasion", "")
    try:
        tell(registration=row, occasion=occasion, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
        undo = reverse("gatherings:untold", args=[library.code, row.pk]) + "?" + urlencode({"perihal": occasion})
        say(request, _("Noted: %(name)s was told.") % {"name": row.name}, undo=undo)
    except Refusal as refusal:
        say(request, str(refusal))
    return _back(request, library)


@require_POST
@library_page(works_at)
def untold(request: HttpRequest, library: Library, registration: UUID) -> HttpResponse:
    untell(registration=_registration(library, registration), occasion=request.GET.get("perihal", "")[:80],
           by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    say(request, _("Taken back: the name stands on the list again."))
    return _back(request, library)


def _back(request: HttpRequest, library: Library) -> HttpResponse:
    kept = {name: value for name in ("kegiatan", "page") if (value := request.GET.get(name, "")[:40])}
    address = reverse("gatherings:tellings", args=[library.code])
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)
