"""What joins and counts: progress of many libraries in one query, what is due."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from simpul.plans.models import Evidence, FollowUp, Plan, Step

AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Progress:
    """Steps of running and closed plans that stand, by what became of them. `overdue` is part of `open`."""

    plans: int = 0
    planned: int = 0
    going: int = 0
    done: int = 0
    not_done: int = 0
    overdue: int = 0
    last_done_on: date | None = None

    @property
    def all(self) -> int:
        return self.planned + self.going + self.done + self.not_done

    @property
    def open(self) -> int:
        return self.planned + self.going

    @property
    def percent(self) -> int | None:
        """Done of all, whole percent; None without steps."""
        return round(100 * self.done / self.all) if self.all else None


NOTHING = Progress()


def progress_of(libraries: Iterable[UUID] | None, day: date) -> dict[UUID, Progress]:
    """How far each library's plans are on `day`: running ones, and those closed in the year before. None is every
    library; a library without a plan is not among the keys. One query for any number of libraries."""
    rows = _counted(day)
    if libraries is not None:
        rows = rows.filter(library_id__in=list(libraries))
    return _progress(rows, "library_id", day)


def progress_of_plans(plans: Sequence[UUID], day: date) -> dict[UUID, Progress]:
    """The same, plan by plan. One query."""
    return _progress(Step.objects.standing().filter(plan_id__in=list(plans)), "plan_id", day)


def _counted(day: date) -> QuerySet[Step]:
    return Step.objects.standing().filter(
        Q(plan__state__in=Plan.RUNNING) | Q(plan__state=Plan.State.CLOSED, plan__closed_on__gt=day - timedelta(days=365)))


def _progress(rows: QuerySet[Step], key: str, day: date) -> dict[UUID, Progress]:
    def state(one: str) -> Count:
        return Count("pk", filter=Q(state=one))

    found = rows.order_by().values(key).annotate(
        plans=Count("plan_id", distinct=True), planned=state("planned"), going=state("going"), done=state("done"),
        not_done=state("not_done"), last_done_on=Max("done_on"),
        overdue=Count("pk", filter=Q(state__in=("planned", "going"), due_on__lt=day)))
    return {row.pop(key): Progress(**row) for row in found}


@dataclass(frozen=True)
class DueStep:
    """An open step that is overdue or comes soon; `days` from the day asked for, negative: overdue."""

    step: Step
    days: int

    @property
    def is_overdue(self) -> bool:
        return self.days < 0


def steps_due(day: date, *, libraries: Iterable[UUID] | None = None, within: timedelta = AHEAD) -> list[DueStep]:
    """Open steps of running plans due until `day + within`, the oldest first, each with its plan and library. One
    query."""
    rows = Step.objects.of_running_plans().open().filter(due_on__lte=day + within)
    if libraries is not None:
        rows = rows.filter(library_id__in=list(libraries))
    rows = rows.select_related("plan", "library", "account").order_by("due_on", "plan_id", "number")
    return [DueStep(step, (step.due_on - day).days) for step in rows]


def follow_ups_due(day: date, *, libraries: Iterable[UUID] | None = None) -> list[FollowUp]:
    """Follow-ups whose day has come, the oldest first, each with its plan and library. One query."""
    rows = FollowUp.objects.due_by(day)
    if libraries is not None:
        rows = rows.filter(library_id__in=list(libraries))
    return list(rows.select_related("plan", "library").order_by("due_on", "months"))


def plans_of(origins: Iterable[str]) -> dict[str, list[Plan]]:
    """Plans by the thing they came from, drafts too. One query."""
    found: dict[str, list[Plan]] = defaultdict(list)
    for plan in Plan.objects.from_origins(list(origins)).select_related("library").order_by("recorded_at"):
        found[plan.origin].append(plan)
    return dict(found)


def evidence_of(references: Iterable[str]) -> dict[str, list[Step]]:
    """Which steps a thing (by its reference) proves. One query."""
    found: dict[str, list[Step]] = defaultdict(list)
    rows = Evidence.objects.filter(reference__in=list(references), voided_at__isnull=True, step__removed_at__isnull=True)
    for row in rows.select_related("step__plan"):
        found[row.reference].append(row.step)
    return dict(found)


def own_plan(library_id: UUID, id: UUID) -> Plan | None:
    """A plan of this library."""
    return Plan.objects.select_related("library__region", "signed_paper", "flip_chart").filter(
        pk=id, library_id=library_id).first()


def steps_of(plan: Plan) -> list[Step]:
    """Those that stand, with their evidence; two queries."""
    return list(plan.steps.standing().select_related("account").prefetch_related("evidence__file"))
