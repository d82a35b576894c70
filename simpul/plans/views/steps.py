"""Rows of a plan: written, changed, begun, done in one tap, not done, proved."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.libraries.models import Library
from simpul.plans.actions import (
    add_step,
    begin_step,
    change_step,
    finish_step,
    leave_step,
    remove_step,
    reopen_step,
    restore_step,
    void_evidence,
)
from simpul.plans.forms import DoneForm, ReasonForm, StepForm
from simpul.plans.models import Evidence, Plan, Step
from simpul.plans.permissions import can_read, can_write
from simpul.plans.views.pages import do, plan_page, step_page, today
from simpul.plans.views.plans import show


@require_POST
@plan_page(can_write)
def step_new(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    form = StepForm(request.POST)
    if form.is_valid():
        step = form.attempt(lambda: add_step(
            plan=plan, given=form.given, by=request.actor, at=clock.now(), id=form.change_id))
        if step is not None:
            say(request, _("The row is added."), undo=reverse("plans:step_remove", args=[library.code, plan.pk, step.pk]))
            return redirect(reverse("plans:plan", args=[library.code, plan.pk]) + "#baris-baru")
    return show(request, library, plan, form)


@step_page(can_write)
def step_edit(request: HttpRequest, library: Library, plan: Plan, step: Step) -> HttpResponse:
    form = StepForm(request.POST or None, initial=StepForm.initial_of(step))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: change_step(
            step=step, given=form.given, by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Saved."))
            return redirect("plans:plan", library.code, plan.pk)
    return render(request, "plans/step.html", {"library": library, "plan": plan, "step": step, "form": form},
                  status=422 if form.errors else 200)


def _undo(library: Library, plan: Plan, step: Step, name: str) -> str:
    return reverse(f"plans:{name}", args=[library.code, plan.pk, step.pk])


@require_POST
@step_page(can_write)
def step_begin(request: HttpRequest, library: Library, plan: Plan, step: Step) -> HttpResponse:
    return do(request, plan, lambda: begin_step(
        step=step, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("It is going on."),
        undo=_undo(library, plan, step, "step_reopen"))


@require_POST
@step_page(can_write)
def step_done(request: HttpRequest, library: Library, plan: Plan, step: Step) -> HttpResponse:
    """One tap; proof may follow."""
    return do(request, plan, lambda: finish_step(
        step=step, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("Done, well done! A photo or a sentence as proof may follow below the row."),
        undo=_undo(library, plan, step, "step_reopen"))


@step_page(can_write)
def step_proof(request: HttpRequest, library: Library, plan: Plan, step: Step) -> HttpResponse:
    """When it was done, and what proves it."""
    form = DoneForm(request.POST or None, request.FILES or None, initial={"done_on": step.done_on or today(library)})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: finish_step(
            step=step, done_on=form.cleaned_data["done_on"], proof=form.proof, by=request.actor, at=clock.now(),
            id=form.change_id))
        if done is not None:
            say(request, _("Written down."))
            return redirect("plans:plan", library.code, plan.pk)
    return render(request, "plans/form.html", {
        "library": library, "form": form, "heading": _("Done, with proof"), "button": _("Save"), "lead": step.activity,
        "has_file": True, "back": reverse("plans:plan", args=[library.code, plan.pk])}, status=422 if form.errors else 200)


@step_page(can_write)
def step_leave(request: HttpRequest, library: Library, plan: Plan, step: Step) -> HttpResponse:
    form = ReasonForm(request.POST or None, initial={"reason": step.reason})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: leave_step(
            step=step, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Written down."), undo=_undo(library, plan, step, "step_reopen"))
            return redirect("plans:plan", library.code, plan.pk)
    return render(request, "plans/form.html", {
        "library": library, "form": form, "heading": _("Not done"), "button": _("Save"), "lead": step.activity,
        "back": reverse("plans:plan", args=[library.code, plan.pk])}, status=422 if form.errors else 200)


@require_POST
@step_page(can_write)
def step_reopen(request: HttpRequest, library: Library, plan: Plan, step: Step) -> HttpResponse:
    return do(request, plan, lambda: reopen_step(
        step=step, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("It is planned again."))


@require_POST
@step_page(can_write)
def step_remove(request: HttpRequest, library: Library, plan: Plan, step: Step) -> HttpResponse:
    return do(request, plan, lambda: remove_step(
        step=step, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("Taken out of the plan."),
        undo=_undo(library, plan, step, "step_restore"))


@require_POST
@step_page(can_write)
def step_restore(request: HttpRequest, library: Library, plan: Plan, step: Step) -> HttpResponse:
    return do(request, plan, lambda: restore_step(
        step=step, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("It stands in the plan again."))


def _evidence(plan: Plan, id: UUID) -> Evidence:
    found = Evidence.objects.select_related("step__plan", "step__library", "file").filter(pk=id, step__plan=plan).first()
    if found is None:
        raise Http404
    return found


@require_safe
@plan_page(can_read)
def evidence_file(request: HttpRequest, library: Library, plan: Plan, evidence: UUID) -> HttpResponse:
    found = _evidence(plan, evidence)
    if found.file is None or found.voided_at is not None:
        raise Http404
    return file_response(found.file)  # type: ignore[return-value]


@require_POST
@plan_page(can_write)
def evidence_void(request: HttpRequest, library: Library, plan: Plan, evidence: UUID) -> HttpResponse:
    row = _evidence(plan, evidence)
    try:
        void_evidence(evidence=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
        say(request, _("The proof is taken back."))
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
    return redirect("plans:plan", library.code, plan.pk)
