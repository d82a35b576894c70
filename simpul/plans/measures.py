"""What can be counted about plans: rows that were done, plans that were handed in."""

from django.utils.translation import gettext_lazy as _

from simpul.core.measure import Measure
from simpul.plans.models import Plan, Step

MEASURES = (
    Measure(
        name="plan_steps_done", label=_("steps of plans that were done"), unit=_("steps"), date="done_on", follows=("plan",),
        rows=lambda: Step.objects.standing().done().select_related("library", "plan"),
        disaggregations={"kind": "kind", "plan": "plan__kind", "funds": "funds"},
        columns=((_("Day"), "done_on"), (_("Library"), "library.name"), (_("Plan"), "plan.title"),
                 (_("What"), "activity"), (_("Kind"), "get_kind_display"))),
    Measure(
        name="plan_steps", label=_("steps of plans, by the day they are due"), unit=_("steps"), date="due_on", follows=("plan",),
        rows=lambda: Step.objects.standing().exclude(plan__state=Plan.State.DRAFT).select_related("library", "plan"),
        disaggregations={"state": "state", "kind": "kind", "plan": "plan__kind"},
        columns=((_("Day"), "due_on"), (_("Library"), "library.name"), (_("Plan"), "plan.title"),
                 (_("What"), "activity"), (_("State"), "get_state_display"))),
    Measure(
        name="plans", label=_("plans handed in"), unit=_("plans"), date="starts_on",
        rows=lambda: Plan.objects.handed_in().select_related("library"),
        disaggregations={"kind": "kind", "state": "state"},
        columns=((_("Day"), "starts_on"), (_("Library"), "library.name"), (_("Plan"), "title"),
                 (_("Kind"), "get_kind_display"), (_("State"), "get_state_display"))),
)
