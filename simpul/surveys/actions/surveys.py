"""Making a survey: its questions, its versions, opening and closing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.core.secrets import new_code
from simpul.libraries.models import Library
from simpul.surveys.actions.refusals import CannotChange, WrongQuestion
from simpul.surveys.models import Question, Survey, Version
from simpul.surveys.permissions import can_ask, can_enter
from simpul.surveys.readymade import ready_made

MOST_QUESTIONS, MOST_CHOICES = 40, 12


@change("survey.made", says=_("{by} made a survey of {library}: {result}"))
def make_survey(*, library: Library, title: str = "", purpose: str = "", ready: str = "", by: Actor, at: datetime,
                id: UUID) -> Survey:
    """A new survey with a draft: empty, or with the questions of a ready-made one. Raises NotAllowed, WrongQuestion."""
    need_ask(by, library.pk)
    return _make(library, title, purpose, ready, id)


def _make(library: Library, title: str, purpose: str, ready: str, id: UUID) -> Survey:
    made = ready_made().get(ready)
    if ready and made is None:
        raise WrongQuestion(_("This ready-made survey is not known."), field="ready")
    if made is None and (not title.strip() or purpose not in Survey.Purpose.values):
        raise WrongQuestion(_("Give the survey a title."), field="title")
    survey = Survey.objects.create(
        id=derived_id(id, "survey"), library=library, code=_free_code(), ready=ready,
        title=(title.strip() or made.title if made else title.strip())[:120],
        title_en=made.title_en if made and not title.strip() else "", purpose=made.purpose if made else purpose,
        is_by_invitation=made.is_by_invitation if made else False)
    version = Version.objects.create(
        id=derived_id(id, "version"), survey=survey, number=1, intro=made.intro if made else "",
        intro_en=made.intro_en if made else "")
    if made:
        Question.objects.bulk_create([Question(id=derived_id(id, f"question {n}"), version=version, position=n, **told)
                                      for n, told in enumerate(made.questions, 1)])
    return survey


def _free_code() -> str:
    while True:
        code = new_code(6)
        if not Survey.objects.filter(code=code).exists():
            return code


@change("survey.opened_ready", says=_("{by} opened the ready-made survey {result} of {library}"))
def open_ready_survey(*, library: Library, ready: str, by: Actor, at: datetime, id: UUID) -> Survey:
    """The library's open survey made from this file; made and published now where there is none. For rooms above
    (an activity asks its baseline, its feedback, its follow-up). Raises NotAllowed, WrongQuestion."""
    if not can_enter(by, library.pk) and not can_ask(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    found = Survey.objects.filter(library=library, ready=ready, closed_at__isnull=True, closes_on__isnull=True,
                                  versions__published_at__isnull=False).order_by("pk").first()
    if found is not None:
        return found
    survey = _make(library, "", "", ready, id)
    Version.objects.filter(survey=survey, published_at__isnull=True).update(published_at=at)
    return survey


@change("survey.set", says=_("{by} changed the settings of survey {survey}"))
def set_survey(*, survey: Survey, title: str, intro: str, closes_on: date | None, is_by_invitation: bool,
               is_listed: bool, invited: int | None, by: Actor, at: datetime, id: UUID) -> Survey:
    """How it is called and asked. The intro belongs to the draft, if there is one. Raises NotAllowed, WrongQuestion."""
    need_ask(by, survey.library_id)
    if not title.strip():
        raise WrongQuestion(_("Give the survey a title."), field="title")
    if title.strip() != survey.title:
        survey.title, survey.title_en = title.strip()[:120], ""
    survey.closes_on, survey.is_by_invitation, survey.is_listed = closes_on, is_by_invitation, is_listed
    survey.invited = invited
    survey.save()
    draft = survey.versions.filter(published_at__isnull=True).first()
    if draft is not None and draft.intro != intro.strip():
        Version.objects.filter(pk=draft.pk).update(intro=intro.strip()[:300], intro_en="")
    return survey


@change("survey.question_written", says=_("{by} wrote a question of survey {survey}"))
def write_question(*, survey: Survey, kind: str, text: str, text_en: str = "", choices: Sequence[str] = (),
                   choices_en: Sequence[str] = (), is_required: bool = True, question_id: UUID | None = None,
                   by: Actor, at: datetime, id: UUID) -> Question:
    """Add a question to the draft, or change one of it. Raises NotAllowed, CannotChange, WrongQuestion."""
    draft = draft_of(survey, by)
    needs_choices = kind in (Question.Kind.ONE, Question.Kind.SEVERAL)
    words = [" ".join(word.split())[:120] for word in choices if word.strip()] if needs_choices else []
    words_en = [" ".join(word.split())[:120] for word in choices_en if word.strip()] if needs_choices else []
    if kind not in Question.Kind.values or not text.strip():
        raise WrongQuestion(_("Write the question and choose how it is answered."), field="text")
    if needs_choices and not 2 <= len(words) <= MOST_CHOICES:
        raise WrongQuestion(_("Give two to twelve answers, one a line."), field="choices")
    if words_en and len(words_en) != len(words):
        raise WrongQuestion(_("Give as many answers in English as in Indonesian, or none."), field="choices_en")
    told: dict[str, Any] = {"kind": kind, "text": text.strip()[:300], "text_en": text_en.strip()[:300],
                            "choices": words, "choices_en": words_en, "is_required": is_required}
    if question_id is not None:
        question = draft.questions.filter(pk=question_id).first()
        if question is None:
            raise CannotChange(_("This question is no longer there."))
        if question.kind != kind or question.choices != words:
            told["key"] = _key(id)  # another question from now on: answers before are not its answers
        for name, value in told.items():
            setattr(question, name, value)
        question.save()
        return question
    last = draft.questions.aggregate(last=Max("position"))["last"] or 0
    if draft.questions.count() >= MOST_QUESTIONS:
        raise WrongQuestion(_("Forty questions are enough. Take one away first."))
    return Question.objects.create(id=derived_id(id, "question"), version=draft, position=last + 1, key=_key(id), **told)


def _key(id: UUID) -> str:
    return f"q{derived_id(id, 'key').hex[:12]}"


@change("survey.question_removed", says=_("{by} took a question out of survey {survey}"))
def remove_question(*, survey: Survey, question_id: UUID, by: Actor, at: datetime, id: UUID) -> None:
    draft_of(survey, by).questions.filter(pk=question_id).delete()


@change("survey.question_moved", says=_("{by} moved a question of survey {survey}"))
def move_up(*, survey: Survey, question_id: UUID, by: Actor, at: datetime, id: UUID) -> None:
    """The question changes places with the one above it."""
    draft = draft_of(survey, by)
    rows = list(draft.questions.order_by("position"))
    places = [row.pk for row in rows]
    n = places.index(question_id) if question_id in places else 0
    if n > 0:
        above, row = rows[n - 1], rows[n]
        Question.objects.filter(pk=row.pk).update(position=above.position)
        Question.objects.filter(pk=above.pk).update(position=row.position)


@change("survey.published", says=_("{by} published survey {survey}"))
def publish(*, survey: Survey, by: Actor, at: datetime, id: UUID) -> Version:
    """The draft becomes a version that never changes; answers are taken from now on. Raises NotAllowed,
    CannotChange, WrongQuestion (no question)."""
    draft = draft_of(survey, by)
    if not draft.questions.exists():
        raise WrongQuestion(_("Write at least one question first."))
    draft.published_at = at
    draft.save(update_fields=["published_at"])
    Survey.objects.filter(pk=survey.pk).update(closed_at=None)
    return draft


@change("survey.drafted", says=_("{by} began a new version of survey {survey}"))
def new_draft(*, survey: Survey, by: Actor, at: datetime, id: UUID) -> Version:
    """A draft with the questions of the last version; the draft that is already there, if any."""
    need_ask(by, survey.library_id)
    draft = survey.versions.filter(published_at__isnull=True).first()
    if draft is not None:
        return draft
    last = survey.versions.order_by("-number").prefetch_related("questions").first()
    if last is None:
        raise CannotChange(_("This survey has no version."))
    draft = Version.objects.create(id=derived_id(id, "version"), survey=survey, number=last.number + 1,
                                   intro=last.intro, intro_en=last.intro_en)
    Question.objects.bulk_create([Question(
        id=derived_id(id, f"question {q.position}"), version=draft, position=q.position, key=q.key, kind=q.kind,
        text=q.text, text_en=q.text_en, choices=q.choices, choices_en=q.choices_en, is_required=q.is_required)
        for q in last.questions.all()])
    return draft


@change("survey.closed", says=_("{by} closed survey {survey}"))
def close_survey(*, survey: Survey, by: Actor, at: datetime, id: UUID) -> Survey:
    need_ask(by, survey.library_id)
    survey.closed_at = at
    survey.save(update_fields=["closed_at"])
    return survey


@change("survey.reopened", says=_("{by} opened survey {survey} again"))
def reopen_survey(*, survey: Survey, by: Actor, at: datetime, id: UUID) -> Survey:
    """Answers are taken again; a last day that has passed is forgotten."""
    need_ask(by, survey.library_id)
    survey.closed_at = None
    if survey.closes_on and survey.closes_on < at.date():
        survey.closes_on = None
    survey.save(update_fields=["closed_at", "closes_on"])
    return survey


def need_ask(by: Actor, library_id: UUID) -> None:
    if not can_ask(by, library_id):
        raise NotAllowed(_("Only the librarian of this library makes surveys."))


def draft_of(survey: Survey, by: Actor) -> Version:
    """The version that may still change."""
    need_ask(by, survey.library_id)
    draft = survey.versions.filter(published_at__isnull=True).first()
    if draft is None:
        raise CannotChange(_("This version is published and stays as it is. Begin a new version."))
    return draft
