"""What grew from workshops: session → participant → her library's plan → step → activity → people → outcome and story.

Rows are fetched once for a whole scope (a fixed number of questions) and added up in Python, so that the sum of the
branches is the trunk. A number that nobody recorded is 0 and says so; nothing is estimated. One activity that
proves several rows is counted once where it is added up.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import CharField, Count, Q, QuerySet, Sum
from django.db.models.functions import Cast

from simpul.activities.models import Activity
from simpul.gatherings.models import Attendance
from simpul.libraries.models import Library
from simpul.plans.models import Evidence, Plan, Step
from simpul.replication.queries.outcomes import Brought, StoryLine, Tally, brought, stories_of, tallies_of
from simpul.replication.queries.workshops import took_part
from simpul.stories.models import Audience, Story
from simpul.stories.models import Evidence as StoryEvidence
from simpul.training.models import Lesson, Participant, Presence, Speaker, Workshop

ACTIVITY = "activities.Activity:"
ORIGIN = "training.Workshop:"


@dataclass(frozen=True)
class ActivityLine:
    """An activity that proves a row: people were present, answers and stories came of it."""

    id: UUID
    gathering_id: UUID
    library_id: UUID
    title: str
    day: date | None
    is_public: bool
    people: int = 0
    tally: Tally = field(default_factory=Counter)
    stories: int = 0

    @property
    def brought(self) -> Brought:
        return brought(self.tally)


@dataclass(frozen=True)
class StepLine:
    id: UUID
    number: int
    what: str
    state: str
    due_on: date
    done_on: date | None
    activities: tuple[ActivityLine, ...] = ()


@dataclass(frozen=True)
class PlanLine:
    id: UUID
    library_id: UUID
    workshop_id: UUID
    title: str
    state: str
    steps: tuple[StepLine, ...] = ()

    @property
    def sums(self) -> "Sums":
        return Cascade(plans=[self]).sums()


@dataclass(frozen=True)
class Sums:
    """Added up over plans: activities, people, answers about outcomes and stories each counted once."""

    libraries: int = 0
    participants: int = 0
    plans: int = 0
    steps: int = 0
    done: int = 0
    activities: int = 0
    people: int = 0
    tally: Tally = field(default_factory=Counter)
    stories: int = 0

    @cached_property
    def brought(self) -> Brought:
        return brought(self.tally)


@dataclass(frozen=True)
class WorkshopLine:
    id: UUID
    title: str
    day: date | None
    lessons: int


@dataclass
class Cascade:
    """A scope with its rows. participants: (workshop, library) → ids of who took part."""

    workshops: list[WorkshopLine] = field(default_factory=list)
    plans: list[PlanLine] = field(default_factory=list)
    participants: Mapping[tuple[UUID, UUID], frozenset[UUID]] = field(default_factory=dict)
    libraries: Mapping[UUID, Library] = field(default_factory=dict)

    def sums(self, *, workshop: UUID | None = None, libraries: Collection[UUID] | None = None) -> Sums:
        """Of one workshop, of some libraries, of both, of all."""
        def inside(at: UUID, of: UUID) -> bool:
            return (workshop is None or at == workshop) and (libraries is None or of in libraries)

        plans = [one for one in self.plans if inside(one.workshop_id, one.library_id)]
        came = {key: ids for key, ids in self.participants.items() if inside(*key)}
        steps = [step for plan in plans for step in plan.steps]
        found = {one.id: one for step in steps for one in step.activities}
        return Sums(
            libraries=len({of for _at, of in came} | {plan.library_id for plan in plans}),
            participants=sum(map(len, came.values())), plans=len(plans), steps=len(steps),
            done=sum(step.state == Step.State.DONE for step in steps), activities=len(found),
            people=sum(one.people for one in found.values()), tally=_together(one.tally for one in found.values()),
            stories=sum(one.stories for one in found.values()))

    def of(self, libraries: Collection[UUID]) -> "Cascade":
        """The branches of these libraries."""
        return Cascade(plans=[one for one in self.plans if one.library_id in libraries])

    @property
    def activities(self) -> set[UUID]:
        return {one.id for plan in self.plans for step in plan.steps for one in step.activities}

    def by_library(self, workshop: UUID | None = None) -> list[tuple[Library, Sums]]:
        """Library by library, those that reached most people first."""
        plans: dict[UUID, list[PlanLine]] = defaultdict(list)
        for plan in self.plans:
            if workshop is None or plan.workshop_id == workshop:
                plans[plan.library_id].append(plan)
        came: dict[UUID, dict[tuple[UUID, UUID], frozenset[UUID]]] = defaultdict(dict)
        for key, ids in self.participants.items():
            if workshop is None or key[0] == workshop:
                came[key[1]][key] = ids
        lines = [(self.libraries[key], Cascade(plans=plans.get(key, []), participants=came.get(key, {})).sums())
                 for key in {*plans, *came} if key in self.libraries]
        return sorted(lines, key=lambda line: (-line[1].people, -line[1].done, line[0].name))

    def by_workshop(self) -> list[tuple[WorkshopLine, Sums]]:
        return [(one, self.sums(workshop=one.id)) for one in self.workshops]


def _together(tallies: Iterable[Tally]) -> Tally:
    whole: Tally = Counter()
    for one in tallies:
        whole.update(one)
    return whole


def cascade(*, workshops: Collection[UUID] | None = None, libraries: Collection[UUID] | None = None,
            own: Collection[UUID] = (), day: date) -> Cascade:
    """Of these workshops and libraries; None is all. `own`: libraries whose answers the reader knows whole. `day` decides
    which consents of stories are in force. Fourteen questions."""
    heads = Workshop.objects.select_related("gathering").order_by("-gathering__first_on")
    heads = heads if workshops is None else heads.filter(pk__in=list(workshops))
    lessons = dict(Lesson.objects.filter(removed_at__isnull=True).exclude(kind="break").order_by().values_list(
        "workshop_id").annotate(n=Count("pk")))
    lines = [WorkshopLine(one.pk, one.gathering.title, one.gathering.first_on, lessons.get(one.pk, 0)) for one in heads]
    came = _came(workshops, libraries)
    plans = _plans([one.id for one in lines], libraries, own, day)
    if libraries is not None:
        among = {key[0] for key in came} | {plan.workshop_id for plan in plans}
        lines = [one for one in lines if one.id in among]
    ids = {key[1] for key in came} | {plan.library_id for plan in plans}
    return Cascade(lines, plans, came, Library.objects.in_bulk(ids))


def _came(workshops: Collection[UUID] | None, libraries: Collection[UUID] | None) -> dict[tuple[UUID, UUID], frozenset[UUID]]:
    rows = Participant.objects.filter(took_part(), state=Participant.State.CONFIRMED)
    rows = rows if workshops is None else rows.filter(workshop_id__in=list(workshops))
    rows = rows if libraries is None else rows.filter(library_id__in=list(libraries))
    found: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
    for workshop, library, key in rows.order_by().values_list("workshop_id", "library_id", "pk").distinct():
        found[workshop, library].add(key)
    return {key: frozenset(ids) for key, ids in found.items()}


def _plans(workshops: Sequence[UUID], libraries: Collection[UUID] | None, own: Collection[UUID],
           day: date) -> list[PlanLine]:
    origins = {f"training.Workshop:{key}": key for key in workshops}
    rows = Plan.objects.handed_in().from_origins(list(origins))
    rows = rows if libraries is None else rows.filter(library_id__in=list(libraries))
    heads = list(rows.order_by("handed_in_at", "pk").values_list("pk", "library_id", "origin", "title", "state"))
    if not heads:
        return []
    steps = _steps(rows, own, day)
    return [PlanLine(key, library, origins[origin], title, state, tuple(steps.get(key, ())))
            for key, library, origin, title, state in heads]


def _steps(plans: QuerySet[Plan], own: Collection[UUID], day: date) -> dict[UUID, list[StepLine]]:
    proofs: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Evidence.objects.filter(step__plan__in=plans.order_by(), reference__startswith=ACTIVITY, voided_at__isnull=True,
                                   step__removed_at__isnull=True)
    for step, reference in rows.order_by("added_at", "pk").values_list("step_id", "reference"):
        key = _activity_id(reference)
        if key and key not in proofs[step]:
            proofs[step].append(key)
    activities = _activities({key for keys in proofs.values() for key in keys}, own, day)
    found: dict[UUID, list[StepLine]] = defaultdict(list)
    for plan, key, number, what, state, due, done in Step.objects.standing().filter(plan__in=plans.order_by()).order_by(
            "number").values_list("plan_id", "pk", "number", "activity", "state", "due_on", "done_on"):
        found[plan].append(StepLine(key, number, what, state, due, done, tuple(
            activities[one] for one in proofs.get(key, ()) if one in activities)))
    return found


def _activity_id(reference: str) -> UUID | None:
    try:
        return UUID(reference.removeprefix(ACTIVITY))
    except ValueError:
        return None


def _activities(ids: set[UUID], own: Collection[UUID], day: date) -> dict[UUID, ActivityLine]:
    """Seven questions; an activity that was cancelled or never announced reaches nobody and stands with 0."""
    if not ids:
        return {}
    rows = list(Activity.objects.filter(pk__in=ids).values_list(
        "pk", "gathering_id", "library_id", "gathering__title", "gathering__first_on", "gathering__is_public"))
    gatherings = [row[1] for row in rows]
    people = dict(Attendance.objects.present().filter(session__gathering_id__in=gatherings).order_by().values_list(
        "session__gathering_id").annotate(n=Sum("count")))
    tallies = tallies_of(gatherings, own)
    told = Story.objects.published_for(Audience.CITY, day)
    stories = dict(StoryEvidence.objects.filter(activity_id__in=ids, story__in=told).order_by().values_list(
        "activity_id").annotate(n=Count("story_id", distinct=True)))
    return {key: ActivityLine(key, gathering, library, title, on, is_public, people.get(gathering, 0),
                              tallies.get(gathering, Counter()), stories.get(key, 0))
            for key, gathering, library, title, on, is_public in rows}


@dataclass(frozen=True)
class LessonLine:
    """A speaker's lesson: who was there, and from which libraries."""

    id: UUID
    title: str
    workshop_id: UUID
    participants: int
    libraries: frozenset[UUID]


