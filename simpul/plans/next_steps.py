"""What a plan asks of a library: a follow-up that is due, a row that is late, a draft that waits."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from simpul.core.next_step import Step as NextStep
from simpul.libraries.models import Library
from simpul.plans.models import Plan
from simpul.plans.queries import follow_ups_due, steps_due

WAITS = timedelta(days=7)  # a draft rests so long in peace


def follow_up_due(library: Library, day: date) -> NextStep | None:
    due = follow_ups_due(day, libraries=[library.pk])
    if not due:
        return None
    row = due[0]
    return NextStep(
        _("Look at “%(plan)s” again, after %(n)s months") % {"plan": row.plan.title, "n": row.months},
        _("Row by row: done, going on, or not. The city sees what needs help."), _("Look at it"),
        reverse("plans:follow_up", args=[library.code, row.plan_id, row.pk]), minutes=5, urgency=4)


def step_due(library: Library, day: date) -> NextStep | None:
    due = steps_due(day, libraries=[library.pk], within=timedelta(days=7))
    if not due:
        return None
    one = due[0]
    heading = _("Is it done? “%(what)s”") if one.is_overdue else _("Soon due: “%(what)s”")
    return NextStep(heading % {"what": one.step.activity},
                    _("It stands in your plan for %(day)s. One tap if it is done; otherwise move the day.") % {
                        "day": _day(one.step.due_on)},
                    _("Open the plan"), reverse("plans:plan", args=[library.code, one.step.plan_id]), minutes=1,
                    urgency=5 if one.is_overdue else 7)


def draft_waits(library: Library, day: date) -> NextStep | None:
    plan = Plan.objects.filter(library=library, state=Plan.State.DRAFT, recorded_at__date__lte=day - WAITS).order_by(
        "recorded_at").first()
    if plan is None:
        return None
    return NextStep(_("Hand in the plan “%(plan)s”") % {"plan": plan.title},
                    _("It is still a draft. Once it is handed in, its dates remind you."), _("Open the plan"),
                    reverse("plans:plan", args=[library.code, plan.pk]), minutes=5, urgency=5)


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y")


NEXT_STEPS = (follow_up_due, step_due, draft_waits)
