"""Who was at a lesson: by the code on the screen, ticked by name, or from the signed list."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.core.secrets import fingerprint
from simpul.gatherings.actions import mark_attendance
from simpul.gatherings.models import Attendance, Session
from simpul.training.actions.inviting import confirm_participant
from simpul.training.actions.refusals import NotOpen, StaleCode, WrongState, need_helper, need_running
from simpul.training.models import Lesson, Participant, Presence, moment_now
from simpul.training.permissions import as_host, is_herself
from simpul.training.tokens import is_entrance

EARLY, AFTER = timedelta(minutes=60), timedelta(minutes=60)
How = Presence.How


@change("presence.scanned", says=_("{participant} was present at “{lesson}”"))
def be_present(*, lesson: Lesson, participant: Participant, entrance: str, browser: str, by: Actor, at: datetime,
               id: UUID) -> Presence:
    """She herself, after scanning the code on the screen in this browser (see `tokens.entrance`). One browser is one
    person a lesson. Twice is once. Raises NotAllowed, StaleCode, NotOpen, WrongState."""
    if not is_herself(by, participant):
        raise NotAllowed(_("Open your own link first."))
    note(library=participant.library_id)
    if not is_entrance(entrance, lesson.pk, participant.pk, browser, at):
        raise StaleCode(_("This code is no longer valid. Scan the one that is on the screen now."))
    if not lesson.starts_at - EARLY <= at <= lesson.ends_at + AFTER:
        raise StaleCode(_("This lesson is not now. Ask those who run the workshop to tick your name."))
    row = _held(participant)
    if row.registration is None:
        raise WrongState(_("You have not confirmed yet. Tell that you come, then scan again."))
    key = fingerprint(f"{lesson.pk}:{browser}")
    other = lesson.presence.valid().filter(browser=key).exclude(participant=row).first()
    if other is not None:
        raise StaleCode(_("Somebody else was marked with this phone. Ask those who run the workshop to tick your name."))
    return _write(lesson, row, How.CODE, moment_now(at, lesson), by, at, id, browser=key)


@change("presence.ticked", says=_("{by} ticked {participant} at “{lesson}”"))
def tick_present(*, lesson: Lesson, participant: Participant, late: int = 0, by: Actor, at: datetime, id: UUID) -> Presence:
    """By name, with the minutes she came late; other minutes take the place of the first. Who was named and came
    without confirming is confirmed with it. Raises NotAllowed, NotOpen, WrongState."""
    need_helper(by, lesson.workshop)
    note(library=participant.library_id)
    _need_begun(lesson, at)
    row = _coming(participant, by, at, id)
    before = lesson.presence.valid().filter(participant=row).first()
    if before is not None and before.late == late:
        return before
    if before is not None:
        before.voided_at = at
        before.save(update_fields=["voided_at"])
    return _write(lesson, row, How.TICK, late, by, at, id)


@change("presence.undone", says=_("{by} took a mark at “{lesson}” back"))
def untick(*, lesson: Lesson, participant: Participant, by: Actor, at: datetime, id: UUID) -> int:
    """It was a slip. How many marks were taken back. Raises NotAllowed."""
    need_helper(by, lesson.workshop)
    note(library=participant.library_id)
    n: int = lesson.presence.valid().filter(participant=participant).update(voided_at=at)
    if n and not participant.presence.valid().filter(lesson__day=lesson.day_id).exists():
        _on_the_day(lesson.day, _held(participant), Attendance.State.ABSENT, by, at, id)
    return n


@change("presence.entered", says=_("{by} entered the signed list of a day: {n} people"))
def enter_paper(*, day: Session, lessons: Sequence[Lesson], participants: Sequence[Participant], by: Actor, at: datetime,
                id: UUID) -> int:
    """Whoever signed the list of a day was at these lessons of it; marks that stand stay as they are. How many people.
    Raises NotAllowed, NotOpen, WrongState."""
    if not lessons:
        raise NotOpen(_("There is no lesson on this day."))
    workshop = lessons[0].workshop
    need_helper(by, workshop)
    _need_begun(lessons[0], at)
    note(library=workshop.library_id, n=len(participants))
    there = set(Presence.objects.valid().filter(lesson__in=lessons, participant__in=participants).values_list(
        "lesson", "participant"))
    for participant in participants:
        row = _coming(participant, by, at, derived_id(id, f"coming {participant.pk}"))
        for lesson in lessons:
            if (lesson.pk, row.pk) not in there and (row.left_at is None or row.left_at > lesson.starts_at):
                _row(lesson, row, How.PAPER, 0, at, derived_id(id, f"{lesson.pk} {row.pk}"))
        _on_the_day(day, row, Attendance.State.PRESENT, by, at, derived_id(id, f"day {row.pk}"))
    return len(participants)


@change("participant.went_home", says=_("{by} wrote down that {participant} went home for good"))
def go_home(*, participant: Participant, by: Actor, at: datetime, id: UUID) -> Participant:
    """She left before the end, for example after day one; later lessons are not hers. Twice is once. Raises NotAllowed."""
    need_helper(by, participant.workshop)
    note(library=participant.library_id)
    participant.left_at = participant.left_at or at
    participant.save(update_fields=["left_at"])
    return participant


@change("participant.came_back", says=_("{by} wrote down that {participant} came back"))
def come_back(*, participant: Participant, by: Actor, at: datetime, id: UUID) -> Participant:
    need_helper(by, participant.workshop)
    note(library=participant.library_id)
    participant.left_at = None
    participant.save(update_fields=["left_at"])
    return participant


def _held(participant: Participant) -> Participant:
    return Participant.objects.select_for_update(of=("self",)).select_related(
        "workshop__gathering", "workshop__library", "library", "registration").get(pk=participant.pk)


def _coming(participant: Participant, by: Actor, at: datetime, id: UUID) -> Participant:
    row = _held(participant)
    if not row.is_current:
        raise WrongState(_("She does not come, or somebody else comes in her place."))
    if row.registration is None:
        confirm_participant(participant=row, by=by, at=at, id=derived_id(id, "confirmed"))
        row = _held(participant)
    return row


def _need_begun(lesson: Lesson, at: datetime) -> None:
    need_running(lesson.workshop)
    if lesson.removed_at is not None:
        raise NotOpen(_("This lesson does not take place."))
    if at < lesson.starts_at - EARLY:
        raise NotOpen(_("Presence is marked when the lesson begins."))


def _write(lesson: Lesson, row: Participant, how: str, late: int, by: Actor, at: datetime, id: UUID,
           browser: str = "") -> Presence:
    if lesson.removed_at is not None:
        raise NotOpen(_("This lesson does not take place."))
    if row.left_at is not None and row.left_at <= lesson.starts_at:
        raise WrongState(_("It is written down that she went home before. Take that back first."))
    before = lesson.presence.valid().filter(participant=row).first()
    if before is not None:
        return before
    made = _row(lesson, row, how, late, at, derived_id(id, "presence"), browser)
    _on_the_day(lesson.day, row, Attendance.State.PRESENT, by, at, id)
    return made


def _row(lesson: Lesson, row: Participant, how: str, late: int, at: datetime, id: UUID, browser: str = "") -> Presence:
    return Presence.objects.create(
        id=id, lesson=lesson, participant=row, library_id=row.library_id, how=how, late=max(0, min(late, 600)),
        browser=browser, happened_at=min(max(at, lesson.starts_at), lesson.ends_at), local_date=lesson.day.local_date,
        recorded_at=at)


def _on_the_day(day: Session, row: Participant, state: str, by: Actor, at: datetime, id: UUID) -> None:
    """The day of the gathering counts her once, whatever the number of lessons."""
    if row.registration is not None and row.registration.state != "left":
        mark_attendance(session=day, registration=row.registration, state=state, sex=row.sex, by=as_host(by, row.workshop),
                        at=at, id=derived_id(id, "day"))
