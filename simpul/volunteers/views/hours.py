"""Hours in one tap, told afterwards, corrected, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.volunteers.actions import (
    begin_service,
    correct_service,
    end_service,
    record_service,
    restore_service,
    void_service,
)
from simpul.volunteers.actions.refusals import TooLong
from simpul.volunteers.forms import CorrectForm, HoursForm, began
from simpul.volunteers.models import Helper, Service
from simpul.volunteers.queries import helper_of, running_of
from simpul.volunteers.views.home import context_of
from simpul.volunteers.views.pages import do, staff_page, today


def _me(request: HttpRequest, library: Library) -> Helper:
    helper = helper_of(library, request.actor)
    if helper is None:
        raise Http404
    return helper


def _undo(library: Library, service: Service) -> str:
    return reverse("volunteers:void", args=[library.code, service.pk])


@require_POST
@staff_page
def begin(request: HttpRequest, library: Library) -> HttpResponse:
    me = _me(request, library)
    return do(request, library, lambda: begin_service(
        helper=me, work=request.POST.get("work", "desk"), by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("Good that you are here. Tap “I am done” when you leave."), undo=lambda done: _undo(library, done))


@require_POST
@staff_page
def end(request: HttpRequest, library: Library) -> HttpResponse:
    """One tap; a forgotten one asks for the hours."""
    running = running_of(_me(request, library))
    if running is None:
        say(request, _("This is ended already."), level=messages.ERROR)
        return redirect("volunteers:home", library.code)
    try:
        done = end_service(service=running, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    except TooLong as refusal:
        say(request, str(refusal), level=messages.WARNING)
        return redirect("volunteers:correct", library.code, running.pk)
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
        return redirect("volunteers:home", library.code)
    say(request, _("Thank you! %(minutes)s minutes are written down.") % {"minutes": done.minutes}, undo=_undo(library, done))
    return redirect("volunteers:home", library.code)


@require_POST
@staff_page
def quick(request: HttpRequest, library: Library) -> HttpResponse:
    """"2 hours today" in one tap."""
    me = _me(request, library)
    minutes = int(text) if (text := request.POST.get("minutes", "")).isdigit() and len(text) < 5 else 0
    at = clock.now()
    return do(request, library, lambda: record_service(
        helper=me, minutes=minutes, work=request.POST.get("work", "desk"), by=request.actor, at=at,
        happened_at=began(today(library), min(minutes, 960), at, library), id=change_id_of(request.POST)),
        _("Thank you! It is written down."), undo=lambda done: _undo(library, done))


@staff_page
def tell(request: HttpRequest, library: Library) -> HttpResponse:
    """Hours of another day, or of somebody without an account."""
    me = helper_of(library, request.actor)
    form = HoursForm(request.POST or None, library=library, initial={"helper": me, "day": today(library)})
    if request.method == "POST" and form.is_valid():
        told, at = form.cleaned_data, clock.now()
        done = form.attempt(lambda: record_service(
            helper=told["helper"], minutes=told["hours"], work=told["work"], happened_at=form.happened_at(at),
            by=request.actor, at=at, id=form.change_id))
        if done is not None:
            say(request, _("Thank you! It is written down."), undo=_undo(library, done))
            return redirect("volunteers:home", library.code)
    return render(request, "volunteers/form.html", context_of(
        form, library, heading=_("Write down hours"), button=_("Write down"),
        lead=_("Of another day, or of somebody who does not do it herself.")), status=422 if form.errors else 200)


def _service(library: Library, id: UUID) -> Service:
    found = Service.objects.select_related("library", "helper__library").filter(pk=id, library=library).first()
    if found is None:
        raise Http404
    return found


@staff_page
def correct(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Wrong hours are voided and replaced; a forgotten "I am done" is ended with the hours told."""
    service = _service(library, id)
    form = CorrectForm(request.POST or None, library=library, initial=CorrectForm.initial_of(service))
    if request.method == "POST" and form.is_valid():
        told, at = form.cleaned_data, clock.now()
        done = form.attempt(lambda: correct_service(
            service=service, minutes=told["hours"], work=told["work"],
            happened_at=None if told["day"] == service.local_date else form.happened_at(at), by=request.actor, at=at,
            id=form.change_id))
        if done is not None:
            say(request, _("Corrected."))
            return redirect("volunteers:helper", library.code, service.helper_id)
    return render(request, "volunteers/form.html", context_of(
        form, library, heading=_("Correct hours"), button=_("Save"), lead=service.helper.name), status=422 if (
            form.errors) else 200)


@require_POST
@staff_page
def void(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    service = _service(library, id)
    return do(request, library, lambda: void_service(
        service=service, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("Taken back."),
        undo=lambda done: reverse("volunteers:restore", args=[library.code, done.pk]))


@require_POST
@staff_page
def restore(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    service = _service(library, id)
    return do(request, library, lambda: restore_service(
        service=service, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("It stands again."))
