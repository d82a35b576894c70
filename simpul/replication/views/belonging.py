"""An activity is part of the plan: one tap beside the activity links it to a row as its proof."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.activities.models import Activity
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.plans.actions import Proof, add_evidence
from simpul.plans.models import Step
from simpul.plans.queries import evidence_of
from simpul.replication.queries.cascade import ACTIVITY
from simpul.replication.views.pages import do, today_at


@library_page(works_at)
def part_of_plan(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Which row of a running plan is it? A tap, and plan, activity, people and outcome hang together."""
    activity = Activity.objects.select_related("gathering").filter(pk=id, library=library).first()
    if activity is None:
        raise Http404
    reference = f"{ACTIVITY}{activity.pk}"
    linked = evidence_of([reference]).get(reference, [])
    if request.method == "POST":
        step = _row(library, request.POST.get("langkah", ""))
        if step in linked:
            return do(request, lambda: step, _("It is part of the plan already."), _page(library, activity))
        return do(request, lambda: add_evidence(step=step, proof=Proof(reference=reference), by=request.actor, at=clock.now(),
                                                id=change_id_of(request.POST)),
                  _("It is part of the plan now: “%(step)s”.") % {"step": step.activity}, _page(library, activity))
    rows = Step.objects.of_running_plans().filter(library=library).exclude(state=Step.State.NOT_DONE).exclude(
        pk__in=[one.pk for one in linked]).select_related("plan").order_by("-plan__starts_on", "number")
    return render(request, "replication/part_of_plan.html", {
        "library": library, "activity": activity, "linked": linked, "rows": rows[:40], "day": today_at(library)})


def _page(library: Library, activity: Activity) -> str:
    return reverse("activities:activity", args=[library.code, activity.pk])


def _row(library: Library, key: str) -> Step:
    try:
        step = Step.objects.of_running_plans().select_related("plan", "library").filter(pk=UUID(key), library=library).first()
    except ValueError:
        step = None
    if step is None:
        raise Http404
    return step
