"""A library's journey: steps with evidence, papers, readiness, confirmations by hand."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page
from simpul.replication.actions import (
    confirm_step,
    keep_document,
    restore_document,
    score_readiness,
    withdraw_confirmation,
    withdraw_document,
)
from simpul.replication.forms import ConfirmForm, DocumentForm, ReadinessForm
from simpul.replication.models import Confirmation, Document
from simpul.replication.permissions import can_bring, can_mentor, can_read
from simpul.replication.queries.journey import journey_of
from simpul.replication.queries.mentoring import contacts_of, mentor_of
from simpul.replication.queries.readiness import readiness
from simpul.replication.steps import HOW, Stage
from simpul.replication.views.pages import do, own, today_at


def at(library: Library, part: str = "") -> str:
    """The journey's address, at a part of the page."""
    return reverse("replication:journey", args=[library.code]) + (f"#{part}" if part else "")


@require_safe
@library_page(can_read)
def journey(request: HttpRequest, library: Library) -> HttpResponse:
    """Steps, papers, readiness, mentoring: everything about where a library stands, on one page."""
    day = today_at(library)
    found = journey_of(library, day)
    mentor = mentor_of(library.pk, day)
    actor = request.actor
    is_own = actor.works_at(library.pk)
    lines = readiness(library, found)
    asks = _("Good day, I am from %(library)s. I would like to ask: ") % {"library": library.name}
    scores = [line.score.points for line in lines if line.score]
    return render(request, "replication/journey.html", {
        "library": library, "journey": found, "day": day, "is_own": is_own, "axes": lines,
        "points": sum(scores), "of_points": 4 * len(scores),
        "steps": [(one, HOW[one.stage]) for one in found.steps],
        "mentor": mentor, "mentor_link": whatsapp_link(mentor.phone, asks) if mentor and mentor.phone and is_own else "",
        "contacts": contacts_of(library), "can_bring": can_bring(actor, library.pk),
        "can_mentor": can_mentor(actor, library.pk),
        "documents": Document.objects.standing().filter(library=library).select_related("file"),
        "by_hand": Confirmation.objects.standing().filter(library=library).select_related("account")})


@library_page(can_bring)
def document_new(request: HttpRequest, library: Library) -> HttpResponse:
    """`jenis` of the address chooses the paper."""
    start = {"dated_on": today_at(library), "kind": request.GET.get("jenis", "")}
    form = DocumentForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: keep_document(
            library=library, kind=told["kind"], dated_on=told["dated_on"], valid_until=told["valid_until"],
            number=told["number"], word=told["word"], file=told["file"], by=request.actor, at=clock.now(),
            id=form.change_id))
        if made is not None:
            say(request, _("The paper is kept."), undo=reverse("replication:document_out", args=[library.code, made.pk]))
            return redirect(at(library, "berkas"))
    return _form(request, library, form, _("A paper of the journey"), _(
        "Photograph it or attach the PDF; the day on the paper is the day that counts."), has_file=True)


def _form(request: HttpRequest, library: Library | None, form: Any, heading: str, lead: str, *, has_file: bool = False,
          back: str = "") -> HttpResponse:
    return render(request, "replication/form.html", {
        "library": library, "form": form, "heading": heading, "lead": lead, "has_file": has_file,
        "back": back or (at(library) if library else reverse("replication:board"))}, status=422 if form.errors else 200)


@require_safe
@library_page(can_read)
def document_file(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    document = own(Document, library, id)
    if document.file is None or document.withdrawn_at is not None:
        raise Http404
    return file_response(document.file)


@require_POST
@library_page(can_bring)
def document_out(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    document = own(Document, library, id)
    return do(request, lambda: withdraw_document(document=document, by=request.actor, at=clock.now(),
                                                 id=change_id_of(request.POST)), _("The paper is taken out."),
              at(library, "berkas"), undo=reverse("replication:document_back", args=[library.code, id]))


@require_POST
@library_page(can_bring)
def document_back(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    document = own(Document, library, id)
    return do(request, lambda: restore_document(document=document, by=request.actor, at=clock.now(),
                                                id=change_id_of(request.POST)), _("The paper is back."), at(library, "berkas"))


@library_page(can_mentor)
def confirm(request: HttpRequest, library: Library) -> HttpResponse:
    stage = request.GET.get("langkah", "")
    start = {"said_on": today_at(library), "stage": stage if stage in Stage.values else ""}
    form = ConfirmForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: confirm_step(
            library=library, stage=told["stage"], said_on=told["said_on"], reason=told["reason"],
            is_lost=bool(told["is_lost"]), by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("It stands in the journey, with your reason."),
                undo=reverse("replication:confirmation_out", args=[library.code, made.pk]))
            return redirect(at(library))
    return _form(request, library, form, _("Say a step by hand"), _(
        "Only where no record can prove it. Your reason and your name are read by the library and the city."))


@require_POST
@library_page(can_mentor)
def confirmation_out(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = own(Confirmation, library, id)
    return do(request, lambda: withdraw_confirmation(confirmation=row, by=request.actor, at=clock.now(),
                                                     id=change_id_of(request.POST)), _("It is taken back."), at(library))


@library_page(can_mentor)
def score(request: HttpRequest, library: Library) -> HttpResponse:
    """Five axes with what their points mean and what the system knows; those left alone keep their score."""
    found = journey_of(library, today_at(library))
    form = ReadinessForm(request.POST or None, lines=readiness(library, found))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: score_readiness(
            library=library, given=form.given, by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("The scores are kept; the library reads them with your reasons."))
            return redirect(at(library, "kesiapan"))
    return render(request, "replication/score.html", {"library": library, "form": form, "back": at(library)},
                  status=422 if form.errors else 200)
