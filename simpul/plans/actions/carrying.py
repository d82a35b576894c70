"""Carrying a plan out: what became of its rows, and what proves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.plans.actions.refusals import (
    NothingPlanned,
    NotYet,
    ReasonMissing,
    UnknownChoice,
    WrongDays,
    WrongState,
    need_not_closed,
    need_writer,
)
from simpul.plans.actions.signing import store_paper
from simpul.plans.models import Evidence, FollowUp, Plan, Step, account_of

EARLIEST = timedelta(days=366)


@dataclass(frozen=True)
class Proof:
    """What proves a step; nothing of it is asked for. `reference` is free ("activities.Activity:<uuid>"); `file` a
    picture or PDF as `files` prepared it."""

    word: str = ""
    reference: str = ""
    file: Any = None

    @property
    def is_something(self) -> bool:
        return bool(self.word.strip() or self.reference or self.file)


@dataclass(frozen=True)
class StepTold:
    """What is told of a step at a follow-up. `state` one of Step.State, "" as it is; `done_on` for done ones."""

    step: Step
    state: str = ""
    reason: str = ""
    done_on: date | None = None
    proof: Proof = Proof()


@change("plan_step.begun", says=_("{by} began “{step}” of a plan of {library}"))
def begin_step(*, step: Step, by: Actor, at: datetime, id: UUID) -> Step:
    _need_carrier(step, by)
    return _set(step, Step.State.GOING)


@change("plan_step.done", says=_("{by} did “{step}” of a plan of {library}"))
def finish_step(*, step: Step, done_on: date | None = None, proof: Proof = Proof(), by: Actor, at: datetime,
                id: UUID) -> Step:
    """Done, today or on `done_on`; proof may be given now, later or never. Raises WrongDays, WrongState, NotAllowed."""
    _need_carrier(step, by)
    today = clock.local_date(at, step.library.time_zone)
    _finish(step, done_on or (step.done_on or today), today)
    _prove(step, proof, at=at, id=id)
    return step


@change("plan_step.not_done", says=_("{by} wrote down why “{step}” of a plan of {library} was not done"))
def leave_step(*, step: Step, reason: str, by: Actor, at: datetime, id: UUID) -> Step:
    """Raises ReasonMissing, WrongState, NotAllowed."""
    _need_carrier(step, by)
    return _leave(step, reason)


@change("plan_step.reopened", says=_("{by} took up “{step}” of a plan of {library} again"))
def reopen_step(*, step: Step, by: Actor, at: datetime, id: UUID) -> Step:
    """Done or given up by mistake: planned again. Its evidence stays."""
    _need_carrier(step, by)
    return _set(step, Step.State.PLANNED)


@change("plan_step.proved", says=_("{by} added proof of “{step}” of a plan of {library}"))
def add_evidence(*, step: Step, proof: Proof, by: Actor, at: datetime, id: UUID) -> Evidence:
    """Raises NothingPlanned where nothing is given."""
    _need_carrier(step, by)
    found = _prove(step, proof, at=at, id=id)
    if found is None:
        raise NothingPlanned(_("A picture, a paper or one sentence."), field="word")
    return found


@change("plan_step.proof_voided", says=_("{by} took back proof of a step of a plan of {library}"))
def void_evidence(*, evidence: Evidence, by: Actor, at: datetime, id: UUID) -> Evidence:
    _need_carrier(evidence.step, by)
    note(library=evidence.step.library_id)
    if evidence.voided_at is None:
        evidence.voided_at = at
        evidence.save(update_fields=["voided_at"])
    return evidence


@change("plan.checked", says=_("{by} looked at the plan “{follow_up}” again"))
def check_in(*, follow_up: FollowUp, told: Sequence[StepTold] = (), word: str = "", by: Actor, at: datetime,
             id: UUID) -> FollowUp:
    """The follow-up at 1, 3 or 6 months: step by step what became of it, and a word. Said again, the later one
    counts. Raises NotYet more than four weeks early, UnknownChoice, ReasonMissing, WrongDays, WrongState, NotAllowed."""
    need_writer(by, follow_up.library_id)
    plan: Plan = follow_up.plan
    need_not_closed(plan)
    today = clock.local_date(at, follow_up.library.time_zone)
    if follow_up.due_on > today + timedelta(days=28):
        raise NotYet(_("It is too early for this; it is due on %(day)s.") % {"day": follow_up.due_on.isoformat()})
    for n, one in enumerate(told):
        if one.step.plan_id != plan.pk:
            raise UnknownChoice(_("This row belongs to another plan."))
        _tell(one, today)
        _prove(one.step, one.proof, at=at, id=derived_id(id, f"proof {n}"), follow_up=follow_up)
    states = list(plan.steps.standing().values_list("state", flat=True))
    follow_up.done_on, follow_up.by_id, follow_up.word = today, account_of(by), word.strip()[:600]
    follow_up.steps_done, follow_up.steps_all = states.count(Step.State.DONE), len(states)
    follow_up.save(update_fields=["done_on", "by", "word", "steps_done", "steps_all"])
    note(n=len(told))
    return follow_up


def _tell(one: StepTold, today: date) -> None:
    if not one.state or one.step.removed_at is not None:
        return
    if one.state == Step.State.DONE:
        _finish(one.step, one.done_on or one.step.done_on or today, today)
    elif one.state == Step.State.NOT_DONE:
        _leave(one.step, one.reason)
    elif one.state in Step.State.values:
        _set(one.step, one.state)
    else:
        raise UnknownChoice(_("Choose one of the list."))


def _need_carrier(step: Step, by: Actor) -> None:
    need_writer(by, step.library_id)
    need_not_closed(step.plan)
    if step.removed_at is not None:
        raise WrongState(_("This row was taken out of the plan."))


def _finish(step: Step, day: date, today: date) -> None:
    if day > today:
        raise WrongDays(_("This day is still to come."), field="done_on")
    if day < step.plan.starts_on - EARLIEST:
        raise WrongDays(_("This day lies long before the plan."), field="done_on")
    _set(step, Step.State.DONE, done_on=day)


def _leave(step: Step, reason: str) -> Step:
    if not reason.strip():
        raise ReasonMissing(_("Why not? One sentence helps the next plan."), field="reason")
    return _set(step, Step.State.NOT_DONE, reason=reason.strip()[:300])


def _set(step: Step, state: str, *, done_on: date | None = None, reason: str = "") -> Step:
    step.state, step.done_on, step.reason = state, done_on, reason
    step.save(update_fields=["state", "done_on", "reason"])
    return step


def _prove(step: Step, proof: Proof, *, at: datetime, id: UUID, follow_up: FollowUp | None = None) -> Evidence | None:
    if not proof.is_something:
        return None
    stored = store_paper(proof.file, step.library_id, at, derived_id(id, "file")) if proof.file else None
    return Evidence.objects.create(
        id=derived_id(id, "evidence"), step=step, follow_up=follow_up, reference=proof.reference[:90], file=stored,
        word=proof.word.strip()[:300], added_at=at)
