"""Whom to ask again: the due list, a WhatsApp link each, a script for the phone."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock, phones
from simpul.core.forms import change_id_of
from simpul.core.ids import derived_id
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.surveys.actions import answer_survey, drop_invitation, invite, mark_sent, open_ready_survey
from simpul.surveys.forms import InvitationForm, KeyForm
from simpul.surveys.models import Invitation, Response
from simpul.surveys.views.pages import outside, today

PAGE = 20
SIX_WEEKS = timedelta(weeks=6)


@require_safe
@library_page(works_at)
def due(request: HttpRequest, library: Library) -> HttpResponse:
    """Who is due today or was before; then who comes later."""
    day = today(library)
    rows = Invitation.objects.visible_to(request.actor).filter(survey__library=library).waiting()  # type: ignore[attr-defined]
    page = Paginator(rows.select_related("survey").order_by("due_on", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "surveys/due.html", {
        "library": library, "page": page, "day": day, "n": rows.filter(due_on__lte=day).count(),
        "rows": [(row, _whatsapp(request, library, row), row.due_on <= day) for row in page]})


def _whatsapp(request: HttpRequest, library: Library, row: Invitation) -> str:
    """A message with her personal link; "" where she is reached otherwise."""
    if row.channel != Invitation.Channel.WHATSAPP or not row.phone:
        return ""
    address = outside(request, reverse("surveys:fill_invited", args=[row.token]))
    about = _("about “%(about)s”") % {"about": row.about} if row.about else _("about the activity")
    text = _("Hello, this is %(library)s. You agreed to be asked once more %(about)s. It takes two minutes: %(link)s") % {
        "library": library.name, "about": about, "link": address}
    return phones.whatsapp_link(row.phone, text)


@library_page(works_at)
def new(request: HttpRequest, library: Library) -> HttpResponse:
    """Put somebody on the list. The survey is the ready-made follow-up; it is opened with the first of them."""
    form = InvitationForm(request.POST or None, initial={"due_on": today(library) + SIX_WEEKS})
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: _invite(request, library, form)):
        say(request, _("On the list. The next one?"))
        return redirect("surveys:due_new", code=library.code)
    return render(request, "surveys/due_new.html", {"library": library, "form": form}, status=422 if form.errors else 200)


def _invite(request: HttpRequest, library: Library, form: InvitationForm) -> Invitation:
    told, by, at = form.cleaned_data, request.actor, clock.now()  # type: ignore[attr-defined]
    survey = open_ready_survey(library=library, ready="outcomes-followup", by=by, at=at,
                               id=derived_id(form.change_id, "survey"))
    return invite(survey=survey, label=told["label"], phone=told["phone"], about=told["about"], due_on=told["due_on"],
                  channel=told["channel"], by=by, at=at, id=form.change_id)


def _row(request: HttpRequest, library: Library, id: UUID) -> Invitation:
    row = Invitation.objects.visible_to(request.actor).select_related("survey__library").filter(  # type: ignore[attr-defined]
        survey__library=library, pk=id).first()
    if row is None:
        raise Http404
    return row


@require_POST
@library_page(works_at)
def sent(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    mark_sent(invitation=_row(request, library, id), by=request.actor, at=clock.now(), id=change_id_of(request.POST))  # type: ignore[attr-defined]
    say(request, _("Sent. The line stays until she answers."))
    return redirect("surveys:due", code=library.code)


@require_POST
@library_page(works_at)
def drop(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    try:
        drop_invitation(invitation=_row(request, library, id), by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                        id=change_id_of(request.POST))
    except Refusal as refusal:
        say(request, refusal, level=40)
    else:
        say(request, _("Off the list. Name and number are erased."))
    return redirect("surveys:due", code=library.code)


@library_page(works_at)
def script(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """What to say on the phone, and the answers as they come."""
    row = _row(request, library, id)
    version = row.survey.versions.filter(published_at__isnull=False).order_by("-number").first()
    if version is None or row.answered_at is not None or row.dropped_at is not None:
        raise Http404
    form = KeyForm(request.POST or None, questions=list(version.questions.all()))
    if request.method == "POST" and form.is_valid():
        done: Any = form.attempt(lambda: answer_survey(
            version=version, answers=form.answers, channel=Response.Channel.PHONE, invitation=row, by=request.actor,  # type: ignore[attr-defined]
            at=clock.now(), id=form.change_id))
        if done:
            say(request, _("Her answers are entered. Thank you for calling."))
            return redirect("surveys:due", code=library.code)
    return render(request, "surveys/script.html", {
        "library": library, "row": row, "form": form, "version": version,
        "caller": request.user.name, "link": reverse("surveys:fill_invited", args=[row.token])},
        status=422 if form.errors else 200)
