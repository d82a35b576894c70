"""The office plans: workshops, programme, speakers, budget."""

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
from simpul.training.actions import (
    announce_workshop,
    cancel_workshop,
    copy_workshop,
    describe_workshop,
    plan_workshop,
    remove_budget_line,
    remove_lesson,
    remove_speaker,
    restore_lesson,
    write_budget_line,
    write_lesson,
    write_speaker,
)
from simpul.training.forms import BudgetForm, DayForm, LessonForm, NewForm, SpeakerForm, WorkshopForm
from simpul.training.models import BudgetLine, Lesson, Participant, Speaker, Workshop
from simpul.training.permissions import can_train
from simpul.training.queries import (
    is_over,
    lessons_of,
    plans_of,
    presence_counts,
    training_of_libraries,
    workshop_lines,
    workshops,
)
from simpul.training.views.pages import at, do, form_page, helper_page, lesson_of, office_page, workshop_page
from simpul.training.wording import days_words

PAGE = 20


@require_safe
@office_page
def table(request: HttpRequest) -> HttpResponse:
    """Workshops, the newest first."""
    page = Paginator(workshops(), PAGE).get_page(request.GET.get("page"))
    told = training_of_libraries()
    return render(request, "training/table.html", {
        "page": page, "lines": [(line, days_words(line.workshop)) for line in workshop_lines(list(page))],
        "libraries": len(told), "people": sum(one.people for one in told.values()), "jp": sum(one.jp for one in told.values())})


