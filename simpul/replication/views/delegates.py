"""Who comes to a peer learning meeting: a library names its people, the door ticks, scans and writes down."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.gatherings.forms import ScanForm
from simpul.gatherings.models import Session
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page
from simpul.replication.actions import (
    mark_delegate,
    scan_delegate,
    send_delegate,
    unmark_delegate,
    welcome_delegate,
    withdraw_delegate,
)
from simpul.replication.forms import AtTheDoorForm, DelegateForm
from simpul.replication.models import Delegate, PeerMeeting, Share
from simpul.replication.permissions import can_bring, can_mark_at
from simpul.replication.queries.meetings import days_of, expected_on
from simpul.replication.views.meetings import _meeting, share_page
from simpul.replication.views.pages import do, serving_page, today


@require_POST
@library_page(can_bring)
def send(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """A name and a number: she has a place and a ticket."""
    found = _meeting(id)
    form = DelegateForm(request.POST)
    if form.is_valid():
        made = form.attempt(lambda: send_delegate(
            meeting=found, library=library, name=form.cleaned_data["name"], phone=form.cleaned_data["phone"],
            by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("Named. The ticket is ready to be sent."))
            return redirect("replication:share", library.code, found.pk)
    return share_page(request, library, found, delegate=form, status=422)


@require_POST
@library_page(can_bring)
def leaves(request: HttpRequest, library: Library, id: UUID, delegate: UUID) -> HttpResponse:
    row = Delegate.objects.select_related("meeting__library", "registration__gathering").filter(
        pk=delegate, meeting=id, library=library).first()
    if row is None:
        raise Http404
    return do(request, lambda: withdraw_delegate(delegate=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("Taken off the list; the name is forgotten."), reverse("replication:share", args=[library.code, id]))


def _door(request: HttpRequest, id: UUID) -> tuple[PeerMeeting, list[Session], Session | None]:
    """The meeting for those who hold it, its days, and the day that is asked for (`hari`, from 1), else today's."""
    found = _meeting(id)
    if not can_mark_at(request.actor, found):  # type: ignore[attr-defined]
        raise Http404
    days = days_of(found)
    number = request.POST.get("hari") or request.GET.get("hari") or ""
    if number.isdecimal() and 1 <= int(number[:3]) <= len(days):
        return found, days, days[int(number[:3]) - 1]
    now = today()
    return found, days, next((one for one in days if one.local_date >= now), days[-1] if days else None)


def _at(found: PeerMeeting, days: list[Session], session: Session) -> str:
    address = reverse("replication:meeting_presence", args=[found.pk])
    return f"{address}?{urlencode({'hari': days.index(session) + 1})}" if len(days) > 1 else address


@serving_page
def presence(request: HttpRequest, id: UUID) -> HttpResponse:
    """The list at the door, on a phone; a POST is a scanned ticket."""
    found, days, session = _door(request, id)
    scan = ScanForm(request.POST or None)
    if request.method == "POST" and session is not None and scan.is_valid():
        made = scan.attempt(lambda: scan_delegate(
            meeting=found, session=session, text=scan.cleaned_data["text"], by=request.actor, at=clock.now(),
            id=scan.change_id))
        if made is not None:
            who = made.registration.name if made.registration else ""
            say(request, _("Present: %(who)s, %(library)s.") % {"who": who, "library": made.library.name})
            return redirect(_at(found, days, session))
    return _page(request, found, days, session, scan=scan, status=422 if scan.errors else 200)


def _page(request: HttpRequest, found: PeerMeeting, days: list[Session], session: Session | None, *, status: int = 200,
          **more: Any) -> HttpResponse:
    lines = expected_on(found, session) if session else []
    return render(request, "replication/meeting_presence.html", {
        "meeting": found, "days": days, "session": session, "lines": lines,
        "number": days.index(session) + 1 if session else 1, "day": today(),
        "present": sum(one.people for one in lines if one.mark),
        "libraries": len({one.delegate.library_id for one in lines if one.mark}),
        "walk_in": AtTheDoorForm(libraries=_likely(found)), "can_mark": True} | more, status=status)


def _likely(found: PeerMeeting) -> list[Library]:
    """Those who were invited or told what they bring first, then all the others."""
    known = set(Share.objects.filter(meeting=found).values_list("library_id", flat=True))
    return sorted(Library.objects.order_by("name"), key=lambda one: one.pk not in known)


@require_POST
@serving_page
def walk_in(request: HttpRequest, id: UUID) -> HttpResponse:
    found, days, session = _door(request, id)
    if session is None:
        raise Http404
    form = AtTheDoorForm(request.POST, libraries=_likely(found))
    if form.is_valid():
        made = form.attempt(lambda: welcome_delegate(
            meeting=found, session=session, library=form.chosen, name=form.cleaned_data["name"], by=request.actor,
            at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("Written down: %(who)s.") % {"who": form.cleaned_data["name"] or made.library.name})
            return redirect(_at(found, days, session))
    return _page(request, found, days, session, walk_in=form, status=422)


@require_POST
@serving_page
def mark(request: HttpRequest, id: UUID, delegate: UUID) -> HttpResponse:
    return _mark(request, id, delegate, mark_delegate)


@require_POST
@serving_page
def unmark(request: HttpRequest, id: UUID, delegate: UUID) -> HttpResponse:
    return _mark(request, id, delegate, unmark_delegate)


def _mark(request: HttpRequest, id: UUID, delegate: UUID, action: Any) -> HttpResponse:
    found, days, session = _door(request, id)
    row = Delegate.objects.select_related("meeting__library", "registration", "library").filter(
        pk=delegate, meeting=found).first()
    if row is None or session is None:
        raise Http404
    try:
        action(delegate=row, session=session, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    except Refusal as refusal:
        return _page(request, found, days, session, refusal=refusal, status=422)
    return redirect(f"{_at(found, days, session)}#utusan-{row.library.code}")
