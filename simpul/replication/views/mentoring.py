"""A mentor's day: whom to call and why, visits planned and noted; and leaving a library in peace."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page, library_page
from simpul.plans.models import FollowUp
from simpul.plans.queries import follow_ups_due
from simpul.replication.actions import (
    call_off,
    end_pause,
    pause_silence,
    plan_contact,
    read_note,
    record_contact,
    restore_contact,
)
from simpul.replication.actions.mentoring import running_plan
from simpul.replication.forms import ContactForm, ContactPlanForm, PauseForm
from simpul.replication.models import Contact, Pause
from simpul.replication.permissions import can_bring, can_mentor
from simpul.replication.queries.mentoring import calls
from simpul.replication.queries.silence import quiet_of
from simpul.replication.views.journey import _form, at
from simpul.replication.views.pages import do, own, today, today_at


@require_safe
@city_page
def mentoring(request: HttpRequest) -> HttpResponse:
    """A mentor's first screen; the coordinator sees all libraries. `tampil=semua` shows those without a reason too."""
    actor = request.actor
    rows = Library.objects.with_hours().filter(closed_on__isnull=True)
    rows = rows.filter(pk__in=actor.mentor_of) if actor.mentor_of and not actor.is_coordinator else rows.counted_by(actor)
    found = calls(list(rows), today())
    due = [call for call in found if call.is_due]
    shown = "semua" if request.GET.get("tampil") == "semua" else ""
    page = Paginator(found if shown else due, 20).get_page(request.GET.get("page"))
    coming = Contact.objects.planned().filter(library__in=[call.library.pk for call in found], planned_on__gt=today())
    return render(request, "replication/mentoring.html", {
        "page": page, "due": len(due), "all": len(found), "shown": shown, "day": today(),
        "coming": coming.select_related("library").order_by("planned_on")[:5]})


@require_safe
@city_page
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Plans to be looked at again at 1, 3 and 6 months: who is due, and what was found before, with its proofs."""
    libraries = list(Library.objects.counted_by(request.actor).values_list("pk", flat=True))
    if request.GET.get("tampil") == "selesai":
        rows: Any = FollowUp.objects.filter(library_id__in=libraries, done_on__isnull=False).select_related(
            "plan", "library").prefetch_related("evidence").order_by("-done_on", "pk")
    else:
        rows = follow_ups_due(today(), libraries=libraries)
    return render(request, "replication/follow_ups.html", {
        "page": Paginator(rows, 20).get_page(request.GET.get("page")), "day": today(),
        "shown": "selesai" if request.GET.get("tampil") == "selesai" else ""})


@library_page(can_mentor)
def contact_plan(request: HttpRequest, library: Library) -> HttpResponse:
    form = ContactPlanForm(request.POST or None, initial={"how": "visit", "planned_on": today_at(library)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: plan_contact(
            library=library, how=told["how"], planned_on=told["planned_on"], word=told["word"], by=request.actor,
            at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("It is planned; the library sees it."), undo=_undo("contact_off", library, made))
            return redirect(at(library, "pendampingan"))
    return _form(request, library, form, _("Plan a visit or a call"), _("The library sees when you come and what for."))


@library_page(can_mentor)
def contact_new(request: HttpRequest, library: Library) -> HttpResponse:
    return _note(request, library, None)


@library_page(can_mentor)
def contact_done(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    contact = own(Contact, library, id)
    if contact.done_on is not None or contact.withdrawn_at is not None:
        raise Http404
    return _note(request, library, contact)


def _note(request: HttpRequest, library: Library, planned: Contact | None) -> HttpResponse:
    day = today_at(library)
    start = {"how": planned.how if planned else "phone", "done_on": day, "about_silence": request.GET.get("sepi") == "1"}
    form = ContactForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: record_contact(
            library=library, how=told["how"], done_on=told["done_on"], word=told["word"], outcome=told["outcome"],
            about_silence=told["about_silence"], agreed=form.agreed, planned=planned, by=request.actor, at=clock.now(),
            id=form.change_id))
        if made is not None:
            say(request, _("The note is kept; the library reads it."), undo=_undo("contact_off", library, made))
            return redirect(at(library, "pendampingan"))
    return render(request, "replication/contact.html", {
        "library": library, "form": form, "planned": planned, "plan": running_plan(library), "back": at(library)},
        status=422 if form.errors else 200)


def _undo(name: str, library: Library, row: Any) -> str:
    return reverse(f"replication:{name}", args=[library.code, row.pk])


@require_POST
@library_page(can_mentor)
def contact_off(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    contact = own(Contact, library, id)
    return do(request, lambda: call_off(contact=contact, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("It is taken out."), at(library, "pendampingan"), undo=_undo("contact_back", library, contact))


@require_POST
@library_page(can_mentor)
def contact_back(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    contact = own(Contact, library, id)
    return do(request, lambda: restore_contact(contact=contact, by=request.actor, at=clock.now(),
                                               id=change_id_of(request.POST)), _("It is back."), at(library, "pendampingan"))


@require_POST
@library_page(can_bring)
def contact_read(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    contact = own(Contact, library, id)
    return do(request, lambda: read_note(contact=contact, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("Thank you; your mentor sees that you read it."), at(library, "pendampingan"))


@library_page(can_mentor)
def pause(request: HttpRequest, library: Library) -> HttpResponse:
    """Not to be called for a while. Shows why it was to be called."""
    fetched = Library.objects.with_hours().get(pk=library.pk)
    quiet = quiet_of([fetched], today_at(library))[library.pk]
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: pause_silence(
            library=library, until_on=form.cleaned_data["until_on"], reason=form.cleaned_data["reason"], by=request.actor,
            at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("It rests until then; your reason stands beside it."), undo=_undo("pause_end", library, made))
            return redirect(at(library))
    lead = quiet.rhythm.reason
    return _form(request, library, form, _("Let it rest for a while"), f"{lead[:1].upper()}{lead[1:]}." if lead else "")


@require_POST
@library_page(can_mentor)
def pause_end(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = own(Pause, library, id)
    return do(request, lambda: end_pause(pause=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("The rest is over."), at(library))
