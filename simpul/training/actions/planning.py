"""Planning a workshop: from a programme or a copy, its lessons, its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from simpul.catalogue.models import Title
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.gatherings.actions import SessionGiven, add_session, cancel_gathering, move_session, publish_gathering
from simpul.gatherings.actions.planning import describe_gathering, make_gathering
from simpul.gatherings.models import Gathering, Session
from simpul.libraries.models import Library
from simpul.surveys.actions.surveys import open_ready_survey
from simpul.training.actions.refusals import NotOpen, WrongTimes, WrongWorkshop, need_office, need_running
from simpul.training.models import BudgetLine, Lesson, Speaker, Workshop
from simpul.training.permissions import as_host
from simpul.training.programmes import LessonPlanned, Programme, programmes

MOST_LESSONS = 80


@dataclass(frozen=True)
class WorkshopGiven:
    """What the office says of a workshop. `capacity` None: as many as come; `min_present` in percent, `late_limit` in
    minutes."""

    title: str
    aims: str = ""
    background: str = ""
    venue: str = ""
    organiser: str = ""
    letter_number: str = ""
    funds: str = ""
    capacity: int | None = None
    quota: int = 2
    is_public: bool = False
    min_present: int = 80
    late_limit: int = 30
    needs_post_test: bool = True
    needs_plan: bool = True


@dataclass(frozen=True)
class LessonGiven:
    """A lesson as it is planned; aware moments of one day. `guide` None: what stands
    there stays."""

    title: str
    starts_at: datetime
    ends_at: datetime
    kind: str = Lesson.Kind.TOPIC
    jp: int = 0
    aim: str = ""
    room: str = ""
    speaker_id: UUID | None = None
    materials: tuple[UUID, ...] = ()
    guide: str | None = None


@change("workshop.planned", says=_("{by} planned the workshop “{result}”"))
def plan_workshop(*, library: Library, programme: str, first_on: date, title: str = "", venue: str = "", by: Actor,
                  at: datetime, id: UUID) -> Workshop:
    """A draft from a programme that comes with the house: lessons from `first_on` on, tests, budget lines; all of it
    may be changed. `library` is the host. Raises NotAllowed, WrongWorkshop, WrongTimes."""
    need_office(by)
    found = programmes().get(programme)
    if found is None:
        raise WrongWorkshop(_("This programme is not known."), field="programme")
    need_day(first_on)
    zone = ZoneInfo(library.time_zone)
    lessons = [placed(one, first_on, zone) for one in found.lessons]
    workshop = make(library, lessons, Workshop(
        library=library, template=found.key, aims=found.aims.strip(), background=found.background.strip(),
        venue=venue.strip()[:160], organiser=found.organiser, quota=found.quota, test_key=found.test_key),
        title.strip() or found.title, found.capacity, by, at, id)
    _ask(workshop, found, by, at, id)
    BudgetLine.objects.bulk_create([
        BudgetLine(id=derived_id(id, f"budget {n}"), workshop=workshop, label=one.label, quantity=one.quantity,
                   unit=one.unit, price=one.price) for n, one in enumerate(found.budget)])
    return workshop


@change("workshop.copied", says=_("{by} planned “{result}” after an earlier workshop"))
def copy_workshop(*, workshop: Workshop, first_on: date, by: Actor, at: datetime, id: UUID) -> Workshop:
    """The same programme, speakers, rule, tests and budget from another day on; nobody invited. Raises as
    `plan_workshop`."""
    need_office(by)
    need_day(first_on)
    old = list(workshop.lessons.filter(removed_at__isnull=True).select_related("day__library").prefetch_related("materials"))
    if not old:
        raise WrongTimes(_("There is no lesson to copy."))
    zone = ZoneInfo(workshop.library.time_zone)
    first = min(one.starts_at.astimezone(zone).date() for one in old)
    speakers = {one.pk: derived_id(id, f"speaker {one.pk}") for one in workshop.speakers.all()}

    def moved(at: datetime) -> datetime:
        here = at.astimezone(zone)
        return datetime.combine(first_on + (here.date() - first), here.time(), zone)

    made = Workshop(
        library=workshop.library, copied_from=workshop, **{name: getattr(workshop, name) for name in (
            "template", "aims", "background", "venue", "organiser", "funds", "quota", "min_present", "late_limit",
            "needs_post_test", "needs_plan", "test", "test_key", "baseline", "feedback", "handouts")})
    given = [LessonGiven(one.title, moved(one.starts_at), moved(one.ends_at), one.kind, one.jp, one.aim, one.room,
                         speakers.get(one.speaker_id) if one.speaker_id else None,
                         tuple(title.pk for title in one.materials.all()), one.guide) for one in old]
    rows = [Speaker(id=speakers[one.pk], name=one.name, office=one.office, biography=one.biography,
                    is_facilitator=one.is_facilitator) for one in workshop.speakers.all()]
    made = make(workshop.library, given, made, workshop.gathering.title, workshop.gathering.capacity, by, at, id, rows)
    BudgetLine.objects.bulk_create([
        BudgetLine(id=derived_id(id, f"budget {n}"), workshop=made, label=one.label, quantity=one.quantity,
                   unit=one.unit, price=one.price) for n, one in enumerate(workshop.budget.all())])
    return made


@change("workshop.described", says=_("{by} changed the workshop “{workshop}”"))
def describe_workshop(*, workshop: Workshop, given: WorkshopGiven, by: Actor, at: datetime, id: UUID) -> Workshop:
    """Title, aims, places, the rule of the certificate. More places are filled from the waiting list at once. Raises
    NotAllowed, WrongWorkshop, and what `describe_gathering` raises."""
    need_office(by)
    if not 0 <= given.min_present <= 100 or not 0 <= given.late_limit <= 600 or not 1 <= given.quota <= 50:
        raise WrongWorkshop(_("Check percent, minutes and quota."), field="min_present")
    describe_gathering(
        gathering=workshop.gathering, title=given.title, summary=given.aims, capacity=given.capacity,
        takes_registrations=False, is_public=given.is_public, registers_from=None, registers_until=None,
        by=as_host(by, workshop), at=at)
    for name in ("quota", "min_present", "late_limit", "needs_post_test", "needs_plan"):
        setattr(workshop, name, getattr(given, name))
    for name, most in (("aims", 2000), ("background", 4000), ("venue", 160), ("organiser", 160), ("letter_number", 60),
                       ("funds", 160)):
        setattr(workshop, name, getattr(given, name).strip()[:most])
    workshop.save()
    workshop.gathering.refresh_from_db()
    return workshop


@change("workshop.announced", says=_("{by} opened the workshop “{workshop}”"))
def announce_workshop(*, workshop: Workshop, by: Actor, at: datetime, id: UUID) -> Workshop:
    """From now on libraries may be asked and name their people; strangers see it only where it is public."""
    need_office(by)
    workshop.gathering = publish_gathering(
        gathering=workshop.gathering, by=as_host(by, workshop), at=at, id=derived_id(id, "gathering"))
    return workshop


@change("workshop.cancelled", says=_("{by} cancelled the workshop “{workshop}”"))
def cancel_workshop(*, workshop: Workshop, by: Actor, at: datetime, id: UUID) -> Workshop:
    need_office(by)
    workshop.gathering = cancel_gathering(
        gathering=workshop.gathering, by=as_host(by, workshop), at=at, id=derived_id(id, "gathering"))
    return workshop


@change("lesson.written", says=_("{by} wrote the lesson “{result}”"))
def write_lesson(*, workshop: Workshop, given: LessonGiven, lesson_id: UUID | None = None, by: Actor, at: datetime,
                 id: UUID) -> Lesson:
    """A new lesson, or one of the programme said anew; the day it falls on is made or stretched. Raises NotAllowed,
    WrongTimes, WrongWorkshop, NotOpen."""
    need_office(by)
    need_running(workshop)
    _need_lesson(given, workshop.library.time_zone)
    row = workshop.lessons.filter(pk=lesson_id).first() if lesson_id else None
    if lesson_id and row is None:
        raise WrongWorkshop(_("This lesson is no longer there."))
    if row is None and workshop.lessons.filter(removed_at__isnull=True).count() >= MOST_LESSONS:
        raise WrongWorkshop(_("A workshop has at most %(n)s lessons.") % {"n": MOST_LESSONS})
    if row is not None and row.starts_at != given.starts_at and row.presence.valid().exists():
        raise WrongTimes(_("People were present at this lesson already; its time stays."), field="starts")
    row = row or Lesson(id=derived_id(id, "lesson"), workshop=workshop)
    row.day = _day_of(workshop, given, by, at, id)
    _fill(row, given, workshop)
    row.save()
    row.materials.set(Title.objects.filter(pk__in=given.materials))
    return row


@change("lesson.removed", says=_("{by} took the lesson “{lesson}” out of the programme"))
def remove_lesson(*, lesson: Lesson, by: Actor, at: datetime, id: UUID) -> Lesson:
    """It no longer takes place and no longer counts. Twice is once. Raises NotAllowed, NotOpen (somebody was there)."""
    need_office(by)
    if lesson.presence.valid().exists():
        raise NotOpen(_("People were present at this lesson; it stays."))
    lesson.removed_at = lesson.removed_at or at
    lesson.save(update_fields=["removed_at"])
    return lesson


@change("lesson.restored", says=_("{by} put the lesson “{lesson}” back into the programme"))
def restore_lesson(*, lesson: Lesson, by: Actor, at: datetime, id: UUID) -> Lesson:
    need_office(by)
    lesson.removed_at = None
    lesson.save(update_fields=["removed_at"])
    return lesson


def make(library: Library, lessons: Sequence[LessonGiven], workshop: Workshop, title: str, capacity: int | None,
         by: Actor, at: datetime, id: UUID, speakers: Sequence[Speaker] = ()) -> Workshop:
    """Inside a change: the gathering, its days, the workshop, its speakers and lessons."""
    workshop.id = derived_id(id, "workshop")
    for one in lessons:
        _need_lesson(one, library.time_zone)
    days: dict[date, list[LessonGiven]] = {}
    for one in sorted(lessons, key=lambda one: one.starts_at):
        days.setdefault(clock.local_date(one.starts_at, library.time_zone), []).append(one)
    gathering = make_gathering(
        library=library, purpose=Gathering.Purpose.WORKSHOP, title=title, summary=workshop.aims, sessions=[
            SessionGiven(min(one.starts_at for one in rows), max(one.ends_at for one in rows), workshop.venue)
            for rows in days.values()],
        capacity=capacity, takes_registrations=False, is_public=False, by=as_host(by, workshop), id=id)
    workshop.gathering, workshop.recorded_at = gathering, at
    workshop.save(force_insert=True)
    for speaker in speakers:
        speaker.workshop = workshop
    Speaker.objects.bulk_create(speakers)
    by_day = {one.local_date: one for one in gathering.sessions.all()}
    n = 0
    for day, rows in days.items():
        for one in rows:
            row = Lesson(id=derived_id(id, f"lesson {n}"), workshop=workshop, day=by_day[day])
            _fill(row, one, workshop)
            row.save(force_insert=True)
            if one.materials:
                row.materials.set(Title.objects.filter(pk__in=one.materials))
            n += 1
    note(library=library.pk, n=n)
    return workshop


def _ask(workshop: Workshop, programme: Programme, by: Actor, at: datetime, id: UUID) -> None:
    """The ready-made surveys of the programme, opened at the host."""
    host = as_host(by, workshop)
    for name in ("test", "feedback", "baseline"):
        ready = getattr(programme, name)
        if ready:
            setattr(workshop, name, open_ready_survey(
                library=workshop.library, ready=ready, by=host, at=at, id=derived_id(id, name)))
    workshop.save(update_fields=["test", "feedback", "baseline"])


def placed(one: LessonPlanned, first_on: date, zone: ZoneInfo) -> LessonGiven:
    begins = datetime.combine(first_on + timedelta(days=one.day - 1), one.at, zone)
    return LessonGiven(one.title, begins, begins + timedelta(minutes=one.minutes), one.kind, one.jp, one.aim, guide=one.guide)


def _fill(row: Lesson, given: LessonGiven, workshop: Workshop) -> None:
    row.title, row.aim, row.room = given.title.strip()[:160], given.aim.strip()[:400], given.room.strip()[:120]
    row.kind, row.jp, row.starts_at, row.ends_at = given.kind, given.jp, given.starts_at, given.ends_at
    row.speaker = workshop.speakers.filter(pk=given.speaker_id).first() if given.speaker_id else None
    row.guide = row.guide if given.guide is None else given.guide.strip()[:12_000]
    row.removed_at = None


def _day_of(workshop: Workshop, given: LessonGiven, by: Actor, at: datetime, id: UUID) -> Session:
    """The gathering's session of that date; made where there is none, stretched where the lesson lies outside."""
    host, day = as_host(by, workshop), clock.local_date(given.starts_at, workshop.library.time_zone)
    found = workshop.gathering.sessions.filter(local_date=day, cancelled_at__isnull=True).first()
    if found is None:
        return add_session(gathering=workshop.gathering, given=SessionGiven(given.starts_at, given.ends_at, workshop.venue),
                           by=host, at=at, id=derived_id(id, "day"))
    first, last = min(found.starts_at, given.starts_at), max(found.ends_at, given.ends_at)
    if (first, last) != (found.starts_at, found.ends_at):
        found = move_session(session=found, given=SessionGiven(first, last, found.place), by=host, at=at,
                             id=derived_id(id, "day"))
    return found


def _need_lesson(given: LessonGiven, time_zone: str) -> None:
    if not given.title.strip():
        raise WrongWorkshop(_("What is this lesson about?"), field="title")
    if given.kind not in Lesson.Kind.values or not 0 <= given.jp <= 40:
        raise WrongWorkshop(_("Check the kind of lesson and its JP."), field="jp")
    if given.ends_at <= given.starts_at:
        raise WrongTimes(_("It must end after it begins."), field="ends")
    if clock.local_date(given.starts_at, time_zone) != clock.local_date(given.ends_at, time_zone):
        raise WrongTimes(_("A lesson begins and ends on the same day."), field="ends")


def need_day(day: date) -> None:
    if not 2000 <= day.year <= 2100:
        raise WrongTimes(_("Check this day."), field="first_on")


def at_time(day: date, hour: time, library: Library) -> datetime:
    """That moment on the library's wall."""
    return datetime.combine(day, hour, ZoneInfo(library.time_zone))
