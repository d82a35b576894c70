"""Writing a plan and its rows; what changes after it was handed in becomes a revision."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.files.actions import store_picture
from simpul.libraries.models import Library
from simpul.plans.actions.refusals import (
    NothingPlanned,
    TooMuch,
    UnknownChoice,
    WrongDays,
    need_not_closed,
    need_writer,
)
from simpul.plans.models import Plan, Revision, Step, account_of

MOST_STEPS = 100
LONGEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class StepGiven:
    """A row as somebody writes it; empty where nobody said. `budget` in rupiah; `funds` one of Step.Funds;
    `target_office` and `message` belong to advocacy rows."""

    activity: str
    due_on: date
    responsible: str = ""
    indicator: str = ""
    aim: str = ""
    kind: str = Step.Kind.ACTIVITY
    budget: int | None = None
    funds: str = ""
    target_office: str = ""
    message: str = ""
    account_id: UUID | None = None


@dataclass(frozen=True)
class PlanGiven:
    """The head of a plan. `baseline` are pairs of label and figure, as texts."""

    title: str
    starts_on: date
    ends_on: date
    aim: str = ""
    needs: str = ""
    baseline: tuple[tuple[str, str], ...] = ()
    written_by: str = ""


@change("plan.written", says=_("{by} began the plan “{result}” of {library}"))
def write_plan(*, library: Library, kind: str, given: PlanGiven, steps: Sequence[StepGiven] = (), origin: str = "",
               flip_chart: Any = None, by: Actor, at: datetime, id: UUID) -> Plan:
    """A draft, with rows or without. `origin` is a free reference ("training.Workshop:<uuid>"); `flip_chart` a picture
    as `files` prepared it, to be typed later. Raises NothingPlanned, WrongDays, UnknownChoice, TooMuch, NotAllowed."""
    need_writer(by, library.pk)
    if kind not in Plan.Kind.values:
        raise UnknownChoice(_("Choose what kind of plan it is."), field="kind")
    values = _head(given)
    stored = store_picture(upload=flip_chart, library_id=library.pk, at=at, id=derived_id(id, "flip chart")) if (
        flip_chart) else None
    plan = Plan.objects.create(id=derived_id(id, "plan"), library=library, kind=kind, origin=origin[:90],
                               flip_chart=stored, recorded_at=at, **values)
    Step.objects.bulk_create([
        Step(id=derived_id(id, f"step {n}"), plan=plan, library=library, number=n, recorded_at=at, **_row(one))
        for n, one in enumerate(steps[:MOST_STEPS], start=1)])
    note(n=len(steps))
    return plan


@change("plan.described", says=_("{by} changed the head of the plan “{plan}”"))
def describe_plan(*, plan: Plan, given: PlanGiven, by: Actor, at: datetime, id: UUID) -> Plan:
    """Title, days, aim, needs, baseline, team. Raises as `write_plan`, and WrongState once it is closed."""
    need_writer(by, plan.library_id)
    need_not_closed(plan)
    values = _head(given)
    before = {name: getattr(plan, name) for name in values}
    for name, value in values.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(values))
    revise(plan, differences_of(None, before, values), by=by, at=at, id=id)
    return plan


@change("plan.pictured", says=_("{by} attached the flip chart of “{plan}”"))
def attach_flip_chart(*, plan: Plan, picture: Any, by: Actor, at: datetime, id: UUID) -> Plan:
    """The photo of what the team wrote on the wall; its rows may be typed later. Raises UploadRefused, NotAllowed."""
    need_writer(by, plan.library_id)
    need_not_closed(plan)
    plan.flip_chart = store_picture(upload=picture, library_id=plan.library_id, at=at, id=derived_id(id, "flip chart"))
    plan.save(update_fields=["flip_chart"])
    return plan


@change("plan_step.added", says=_("{by} added “{result}” to the plan “{plan}”"))
def add_step(*, plan: Plan, given: StepGiven, by: Actor, at: datetime, id: UUID) -> Step:
    """One row, at the end. Raises NothingPlanned, WrongDays, UnknownChoice, TooMuch, WrongState, NotAllowed."""
    need_writer(by, plan.library_id)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("library").get(pk=plan.pk)
    need_not_closed(plan)
    values = _row(given)
    number = (plan.steps.aggregate(n=Max("number"))["n"] or 0) + 1
    if number > MOST_STEPS:
        raise NothingPlanned(_("A plan has at most %(n)s rows. Begin another one.") % {"n": MOST_STEPS}, field="activity")
    step = Step.objects.create(id=id, plan=plan, library=plan.library, number=number, recorded_at=at, **values)
    revise(plan, [_line(number, "added", "activity", "", step.activity),
                  _line(number, "added", "due_on", "", step.due_on)], by=by, at=at, id=id)
    return step


@change("plan_step.changed", says=_("{by} changed “{step}” in a plan of {library}"))
def change_step(*, step: Step, given: StepGiven, by: Actor, at: datetime, id: UUID) -> Step:
    """What is planned, when, by whom; what became of it has its own changes. Raises as `add_step`."""
    need_writer(by, step.library_id)
    need_not_closed(step.plan)
    values = _row(given)
    before = {name: getattr(step, name) for name in values}
    for name, value in values.items():
        setattr(step, name, value)
    step.save(update_fields=[name.removesuffix("_id") for name in values])
    revise(step.plan, differences_of(step.number, before, values), by=by, at=at, id=id)
    return step


@change("plan_step.removed", says=_("{by} took “{step}” out of a plan of {library}"))
def remove_step(*, step: Step, by: Actor, at: datetime, id: UUID) -> Step:
    """It stands no longer in the plan; the revision still tells it. Twice is once."""
    need_writer(by, step.library_id)
    need_not_closed(step.plan)
    if step.removed_at is None:
        step.removed_at = at
        step.save(update_fields=["removed_at"])
        revise(step.plan, [_line(step.number, "removed", "activity", step.activity, "")], by=by, at=at, id=id)
    return step


@change("plan_step.restored", says=_("{by} put “{step}” back into a plan of {library}"))
def restore_step(*, step: Step, by: Actor, at: datetime, id: UUID) -> Step:
    need_writer(by, step.library_id)
    need_not_closed(step.plan)
    if step.removed_at is not None:
        step.removed_at = None
        step.save(update_fields=["removed_at"])
        revise(step.plan, [_line(step.number, "added", "activity", "", step.activity)], by=by, at=at, id=id)
    return step


def revise(plan: Plan, differences: list[dict[str, Any]], *, by: Actor, at: datetime, id: UUID) -> None:
    """Within another change: number it, if the plan was handed in and anything differs."""
    if not differences or plan.handed_in_at is None:
        return
    plan.revision = (Plan.objects.select_for_update().filter(pk=plan.pk).values_list("revision", flat=True)[0]) + 1
    plan.save(update_fields=["revision"])
    Revision.objects.create(id=derived_id(id, "revision"), plan=plan, number=plan.revision, at=at, by_id=account_of(by),
                            differences=differences)
    note(revision=plan.revision)


def differences_of(step: int | None, before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """What differs, field by field, as plain texts."""
    return [_line(step, "changed", name, before[name], after[name]) for name in after if before[name] != after[name]]


def _line(step: int | None, what: str, field: str, before: Any, after: Any) -> dict[str, Any]:
    return {"step": step, "what": what, "field": field.removesuffix("_id"), "before": _plain(before),
            "after": _plain(after)}


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(f"{line['label']}: {line['value']}" for line in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _need_day(day: date, field: str) -> None:
    if not 2000 <= day.year <= 2100:
        raise WrongDays(_("Check this day."), field=field)


def _head(given: PlanGiven) -> dict[str, Any]:
    title = given.title.strip()[:160]
    if not title:
        raise NothingPlanned(_("Give the plan a name."), field="title")
    _need_day(given.starts_on, "starts_on")
    _need_day(given.ends_on, "ends_on")
    if not given.starts_on <= given.ends_on <= given.starts_on + LONGEST:
        raise WrongDays(_("The last day must lie after the first, and not years away."), field="ends_on")
    lines = [{"label": label.strip()[:120], "value": value.strip()[:60]} for label, value in given.baseline[:30]
             if label.strip()]
    return {"title": title, "starts_on": given.starts_on, "ends_on": given.ends_on, "aim": given.aim.strip()[:600],
            "needs": given.needs.strip()[:1000], "baseline": lines, "written_by": given.written_by.strip()[:160]}


def _row(given: StepGiven) -> dict[str, Any]:
    values = asdict(given)
    for name, longest in (("activity", 300), ("aim", 300), ("responsible", 120), ("indicator", 300),
                          ("target_office", 120), ("message", 400)):
        values[name] = values[name].strip()[:longest]
    if not values["activity"]:
        raise NothingPlanned(_("What is to be done? A few words are enough."), field="activity")
    _need_day(given.due_on, "due_on")
    if given.kind not in Step.Kind.values:
        raise UnknownChoice(_("Choose one of the list."), field="kind")
    if given.funds not in Step.Funds.values:
        raise UnknownChoice(_("Choose one of the list."), field="funds")
    if given.budget is not None and not 0 <= given.budget <= 1_000_000_000_000:
        raise TooMuch(_("This amount cannot be right. Write whole rupiah."), field="budget")
    if given.kind == Step.Kind.ADVOCACY and not values["target_office"]:
        raise NothingPlanned(_("Whom do you want to win? For example: the lurah."), field="target_office")
    return values