@office_page
def new(request: HttpRequest) -> HttpResponse:
    form = NewForm(request.POST or None)
    if not form.is_bound:
        form.initial["library"] = form.fields["library"].queryset.first()  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: plan_workshop(
            library=told["library"], programme=told["programme"], first_on=told["first_on"], title=told["title"],
            venue=told["venue"], by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if made is not None:
            say(request, _("Planned. Look at the programme, then open it for invitations."))
            return redirect("training:workshop", made.pk)
    return form_page(request, form, heading=_("A new workshop"), button=_("Plan it"), back=reverse("training:table"), lead=_(
        "The programme brings lessons, test, and budget lines; all of it can be changed."))


@require_safe
@helper_page
def workshop(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """One workshop: what is to be done next, the programme, who comes."""
    lessons = lessons_of(workshop)
    people = workshop.participants.all()
    counts = {
        "libraries": workshop.invitations.count(), "named": people.current().count(),  # type: ignore[attr-defined]
        "confirmed": people.with_place().count(), "plans": sum(not one.is_draft for one in plans_of(workshop).values()),  # type: ignore[attr-defined]
        "waiting": people.filter(state=Participant.State.CONFIRMED, registration__state="waiting").count()}
    now = clock.now()
    today = clock.local_date(now, workshop.library.time_zone)
    return render(request, "training/workshop.html", {
        "workshop": workshop, "gathering": workshop.gathering, "days": days_words(workshop), "counts": counts,
        "programme": _by_day(presence_counts(lessons)), "jp": sum(one.jp for one in lessons), "now": now,
        "is_office": can_train(request.actor),  # type: ignore[attr-defined]
        "is_last": bool(workshop.gathering.last_on and today >= workshop.gathering.last_on),
        "is_over": is_over(workshop, now), "today": today, "speakers": list(workshop.speakers.all()),
        "budget": list(workshop.budget.all()), "total": sum(one.total for one in workshop.budget.all())})


def _by_day(rows: list[Any]) -> list[tuple[Any, list[Any]]]:
    days: dict[Any, list[Any]] = {}
    for row in rows:
        days.setdefault(row.lesson.day.local_date, []).append(row)
    return list(days.items())


@workshop_page
def edit(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = WorkshopForm(request.POST or None, initial=WorkshopForm.initial_of(workshop))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: describe_workshop(
            workshop=workshop, given=form.given, by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done is not None:
            say(request, _("Saved."))
            return redirect(at(workshop))
    return form_page(request, form, heading=_("About the workshop"), button=_("Save"), back=at(workshop))


@workshop_page
def copy(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: copy_workshop(
            workshop=workshop, first_on=form.cleaned_data["first_on"], by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if made is not None:
            say(request, _("Copied, without people."))
            return redirect(at(made))
    return form_page(request, form, heading=_("The same workshop again"), button=_("Copy it"), back=at(workshop), lead=_(
        "Programme, speakers, rule, test and budget come along; people and results do not."))


@require_POST
@workshop_page
def announce(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return do(request, lambda: announce_workshop(
        workshop=workshop, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
        _("Open. Now invite libraries."), at(workshop, "invitations"))


@require_POST
@workshop_page
def cancel(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return do(request, lambda: cancel_workshop(
        workshop=workshop, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
        _("Cancelled. Tell those who were to come."), at(workshop, "people"))


@workshop_page
def lesson_new(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = LessonForm(request.POST or None, workshop=workshop, initial={
        "day": workshop.gathering.first_on, "jp": 2, "kind": "topic"})
    return _lesson(request, workshop, form, None)


@workshop_page
def lesson_edit(request: HttpRequest, workshop: Workshop, lesson: UUID) -> HttpResponse:
    row = lesson_of(workshop, lesson)
    form = LessonForm(request.POST or None, workshop=workshop, initial=LessonForm.initial_of(row))
    return _lesson(request, workshop, form, row)


def _lesson(request: HttpRequest, workshop: Workshop, form: LessonForm, row: Lesson | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: write_lesson(
            workshop=workshop, given=form.given, lesson_id=row.pk if row else None, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
            id=form.change_id))
        if done is not None:
            say(request, _("Saved."))
            return redirect(at(workshop))
    return form_page(request, form, heading=row.title if row else _("A lesson more"), button=_("Save"), back=at(workshop),
                     lead=workshop.title, remove=at(workshop, "lesson_remove", row.pk) if row else "",
                     remove_label=_("Take it out of the programme"))


@require_POST
@workshop_page
def lesson_remove(request: HttpRequest, workshop: Workshop, lesson: UUID) -> HttpResponse:
    row = lesson_of(workshop, lesson)
    return do(request, lambda: remove_lesson(lesson=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
              _("Taken out of the programme."), at(workshop), undo=at(workshop, "lesson_restore", row.pk))


@require_POST
@workshop_page
def lesson_restore(request: HttpRequest, workshop: Workshop, lesson: UUID) -> HttpResponse:
    row = lesson_of(workshop, lesson)
    return do(request, lambda: restore_lesson(lesson=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
              _("Back in the programme."), at(workshop))


@workshop_page
def speaker_new(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return _speaker(request, workshop, None)


@workshop_page
def speaker_edit(request: HttpRequest, workshop: Workshop, speaker: UUID) -> HttpResponse:
    row = workshop.speakers.filter(pk=speaker).first()
    if row is None:
        raise Http404
    return _speaker(request, workshop, row)


def _speaker(request: HttpRequest, workshop: Workshop, row: Speaker | None) -> HttpResponse:
    form = SpeakerForm(request.POST or None, initial={} if row is None else {
        name: getattr(row, name) for name in ("name", "office", "biography", "is_facilitator")})
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "office", "biography", "is_facilitator")}
        done = form.attempt(lambda: write_speaker(
            workshop=workshop, speaker_id=row.pk if row else None, by=request.actor, at=clock.now(), id=form.change_id, **told))  # type: ignore[attr-defined]
        if done is not None:
            say(request, _("Saved."))
            return redirect(at(workshop))
    return form_page(request, form, heading=_("Speaker or facilitator"), button=_("Save"), back=at(workshop),
                     lead=workshop.title, remove=at(workshop, "speaker_remove", row.pk) if row else "",
                     remove_label=_("Take out"))


@require_POST
@workshop_page
def speaker_remove(request: HttpRequest, workshop: Workshop, speaker: UUID) -> HttpResponse:
    return do(request, lambda: remove_speaker(
        workshop=workshop, speaker_id=speaker, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
        _("Taken out."), at(workshop))


@workshop_page
def budget_new(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return _budget(request, workshop, None)


@workshop_page
def budget_edit(request: HttpRequest, workshop: Workshop, line: UUID) -> HttpResponse:
    row = workshop.budget.filter(pk=line).first()
    if row is None:
        raise Http404
    return _budget(request, workshop, row)


def _budget(request: HttpRequest, workshop: Workshop, row: BudgetLine | None) -> HttpResponse:
    form = BudgetForm(request.POST or None, initial={"quantity": 1} if row is None else {
        name: getattr(row, name) for name in ("label", "quantity", "unit", "price")})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = form.attempt(lambda: write_budget_line(
            workshop=workshop, label=told["label"], quantity=told["quantity"], unit=told["unit"], price=told["price"] or 0,
            line_id=row.pk if row else None, by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done is not None:
            say(request, _("Saved."))
            return redirect(at(workshop))
    return form_page(request, form, heading=_("Budget line"), button=_("Save"), back=at(workshop), lead=workshop.title,
                     remove=at(workshop, "budget_remove", row.pk) if row else "", remove_label=_("Take out"))


@require_POST
@workshop_page
def budget_remove(request: HttpRequest, workshop: Workshop, line: UUID) -> HttpResponse:
    return do(request, lambda: remove_budget_line(
        workshop=workshop, line_id=line, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
        _("Taken out."), at(workshop))
