"""A library's plans, one plan with its rows, its head, its signature, its paper."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.journal import pointers
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page
from simpul.plans.actions import (
    acknowledge_plan,
    attach_flip_chart,
    check_in,
    close_plan,
    describe_plan,
    hand_in_plan,
    reopen_plan,
    take_back_plan,
    write_plan,
)
from simpul.plans.forms import (
    CheckForm,
    ClosingForm,
    EditForm,
    NewForm,
    PictureForm,
    SignedForm,
    StepForm,
    half_year,
)
from simpul.plans.models import FollowUp, Plan
from simpul.plans.permissions import can_read, can_sign, can_write
from simpul.plans.queries import NOTHING, follow_ups_due, progress_of_plans, steps_due, steps_of
from simpul.plans.views.pages import do, plan_page, today
from simpul.plans.wording import field_name, office_of, readable

SOON = 6  # rows shown on the list of plans


@require_safe
@library_page(can_read)
def plans(request: HttpRequest, library: Library) -> HttpResponse:
    """What is due first, then the plans with how far they are."""
    day = today(library)
    rows = Plan.objects.filter(library=library).order_by("-starts_on", "-recorded_at")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    progress = progress_of_plans([plan.pk for plan in page], day)
    due = steps_due(day, libraries=[library.pk])
    return render(request, "plans/list.html", {
        "library": library, "page": page, "lines": [(plan, progress.get(plan.pk, NOTHING)) for plan in page],
        "due": due[:SOON], "more": max(0, len(due) - SOON), "follow_ups": follow_ups_due(day, libraries=[library.pk]),
        "can_write": can_write(request.actor, library.pk)})


@library_page(can_write)
def plan_new(request: HttpRequest, library: Library) -> HttpResponse:
    day = today(library)
    form = NewForm(request.POST or None, request.FILES or None, initial={
        "kind": "rtl", "starts_on": day, "ends_on": half_year(day)})
    if request.method == "POST" and form.is_valid():
        plan = form.attempt(lambda: write_plan(
            library=library, kind=form.cleaned_data["kind"], given=form.given, flip_chart=form.cleaned_data["flip_chart"],
            by=request.actor, at=clock.now(), id=form.change_id))
        if plan is not None:
            say(request, _("Begun. Now add the first row."))
            return redirect("plans:plan", library.code, plan.pk)
    return _form(request, library, form, heading=_("A new plan"), button=_("Begin the plan"), has_file=True, lead=_(
        "Name and days are enough; its rows follow on the next page."), back=reverse("plans:list", args=[library.code]))


def _form(request: HttpRequest, library: Library, form, *, heading: str, button: str, lead: str, back: str,
          has_file: bool = False) -> HttpResponse:
    return render(request, "plans/form.html", {
        "library": library, "form": form, "heading": heading, "button": button, "lead": lead, "back": back,
        "has_file": has_file}, status=422 if form.errors else 200)


def _back(plan: Plan) -> str:
    return reverse("plans:plan", args=[plan.library.code, plan.pk])


@plan_page(can_read)
def plan(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    return show(request, library, plan, StepForm())


def show(request: HttpRequest, library: Library, plan: Plan, form: StepForm) -> HttpResponse:
    """A plan with its rows; `form` adds one."""
    day = today(library)
    steps = steps_of(plan)
    proofs = [one for step in steps for one in step.evidence.all()]
    things = pointers((one.reference for one in proofs), reader=request.actor)
    for one in proofs:
        one.thing = things.get(one.reference)  # type: ignore[attr-defined]
    return render(request, "plans/plan.html", {
        "library": library, "plan": plan, "form": form, "steps": [(step, step.is_overdue(day)) for step in steps],
        "progress": progress_of_plans([plan.pk], day).get(plan.pk, NOTHING), "today": day,
        "budget": sum(step.budget or 0 for step in steps), "follow_ups": list(plan.follow_ups.select_related("by")),
        "can_write": can_write(request.actor, library.pk) and not plan.is_closed,
        "can_sign": can_sign(request.actor, library.pk), "office": office_of(library)}, status=422 if form.errors else 200)


@plan_page(can_write)
def edit(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    form = EditForm(request.POST or None, initial=EditForm.initial_of(plan))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: describe_plan(
            plan=plan, given=form.given, by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Saved."))
            return redirect("plans:plan", library.code, plan.pk)
    return _form(request, library, form, heading=_("Head of the plan"), button=_("Save"), back=_back(plan), lead=_(
        "This plan was handed in: what you change becomes a revision that everybody can read.") if not plan.is_draft else "")


@plan_page(can_read)
def flip_chart(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    """GET: the photo; POST: a new one."""
    if request.method != "POST":
        if plan.flip_chart is None:
            raise Http404
        return file_response(plan.flip_chart)  # type: ignore[return-value]
    if not can_write(request.actor, library.pk):
        raise Http404
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid() and form.attempt(lambda: attach_flip_chart(
            plan=plan, picture=form.cleaned_data["picture"], by=request.actor, at=clock.now(), id=form.change_id)):
        say(request, _("The photo is attached. Type its rows when you have time."))
        return redirect("plans:plan", library.code, plan.pk)
    return _form(request, library, form, heading=_("Photo of the flip chart"), button=_("Attach it"), lead=plan.title,
                 back=_back(plan), has_file=True)


@plan_page(can_write)
def flip_chart_new(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    return render(request, "plans/form.html", {
        "library": library, "form": PictureForm(), "heading": _("Photo of the flip chart"), "button": _("Attach it"),
        "lead": plan.title, "back": _back(plan), "has_file": True,
        "to": reverse("plans:flip_chart", args=[library.code, plan.pk])})


@require_safe
@plan_page(can_read)
def signed_paper(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    if plan.signed_paper is None:
        raise Http404
    return file_response(plan.signed_paper)  # type: ignore[return-value]


@require_POST
@plan_page(can_write)
def hand_in(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    return do(request, plan, lambda: hand_in_plan(
        plan=plan, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("Handed in. Print it and have it signed; that may also be later."),
        undo=reverse("plans:take_back", args=[library.code, plan.pk]))


@require_POST
@plan_page(can_write)
def take_back(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    return do(request, plan, lambda: take_back_plan(
        plan=plan, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("It is a draft again."))


@plan_page(can_sign)
def acknowledge(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    form = SignedForm(request.POST or None, request.FILES or None, initial={
        "office": plan.acknowledged_office or office_of(library), "on": today(library)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = form.attempt(lambda: acknowledge_plan(
            plan=plan, office=told["office"], on=told["on"], paper=told["paper"], by=request.actor, at=clock.now(),
            id=form.change_id))
        if done is not None:
            say(request, _("Written down: acknowledged."))
            return redirect("plans:plan", library.code, plan.pk)
    return _form(request, library, form, heading=_("Acknowledged by"), button=_("Write down"), back=_back(plan), lead=_(
        "Who signed the paper under “Mengetahui”, and when."), has_file=True)


@plan_page(can_sign)
def close(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    form = ClosingForm(request.POST or None, initial={"word": plan.closing_word})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: close_plan(
            plan=plan, word=form.cleaned_data["word"], by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("The plan is closed."), undo=reverse("plans:reopen", args=[library.code, plan.pk]))
            return redirect("plans:plan", library.code, plan.pk)
    return _form(request, library, form, heading=_("Close the plan"), button=_("Close the plan"), back=_back(plan), lead=_(
        "Rows that are still open stay as they are."))


@require_POST
@plan_page(can_sign)
def reopen(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    return do(request, plan, lambda: reopen_plan(
        plan=plan, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("The plan is open again."))


@require_safe
@plan_page(can_read)
def revisions(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    """What changed after the plan was handed in: who, when, before and after."""
    page = Paginator(plan.revisions.select_related("by"), 20).get_page(request.GET.get("page"))
    lines = [(one, [{**line, "name": field_name(line["field"]), "before": readable(line["field"], line["before"]),
                     "after": readable(line["field"], line["after"])} for line in one.differences]) for one in page]
    return render(request, "plans/revisions.html", {"library": library, "plan": plan, "page": page, "lines": lines})


@plan_page(can_write)
def follow_up(request: HttpRequest, library: Library, plan: Plan, follow_up: UUID) -> HttpResponse:
    """Looking again after 1, 3 or 6 months, row by row."""
    row = FollowUp.objects.select_related("plan", "library").filter(pk=follow_up, plan=plan).first()
    if row is None:
        raise Http404
    steps = [step for step in steps_of(plan) if step.is_open]
    for step in steps:
        step.library, step.plan = library, plan
    form = CheckForm(request.POST or None, request.FILES or None, steps=steps, initial={"word": row.word})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: check_in(
            follow_up=row, told=form.told, word=form.cleaned_data["word"], by=request.actor, at=clock.now(),
            id=form.change_id))
        if done is not None:
            say(request, _("Thank you. %(done)s of %(all)s rows are done.") % {"done": done.steps_done, "all": done.steps_all})
            return redirect("plans:plan", library.code, plan.pk)
    return render(request, "plans/follow_up.html", {"library": library, "plan": plan, "row": row, "form": form},
                  status=422 if form.errors else 200)
