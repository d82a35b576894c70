"""What is asked about workshops: who should be invited, who earned what, who was trained."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum

from simpul.core.secrets import fingerprint
from simpul.gatherings.models import Registration
from simpul.libraries.models import Library
from simpul.plans.models import Plan
from simpul.surveys.models import Response
from simpul.surveys.queries import needs_of
from simpul.training.models import Invitation, Lesson, Participant, Presence, Sheet, Workshop

MISSING = ("present", "post_test", "plan")


def workshop_origin(workshop: Workshop) -> str:
    """What a plan says it came from: "training.Workshop:<uuid>"."""
    return workshop.origin


def lessons_of(workshop: Workshop) -> list[Lesson]:
    """The programme in order, with day, speaker and materials; two queries."""
    return list(workshop.lessons.filter(removed_at__isnull=True).select_related(
        "day__library", "speaker").prefetch_related("materials").order_by("starts_at", "id"))


def participant_by_token(token: str) -> Participant | None:
    """Whose own link this is."""
    return Participant.objects.select_related(
        "workshop__gathering", "workshop__library", "library", "registration").filter(
        token_hash=fingerprint(token.replace("\x00", "")[:80])).exclude(name="").first()


# --- whom to invite ----------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Priority:
    """A library that was not asked yet, why it comes here, and when somebody of it was trained last."""

    library: Library
    reason: str
    last_trained_on: date | None
    trained: int


def priorities(workshop: Workshop) -> list[Priority]:
    """Libraries that stand and were not asked: never trained first, then trained longest ago. Two queries."""
    told = {row["library"]: (row["last"], row["n"]) for row in Participant.objects.trained().order_by().values(
        "library").annotate(last=Max("completed_on"), n=Count("pk"))}
    asked = set(workshop.invitations.values_list("library_id", flat=True)) | {workshop.library_id}
    found = []
    for library in Library.objects.filter(closed_on__isnull=True).select_related("region__parent").order_by("code"):
        if library.pk in asked:
            continue
        last, n = told.get(library.pk, (None, 0))
        reason = Invitation.Reason.LONG_AGO if last else Invitation.Reason.NEVER
        found.append(Priority(library, reason.value, last, n))
    return sorted(found, key=lambda one: (one.last_trained_on or date.min, one.library.code))


@dataclass(frozen=True)
class InvitationLine:
    """An invitation with what became of it; `has_baseline` once the library told where it stands."""

    invitation: Invitation
    named: int
    confirmed: int
    has_baseline: bool


def invitation_lines(workshop: Workshop, rows: Sequence[Invitation]) -> list[InvitationLine]:
    """Two queries for any number."""
    counts = {row["library"]: (row["named"], row["confirmed"]) for row in workshop.participants.current().order_by().values(
        "library").annotate(named=Count("pk"), confirmed=Count("pk", filter=Q(state="confirmed")))}
    told = baseline_told(workshop, [one.pk for one in rows])
    return [InvitationLine(one, *counts.get(one.library_id, (0, 0)), one.pk in told) for one in rows]


def baseline_told(workshop: Workshop, invitations: Sequence[UUID]) -> set[UUID]:
    """Which of these invitations have an answer about where the library stands."""
    if workshop.baseline_id is None:
        return set()
    rows = Response.objects.filter(version__survey=workshop.baseline_id, about_id__in=list(invitations), voided_at__isnull=True)
    return {one for one in rows.values_list("about_id", flat=True) if one is not None}


def baseline_of(workshop: Workshop, library_id: UUID) -> list[tuple[str, str]]:
    """What the library told of itself before the workshop: (question, answer) pairs for its plan."""
    row = workshop.invitations.filter(library=library_id).first()
    if row is None or workshop.baseline_id is None:
        return []
    answer = Response.objects.filter(
        version__survey=workshop.baseline_id, about_id=row.pk, voided_at__isnull=True).select_related(
        "version").order_by("-happened_at").first()
    if answer is None:
        return []
    found = []
    for question in answer.version.questions.all():
        value = answer.answers.get(question.key)
        if value is not None:
            found.append((question.label, dict(question.options).get(value, str(value)) if not isinstance(value, list) else ""))
    return found


def needs_text(library_id: UUID) -> str:
    """What residents asked for most, as a sentence for the plan."""
    return "; ".join(f"{one.label}{f' ({one.neighbourhood})' if one.neighbourhood else ''}: {one.people}"
                     for one in needs_of(library_id)[:5])


# --- people ------------------------------------------------------------------------------------------------

def same_people(rows: Iterable[Participant]) -> dict[UUID, list[Participant]]:
    """Each participant's namesakes of the same workshop with the same number or address, named by another library.
    One query."""
    rows = [one for one in rows if one.name_key and one.is_current]
    if not rows:
        return {}
    others = Participant.objects.current().filter(
        workshop__in={one.workshop_id for one in rows}, name_key__in={one.name_key for one in rows}).select_related("library")
    by_key: dict[tuple[object, ...], list[Participant]] = defaultdict(list)
    for other in others:
        by_key[_key(other)].append(other)
    found = {one.pk: [other for other in by_key[_key(one)] if other.library_id != one.library_id] for one in rows}
    return {key: others for key, others in found.items() if others}


def _key(one: Participant) -> tuple[object, ...]:
    return (one.workshop_id, one.name_key, one.phone, one.email)


@dataclass(frozen=True)
class Standing:
    """How far somebody is by the workshop's rule. `missing` are codes of MISSING; `gain` the normalised gain, None
    where it is not defined (full marks before, or a sheet is missing)."""

    participant: Participant
    present: int
    lessons: int
    jp: int
    last_lesson: UUID | None
    before: Sheet | None
    after: Sheet | None
    has_plan: bool
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.present / self.lessons) if self.lessons else 0

    @property
    def is_waived(self) -> bool:
        return self.participant.waived_at is not None

    @property
    def outcome(self) -> str:
        """What the rule gives her: a certificate, a letter of attendance, or nothing."""
        if self.present == 0:
            return Participant.Outcome.ABSENT.value
        if not self.missing or self.is_waived:
            return Participant.Outcome.CERTIFICATE.value
        return Participant.Outcome.ATTENDANCE.value

    @property
    def gain(self) -> float | None:
        return gain(self.before, self.after)


def gain(before: Sheet | None, after: Sheet | None) -> float | None:
    """(after − before) / (1 − before) as shares; None without both sheets or with full marks before."""
    if before is None or after is None or before.points >= before.items or not after.items:
        return None
    first, second = before.points / before.items, after.points / after.items
    return (second - first) / (1 - first)


def standings(workshop: Workshop, rows: Sequence[Participant]) -> list[Standing]:
    """Of these participants; four queries for any number."""
    ids = [one.pk for one in rows]
    lessons = {one.pk: one for one in workshop.lessons.filter(removed_at__isnull=True, jp__gt=0)}
    seen: dict[UUID, list[Lesson]] = defaultdict(list)
    for lesson_id, who, late in Presence.objects.valid().filter(
            participant__in=ids, lesson__in=lessons).order_by("lesson__starts_at").values_list("lesson", "participant", "late"):
        if late <= workshop.late_limit:
            seen[who].append(lessons[lesson_id])
    sheets: dict[tuple[UUID, str], Sheet] = {
        (one.participant_id, one.moment): one for one in Sheet.objects.filter(participant__in=ids, voided_at__isnull=True)}
    planned = set(Plan.objects.handed_in().from_origins([workshop.origin]).values_list("library_id", flat=True))
    found = []
    for one in rows:
        here = seen[one.pk]
        after = sheets.get((one.pk, Sheet.Moment.AFTER.value))
        has_plan = one.library_id in planned
        share = 100 * len(here) >= workshop.min_present * len(lessons) and bool(here)
        missing = tuple(code for code, is_there in (
            ("present", share), ("post_test", after is not None or not workshop.needs_post_test),
            ("plan", has_plan or not workshop.needs_plan)) if not is_there)
        found.append(Standing(
            participant=one, present=len(here), lessons=len(lessons), jp=sum(lesson.jp for lesson in here),
            last_lesson=here[-1].pk if here else None,
            before=sheets.get((one.pk, Sheet.Moment.BEFORE.value)), after=after, has_plan=has_plan, missing=missing))
    return found


def present_lessons(participant: Participant) -> dict[UUID, Presence]:
    """Her valid marks by lesson."""
    return {one.lesson_id: one for one in participant.presence.valid()}


@dataclass(frozen=True)
class LessonCount:
    lesson: Lesson
    present: int


def presence_counts(lessons: Sequence[Lesson]) -> list[LessonCount]:
    """How many were at each; one query."""
    told = dict(Presence.objects.valid().filter(lesson__in=lessons).order_by().values_list("lesson").annotate(n=Count("pk")))
    return [LessonCount(one, told.get(one.pk, 0)) for one in lessons]


def plans_of(workshop: Workshop) -> dict[UUID, Plan]:
    """The plan of each library that began one here; the latest where there are two."""
    return {one.library_id: one for one in Plan.objects.from_origins([workshop.origin]).select_related(
        "library").order_by("recorded_at")}


# --- the office's lists ------------------------------------------------------------------------------------

@dataclass(frozen=True)
class WorkshopLine:
    workshop: Workshop
    libraries: int
    confirmed: int
    waiting: int
    certificates: int


def workshop_lines(rows: Sequence[Workshop]) -> list[WorkshopLine]:
    """Each with its counts; two queries for any number."""
    told = {row["workshop"]: row for row in Participant.objects.current().filter(workshop__in=rows).order_by().values(
        "workshop").annotate(
        libraries=Count("library", distinct=True), certificates=Count("pk", filter=Q(outcome="certificate")),
        confirmed=Count("pk", filter=Q(registration__state=Registration.State.IN)),
        waiting=Count("pk", filter=Q(registration__state=Registration.State.WAITING)))}
    found = []
    for one in rows:
        row = told.get(one.pk)
        found.append(WorkshopLine(one, row["libraries"], row["confirmed"], row["waiting"], row["certificates"])
                     if row else WorkshopLine(one, 0, 0, 0, 0))
    return found


def workshops() -> QuerySet[Workshop]:
    """The newest first."""
    return Workshop.objects.select_related("gathering", "library").order_by("-gathering__first_on", "-recorded_at", "pk")


# --- who was trained ---------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Trained:
    """Somebody who earned a certificate: of which library, at which workshop, when, with how many JP."""

    participant: UUID
    library: UUID
    workshop: UUID
    completed_on: date
    jp: int


def trained(*, libraries: Iterable[UUID] | None = None, first: date | None = None, last: date | None = None) -> list[Trained]:
    """Who was trained, latest first; None is everywhere and always. One query."""
    rows = Participant.objects.trained().filter(completed_on__isnull=False)
    if libraries is not None:
        rows = rows.filter(library__in=list(libraries))
    if first:
        rows = rows.filter(completed_on__gte=first)
    if last:
        rows = rows.filter(completed_on__lte=last)
    return [Trained(pk, library, workshop, on, jp) for pk, library, workshop, on, jp in rows.order_by(
        "-completed_on", "pk").values_list("pk", "library", "workshop", "completed_on", "jp") if on is not None]


@dataclass(frozen=True)
class LibraryTraining:
    people: int
    jp: int
    last_on: date | None


def training_of_libraries(libraries: Iterable[UUID] | None = None) -> dict[UUID, LibraryTraining]:
    """How many of each library were trained, together how many JP, when last; libraries without are no keys. One
    query."""
    rows = Participant.objects.trained()
    if libraries is not None:
        rows = rows.filter(library__in=list(libraries))
    return {row["library"]: LibraryTraining(row["people"], row["hours"] or 0, row["last"]) for row in rows.order_by().values(
        "library").annotate(people=Count("pk"), hours=Sum("jp"), last=Max("completed_on"))}


def is_over(workshop: Workshop, at: datetime) -> bool:
    last = workshop.gathering.sessions.filter(cancelled_at__isnull=True).order_by("-ends_at").values_list(
        "ends_at", flat=True).first()
    return last is not None and at > last
