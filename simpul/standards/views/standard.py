"""A library before the national standard: met, missed, unknown; what is missing goes into the plan in one tap."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page
from simpul.plans.actions import StepGiven, add_step
from simpul.plans.models import Plan, Step
from simpul.replication.views.pages import today_at
from simpul.standards.permissions import can_plan, can_read
from simpul.standards.queries.standard import Answer, kelurahan, kota
from simpul.standards.requirements import BY_CODE, EFFORTS

SOON = timedelta(days=90)  # until then, or the end of the plan


def answers_of(library: Library) -> tuple[Answer, ...]:
    """By the standard for its kind."""
    day = today_at(library)
    return (kota if library.kind == Library.Kind.CITY else kelurahan)([library], day)[library.pk]


def plan_of(library: Library) -> Plan | None:
    """The plan that takes another row: the newest that is not closed."""
    return Plan.objects.filter(library=library).exclude(state=Plan.State.CLOSED).order_by("-starts_on").first()


@require_safe
@library_page(can_read)
def standard(request: HttpRequest, library: Library) -> HttpResponse:
    answers = answers_of(library)
    planned = dict(Step.objects.standing().filter(library=library, activity__in=[str(one.requirement.step) for one in answers])
                   .exclude(plan__state=Plan.State.CLOSED).values_list("activity", "plan_id"))
    open_ones = [one for one in answers if not one.is_met]
    open_ones.sort(key=lambda one: (one.is_met is not None, one.requirement.effort))
    return render(request, "standards/standard.html", {
        "library": library, "answers": answers, "met": sum(one.is_met is True for one in answers),
        "unknown": sum(one.is_met is None for one in answers), "is_city": library.kind == Library.Kind.CITY,
        "is_asked": library.kind in (Library.Kind.CITY, Library.Kind.VILLAGE),
        "todo": [(one, EFFORTS[one.requirement.effort], planned.get(str(one.requirement.step))) for one in open_ones],
        "done": [one for one in answers if one.is_met], "plan": plan_of(library),
        "can_plan": can_plan(request.actor, library.pk),
        "form": "snp-kota" if library.kind == Library.Kind.CITY else "snp-kelurahan"})


@require_POST
@library_page(can_plan)
def into_plan(request: HttpRequest, library: Library) -> HttpResponse:
    """`syarat`: the code of a requirement. It becomes a row of the plan, due in three months."""
    requirement = BY_CODE.get(request.POST.get("syarat", ""))
    if requirement is None:
        raise Http404
    here, plan = reverse("standards:standard", args=[library.code]), plan_of(library)
    if plan is None:
        say(request, _("There is no plan yet that could take it. Begin one, then tap again."))
        return redirect("plans:new", code=library.code)
    day = today_at(library)
    given = StepGiven(activity=str(requirement.step), due_on=max(day, min(day + SOON, plan.ends_on)),
                      indicator=_("National standard: %(label)s, %(asked)s") % {
                          "label": requirement.label, "asked": requirement.asked})
    try:
        step = add_step(plan=plan, given=given, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    except Refusal as refusal:
        say(request, str(refusal), level=40)
        return redirect(here)
    say(request, _("It stands in the plan “%(plan)s”.") % {"plan": plan.title},
        undo=reverse("plans:step_remove", args=[library.code, plan.pk, step.pk]))
    return redirect(here)