def lessons_of(speaker: Speaker, libraries: Collection[UUID] | None = None) -> list[LessonLine]:
    """Every lesson of hers with who was present; two questions."""
    rows = list(Lesson.objects.filter(speaker=speaker, removed_at__isnull=True).order_by("starts_at"))
    here: dict[UUID, set[tuple[UUID, UUID]]] = defaultdict(set)
    present = Presence.objects.valid().filter(lesson__in=rows)
    present = present if libraries is None else present.filter(participant__library_id__in=list(libraries))
    for lesson, participant, library in present.values_list("lesson_id", "participant_id", "participant__library_id"):
        here[lesson].add((participant, library))
    return [LessonLine(one.pk, one.title, one.workshop_id, len(here[one.pk]), frozenset(key for _who, key in here[one.pk]))
            for one in rows]


def lessons_heard(participant: Participant) -> tuple[int, int]:
    """At how many lessons she was, and of how many; two questions."""
    of = Lesson.objects.filter(workshop=participant.workshop_id, removed_at__isnull=True).exclude(kind="break")
    return Presence.objects.valid().filter(participant=participant, lesson__in=of).count(), of.count()


def speakers() -> Iterable[Speaker]:
    """Everybody who taught, by name, with her workshop."""
    return Speaker.objects.select_related("workshop__gathering").order_by("name", "pk")


