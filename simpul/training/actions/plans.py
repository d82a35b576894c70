"""The follow-up plan (RTL) that a library's team writes in the room."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.plans.actions import PlanGiven, months_after, write_plan
from simpul.plans.actions.writing import attach_flip_chart
from simpul.plans.models import Plan
from simpul.training.actions.refusals import WrongState, need_her, need_running
from simpul.training.models import Participant
from simpul.training.permissions import own_link
from simpul.training.queries import baseline_of, needs_text, plans_of


@change("participant.plan_begun", says=_("{participant} began the follow-up plan of {library}"))
def begin_plan(*, participant: Participant, flip_chart: Any = None, by: Actor, at: datetime, id: UUID) -> Plan:
    """The plan of her library from this workshop: the one its team began, or a new draft that starts from what
    residents asked for and what the library told of itself. `flip_chart`, a prepared picture, is attached. Raises
    NotAllowed, WrongState, NotOpen."""
    need_her(by, participant)
    workshop = participant.workshop
    note(library=participant.library_id, workshop=workshop)
    need_running(workshop)
    if not participant.is_current:
        raise WrongState(_("Only participants write the plan."))
    # two phones of one team: whoever comes second finds the plan of the first
    list(workshop.participants.select_for_update(of=("self",)).filter(library=participant.library_id))
    writer = own_link(participant)
    plan = plans_of(workshop).get(participant.library_id)
    if plan is None:
        plan = write_plan(library=participant.library, kind=Plan.Kind.FOLLOW_UP, given=_given(participant, at),
                          origin=workshop.origin, flip_chart=flip_chart, by=writer, at=at, id=derived_id(id, "plan"))
    elif flip_chart is not None:
        plan = attach_flip_chart(plan=plan, picture=flip_chart, by=writer, at=at, id=derived_id(id, "picture"))
    return plan


def _given(participant: Participant, at: datetime) -> PlanGiven:
    workshop = participant.workshop
    day = clock.local_date(at, participant.library.time_zone)
    ends: date = months_after(day, 6)
    team = workshop.participants.filter(library=participant.library_id, state=Participant.State.CONFIRMED)
    with override("id"):  # a plan is read by the library's neighbours
        title = _now("RTL after %(title)s") % {"title": workshop.gathering.title}
        roles = ", ".join(sorted({one.role for one in team if one.role})) or participant.library.name
        return PlanGiven(title=title[:160], starts_on=day, ends_on=ends, needs=needs_text(participant.library_id),
                         baseline=tuple(baseline_of(workshop, participant.library_id)), written_by=roles[:160])
