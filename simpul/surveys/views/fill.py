"""Answering: over a link, a QR code, a personal link or at the tablet; nobody needs an account."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from simpul.core import clock
from simpul.surveys.actions import answer_survey
from simpul.surveys.forms import FillForm
from simpul.surveys.models import Invitation, Response, Survey, Version, invitation_of
from simpul.surveys.views.pages import LEFT_SECONDS, THANKS_SECONDS, back_to_the_door, is_kiosk, today, uuids


def fill(request: HttpRequest, survey: str) -> HttpResponse:
    """The questions of the newest version. Closed, or by invitation only: said in words, without questions."""
    row = Survey.objects.select_related("library").filter(code=survey.upper()[:8].replace("\x00", "")).first()
    if row is None or not row.versions.filter(published_at__isnull=False).exists():
        raise Http404
    return _fill(request, row, None)


@never_cache
def fill_invited(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link: one answer."""
    invitation = invitation_of(token)
    if invitation is None:
        raise Http404
    return _fill(request, invitation.survey, invitation)


def _fill(request: HttpRequest, survey: Survey, invitation: Invitation | None) -> HttpResponse:
    version = _version(request, survey)
    is_spent = invitation is not None and (invitation.answered_at is not None or invitation.dropped_at is not None)
    is_open = survey.is_open(today(survey.library)) and version is not None
    needs_link = survey.is_by_invitation and invitation is None
    if (request.method == "GET" and (not is_open or is_spent or needs_link)) or version is None:
        return render(request, "surveys/fill_closed.html", {
            "survey": survey, "library": survey.library, "is_spent": is_spent, "needs_link": needs_link and is_open,
            "at_kiosk": is_kiosk(request)})
    about = about_of(request.GET.get("tentang", "")) if invitation is None else None
    form = FillForm(request.POST or None, questions=list(version.questions.all()))
    if request.method == "POST" and form.is_valid():
        form.attempt(lambda: answer_survey(
            version=version, answers=form.answers, invitation=invitation, about_id=about, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
            channel=Response.Channel.KIOSK if is_kiosk(request) else Response.Channel.LINK, id=form.change_id))
        if not form.errors:
            return redirect("surveys:fill_thanks", survey=survey.code)
    at_kiosk = is_kiosk(request)
    response = render(request, "surveys/fill.html", {
        "survey": survey, "library": survey.library, "version": version, "form": form, "at_kiosk": at_kiosk},
        status=422 if form.errors else 200)
    return back_to_the_door(response, LEFT_SECONDS) if at_kiosk else response


def about_of(text: str) -> UUID | None:
    """The gathering that a link is about (`?tentang=…`); the form posts back to the same address."""
    found = uuids([text])
    return found[0] if found else None


def _version(request: HttpRequest, survey: Survey) -> Version | None:
    """The newest published version; a form that was opened before a new one came keeps its own."""
    rows = survey.versions.filter(published_at__isnull=False).order_by("-number")
    asked = request.POST.get("version", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 5:
        return rows.filter(number=int(asked)).first() or rows.first()
    return rows.first()


@require_safe
def fill_thanks(request: HttpRequest, survey: str) -> HttpResponse:
    row = Survey.objects.select_related("library").filter(code=survey.upper()[:8].replace("\x00", "")).first()
    if row is None:
        raise Http404
    response = render(request, "surveys/fill_thanks.html", {
        "survey": row, "library": row.library, "at_kiosk": is_kiosk(request)})
    return back_to_the_door(response, THANKS_SECONDS) if is_kiosk(request) else response
