"""The builder: choose, write questions, publish, close."""

from typing import Any
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
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, runs
from simpul.surveys.actions import (
    close_survey,
    make_survey,
    move_up,
    new_draft,
    publish,
    remove_question,
    reopen_survey,
    set_survey,
    write_question,
)
from simpul.surveys.forms import QuestionForm, SettingsForm, SurveyForm
from simpul.surveys.models import Version
from simpul.surveys.readymade import ready_made
from simpul.surveys.views.surveys import survey_of


@library_page(runs)
def new(request: HttpRequest, library: Library) -> HttpResponse:
    """Take a ready-made survey with one tap, or begin from nothing."""
    ready = request.POST.get("ready", "")
    form = SurveyForm(None if ready else request.POST or None)
    if request.method == "POST" and ready in ready_made():
        made = make_survey(library=library, ready=ready, by=request.actor, at=clock.now(), id=change_id_of(request.POST))  # type: ignore[attr-defined]
        return redirect("surveys:build", code=library.code, id=made.pk)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: make_survey(
            library=library, title=form.cleaned_data["title"], purpose=form.cleaned_data["purpose"],
            by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done:
            return redirect("surveys:build", code=library.code, id=done.pk)
    return render(request, "surveys/new.html", {"library": library, "form": form, "ready": list(ready_made().values())},
                  status=422 if form.errors else 200)


def _draft(survey: Any) -> Version:
    draft = survey.versions.filter(published_at__isnull=True).first()
    if draft is None:
        raise Http404
    return draft  # type: ignore[no-any-return]


@library_page(runs)
def build(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """The draft with its questions, and the form for one more."""
    survey = survey_of(library, id)
    draft = _draft(survey)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: write_question(survey=survey, by=request.actor, at=clock.now(), id=form.change_id,  # type: ignore[attr-defined]
                                                   **form.told))
        if done:
            say(request, _("Added."))
            return redirect("surveys:build", code=library.code, id=id)
    return render(request, "surveys/build.html", {
        "library": library, "survey": survey, "draft": draft, "questions": list(draft.questions.all()), "form": form},
        status=422 if form.errors else 200)


@library_page(runs)
def question(request: HttpRequest, library: Library, id: UUID, question: UUID) -> HttpResponse:
    """Change one question of the draft."""
    survey = survey_of(library, id)
    row = _draft(survey).questions.filter(pk=question).first()
    if row is None:
        raise Http404
    form = QuestionForm(request.POST or None, initial={
        "text": row.text, "kind": row.kind, "text_en": row.text_en, "choices": "\n".join(row.choices),
        "choices_en": "\n".join(row.choices_en), "is_required": row.is_required})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: write_question(
            survey=survey, question_id=row.pk, by=request.actor, at=clock.now(), id=form.change_id, **form.told))  # type: ignore[attr-defined]
        if done:
            return redirect("surveys:build", code=library.code, id=id)
    return render(request, "surveys/question.html", {"library": library, "survey": survey, "form": form},
                  status=422 if form.errors else 200)


@require_POST
@library_page(runs)
def question_off(request: HttpRequest, library: Library, id: UUID, question: UUID) -> HttpResponse:
    _attempt(request, lambda: remove_question(survey=survey_of(library, id), question_id=question, by=request.actor,  # type: ignore[attr-defined]
                                              at=clock.now(), id=change_id_of(request.POST)))
    return redirect("surveys:build", code=library.code, id=id)


@require_POST
@library_page(runs)
def question_up(request: HttpRequest, library: Library, id: UUID, question: UUID) -> HttpResponse:
    _attempt(request, lambda: move_up(survey=survey_of(library, id), question_id=question, by=request.actor,  # type: ignore[attr-defined]
                                      at=clock.now(), id=change_id_of(request.POST)))
    return redirect("surveys:build", code=library.code, id=id)


@library_page(runs)
def settings(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Title, last day, how many were asked, who may answer."""
    survey = survey_of(library, id)
    version = survey.versions.order_by("-number").first()
    form = SettingsForm(request.POST or None, initial={
        "title": survey.title, "intro": version.intro if version else "", "closes_on": survey.closes_on,
        "invited": survey.invited, "is_listed": survey.is_listed, "is_by_invitation": survey.is_by_invitation})
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        done = form.attempt(lambda: set_survey(survey=survey, by=request.actor, at=clock.now(), id=form.change_id, **data))  # type: ignore[attr-defined]
        if done:
            say(request, _("Kept."))
            return redirect("surveys:survey", code=library.code, id=id)
    return render(request, "surveys/settings.html", {"library": library, "survey": survey, "form": form},
                  status=422 if form.errors else 200)


def _attempt(request: HttpRequest, do: Any) -> bool:
    try:
        do()
    except Refusal as refusal:
        say(request, refusal, level=40)
        return False
    return True


@require_POST
@library_page(runs)
def publish_draft(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    survey = survey_of(library, id)
    if not _attempt(request, lambda: publish(survey=survey, by=request.actor, at=clock.now(), id=change_id_of(request.POST))):  # type: ignore[attr-defined]
        return redirect("surveys:build", code=library.code, id=id)
    say(request, _("Published. Share the link, print the sheet, or hang up the poster."))
    return redirect("surveys:survey", code=library.code, id=id)


@require_POST
@library_page(runs)
def draft(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Begin a new version; answers to the old one stay with it."""
    _attempt(request, lambda: new_draft(survey=survey_of(library, id), by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                        id=change_id_of(request.POST)))
    return redirect("surveys:build", code=library.code, id=id)


@require_POST
@library_page(runs)
def close(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    survey = survey_of(library, id)
    if _attempt(request, lambda: close_survey(survey=survey, by=request.actor, at=clock.now(), id=change_id_of(request.POST))):  # type: ignore[attr-defined]
        say(request, _("Closed."), undo=reverse("surveys:reopen", args=[library.code, id]))
    return redirect("surveys:survey", code=library.code, id=id)


@require_POST
@library_page(runs)
def reopen(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    survey = survey_of(library, id)
    if _attempt(request, lambda: reopen_survey(survey=survey, by=request.actor, at=clock.now(), id=change_id_of(request.POST))):  # type: ignore[attr-defined]
        say(request, _("Open again."))
    return redirect("surveys:survey", code=library.code, id=id)