def city_cascade(libraries: Collection[UUID] | None, day: date,
                 own: Collection[UUID] = ()) -> tuple[list[tuple[WorkshopLine, Sums]], Sums]:
    """Workshop by workshop, and all together, without the single rows: thirteen questions that give texts and sums, since
    thousands of ids are what takes time."""
    heads = cascade_heads()
    scope = {} if libraries is None else {"library_id__in": list(libraries)}
    came = _per_workshop(Participant.objects.filter(took_part(), state=Participant.State.CONFIRMED, **scope))
    plans, steps = Plan.objects.handed_in().filter(origin__startswith=ORIGIN, **scope), Step.objects.standing()
    of_plans = {origin: (n, of) for origin, n, of in plans.order_by().values_list("origin").annotate(
        n=Count("pk"), of=Count("library_id", distinct=True))}
    of_steps = {origin: (n, done) for origin, n, done in steps.filter(plan__in=plans.order_by()).order_by().values_list(
        "plan__origin").annotate(n=Count("pk"), done=Count("pk", filter=Q(state=Step.State.DONE)))}
    proofs = Evidence.objects.filter(reference__startswith=ACTIVITY, voided_at__isnull=True, step__in=steps,
                                     step__plan__in=plans.order_by())
    told: dict[str, set[str]] = defaultdict(set)
    for origin, reference in proofs.order_by().values_list("step__plan__origin", "reference").distinct():
        told[origin].add(reference.removeprefix(ACTIVITY).replace("-", ""))
    known = _totals(own, day)
    lines = []
    for one in heads:
        origin = f"{ORIGIN}{one.id}"
        n, of = came.get(one.id, (0, 0))
        if libraries is not None and not n and origin not in of_plans:
            continue
        lines.append((one, _sums(told[origin], known, n, max(of, of_plans.get(origin, (0, 0))[1]), of_plans.get(
            origin, (0, 0))[0], *of_steps.get(origin, (0, 0)))))
    whole = [sums for _one, sums in lines]
    everything = set().union(*(told[f"{ORIGIN}{one.id}"] for one, _sums_ in lines)) if lines else set()
    took = Participant.objects.filter(took_part(), state=Participant.State.CONFIRMED, **scope)
    many = took.order_by().values("library_id").distinct().count()
    return lines, _sums(everything, known, sum(one.participants for one in whole), many, sum(one.plans for one in whole),
                        sum(one.steps for one in whole), sum(one.done for one in whole))


