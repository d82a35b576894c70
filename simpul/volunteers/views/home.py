"""The volunteer's page: begin, end, who is on duty, notes, thanks; for the city: counts and a thank-you."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page
from simpul.volunteers.actions import (
    join,
    leave_note,
    mark_note_read,
    mark_note_unread,
    take_back_thanks,
    thank,
)
from simpul.volunteers.forms import NoteForm, ThanksForm
from simpul.volunteers.kinds import Work
from simpul.volunteers.models import Handover, Helper, Thanks
from simpul.volunteers.permissions import can_manage, can_thank
from simpul.volunteers.queries import (
    Help,
    Turn,
    help_of,
    helper_of,
    minutes_of,
    running_of,
    thanks_for,
    turns_between,
    unread_notes,
)
from simpul.volunteers.views.pages import do, staff_page, today

WEEK, MONTH = timedelta(days=6), timedelta(days=29)
QUICK = ((1, 60), (2, 120), (3, 180))  # hours and minutes of the one-tap buttons


@library_page(counts)
def home(request: HttpRequest, library: Library) -> HttpResponse:
    """Staff see names and their buttons; mentor and city see counts."""
    if not request.actor.works_at(library.pk):
        return _summary(request, library, ThanksForm())
    return _home(request, library, NoteForm())


def _home(request: HttpRequest, library: Library, form: NoteForm) -> HttpResponse:
    day = today(library)
    me = helper_of(library, request.actor)
    if me and me.ended_on is not None:
        me = None
    helpers = list(Helper.objects.filter(library=library).helping())
    turns = turns_between(library, day, day + WEEK)
    month = minutes_of([me.pk], day.replace(day=1), day).get(me.pk, 0) if me else 0
    return render(request, "volunteers/home.html", {
        "library": library, "me": me, "helpers": helpers, "works": Work.choices, "quick": QUICK, "form": form, "today": day,
        "running": running_of(me) if me else None, "minutes": month, "notes": unread_notes(library, day),
        "turns": [(turn, _ask(request, library, turn)) for turn in turns],
        "thanks": thanks_for(me, day - timedelta(days=60)) if me else [], "can_manage": can_manage(request.actor, library.pk),
    }, status=422 if form.errors else 200)


def _ask(request: HttpRequest, library: Library, turn: Turn) -> str:
    """A message for the group about a gap."""
    if not turn.is_gap:
        return ""
    link = request.build_absolute_uri(reverse("volunteers:home", args=[library.code]))
    text = _("Who can be on duty at %(library)s on %(day)s, %(hours)s? One tap here, thank you: %(link)s") % {
        "library": library.name, "day": formats.date_format(turn.day, "l, j F Y"), "hours": turn.hours, "link": link}
    return whatsapp_link(None, text)


def _summary(request: HttpRequest, library: Library, form: ThanksForm) -> HttpResponse:
    day = today(library)
    said = Thanks.objects.filter(library=library, helper__isnull=True, taken_back_at__isnull=True, by_id=request.actor.id)
    return render(request, "volunteers/summary.html", {
        "library": library, "form": form, "can_thank": can_thank(request.actor, library.pk), "said": list(said[:5]),
        "month": help_of([library.pk], day - MONTH, day).get(library.pk, Help()),
        "year": help_of([library.pk], day - timedelta(days=364), day).get(library.pk, Help())},
        status=422 if form.errors else 200)


@require_POST
@staff_page
def join_in(request: HttpRequest, library: Library) -> HttpResponse:
    return do(request, library, lambda: join(
        library=library, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("Welcome! From now on one tap writes your hours."))


@require_POST
@staff_page
def note(request: HttpRequest, library: Library) -> HttpResponse:
    form = NoteForm(request.POST)
    if form.is_valid():
        done = form.attempt(lambda: leave_note(
            library=library, text=form.cleaned_data["text"], by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("The next duty will see it."))
            return redirect("volunteers:home", library.code)
    return _home(request, library, form)


@require_POST
@staff_page
def note_read(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = get_object_or_404(Handover, pk=id, library=library)
    return do(request, library, lambda: mark_note_read(
        note=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("Read."),
        undo=lambda done: reverse("volunteers:note_unread", args=[library.code, done.pk]))


@require_POST
@staff_page
def note_unread(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = get_object_or_404(Handover, pk=id, library=library)
    return do(request, library, lambda: mark_note_unread(
        note=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("The note waits again."))


@library_page(can_thank)
def thanks(request: HttpRequest, library: Library) -> HttpResponse:
    """To all who help; the librarian thanks one from her page."""
    form = ThanksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: thank(
            library=library, text=form.cleaned_data["text"], by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Everybody who helps there reads it."), undo=_undo_thanks(library, done))
            return redirect("volunteers:home", library.code)
    if not request.actor.works_at(library.pk):
        return _summary(request, library, form)
    return render(request, "volunteers/form.html", {
        "library": library, "form": form, "heading": _("Thank the volunteers"), "button": _("Say thank you"),
        "lead": _("Everybody who helps here reads it on the volunteers' page."),
        "back": reverse("volunteers:home", args=[library.code])}, status=422 if form.errors else 200)


def _undo_thanks(library: Library, row: Thanks) -> str:
    return reverse("volunteers:thanks_back", args=[library.code, row.pk])


@require_POST
@library_page(can_thank)
def thanks_back(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = Thanks.objects.filter(pk=id, library=library).first()
    if row is None or not (request.actor.works_at(library.pk) or row.by_id == request.actor.id):
        raise Http404
    return do(request, library, lambda: take_back_thanks(
        thanks=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("Taken back."))


def context_of(form: Any, library: Library, **more: Any) -> dict[str, Any]:
    """What `volunteers/form.html` needs."""
    return {"library": library, "form": form, "back": reverse("volunteers:home", args=[library.code])} | more