def grown_stories(libraries: Collection[UUID] | None, day: date) -> list[StoryLine]:
    """Stories of activities that prove a row of a plan from a workshop; four questions."""
    told = StoryEvidence.objects.filter(activity__isnull=False, story__in=Story.objects.published_for(Audience.CITY, day))
    rows = Evidence.objects.filter(voided_at__isnull=True, step__removed_at__isnull=True, step__plan__origin__startswith=ORIGIN,
                                   reference__in=[f"{ACTIVITY}{key}" for key in told.values_list("activity_id", flat=True)])
    rows = rows if libraries is None else rows.filter(step__library_id__in=list(libraries))
    found = {_activity_id(reference) for reference in rows.values_list("reference", flat=True).distinct()}
    return stories_of((key for key in found if key), day)


def cascade_heads() -> list[WorkshopLine]:
    """Every workshop, the latest first; two questions."""
    lessons = dict(Lesson.objects.filter(removed_at__isnull=True).exclude(kind="break").order_by().values_list(
        "workshop_id").annotate(n=Count("pk")))
    rows = Workshop.objects.select_related("gathering").order_by("-gathering__first_on")
    return [WorkshopLine(one.pk, one.gathering.title, one.gathering.first_on, lessons.get(one.pk, 0)) for one in rows]


def _per_workshop(rows: QuerySet[Participant]) -> dict[UUID, tuple[int, int]]:
    return {key: (n, of) for key, n, of in rows.order_by().values_list("workshop_id").annotate(
        n=Count("pk", distinct=True), of=Count("library_id", distinct=True))}


Totals = dict[str, tuple[int, Tally, int]]


def _totals(own: Collection[UUID], day: date) -> Totals:
    """Activity (hexadecimal) → people, answers, stories; only of activities that are proofs. Seven questions."""
    proofs = Evidence.objects.filter(reference__startswith=ACTIVITY, voided_at__isnull=True)
    wanted = {reference.removeprefix(ACTIVITY).replace("-", "") for reference in proofs.values_list("reference", flat=True)}
    text = Cast("pk", CharField())
    known = {str(key).replace("-", ""): str(gathering).replace("-", "") for key, gathering in Activity.objects.annotate(
        text=text, of=Cast("gathering_id", CharField())).values_list("text", "of")}
    people = {str(key).replace("-", ""): n for key, n in Attendance.objects.present().annotate(
        of=Cast("session__gathering_id", CharField())).order_by().values_list("of").annotate(n=Sum("count"))}
    tallies = {key.hex: tally for key, tally in tallies_of(None, own).items()}
    nobody: Tally = Counter()
    told = Story.objects.published_for(Audience.CITY, day)
    stories = {str(key).replace("-", ""): n for key, n in StoryEvidence.objects.filter(
        activity__isnull=False, story__in=told).annotate(of=Cast("activity_id", CharField())).order_by().values_list(
            "of").annotate(n=Count("story_id", distinct=True))}
    return {key: (people.get(known[key], 0), tallies.get(known[key], nobody), stories.get(key, 0))
            for key in wanted if key in known}


def _sums(keys: set[str], known: Totals, participants: int, libraries: int, plans: int, steps: int, done: int) -> Sums:
    found = [known[key] for key in keys if key in known]
    return Sums(libraries=libraries, participants=participants, plans=plans, steps=steps, done=done, activities=len(found),
                people=sum(one[0] for one in found), tally=_together(one[1] for one in found if one[1]),
                stories=sum(one[2] for one in found))
