"""The roster: patterns, single days, gaps that somebody takes."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.libraries.models import Library
from simpul.volunteers.actions.refusals import (
    AlreadyThere,
    Stopped,
    Taken,
    WrongDay,
    WrongHours,
    need_day,
    need_keeper,
)
from simpul.volunteers.models import Duty, Helper, Pattern

AHEAD = timedelta(days=366)


@change("pattern.set", says=_("{by} put {helper} into the weekly roster of {library}"))
def set_pattern(*, helper: Helper, weekday: int, starts: time, ends: time, from_on: date, by: Actor, at: datetime,
                id: UUID) -> Pattern:
    """Every week on this weekday (Monday 0) from a day on. Raises Stopped, WrongHours, WrongDay, AlreadyThere."""
    need_keeper(by, helper.library_id)
    _need_helping(helper)
    _need_hours(starts, ends)
    need_day(from_on, "from_on")
    if not 0 <= weekday <= 6:
        raise WrongDay(_("Choose a weekday."), field="weekday")
    for other in Pattern.objects.filter(helper=helper, weekday=weekday, until_on__isnull=True):
        if other.starts < ends and starts < other.ends:
            raise AlreadyThere(_("She serves at this time already."), field="starts")
    return Pattern.objects.create(id=derived_id(id, "pattern"), library=helper.library, helper=helper, weekday=weekday,
                                  starts=starts, ends=ends, from_on=from_on)


@change("pattern.ended", says=_("{by} ended a weekly turn of {pattern}"))
def end_pattern(*, pattern: Pattern, by: Actor, at: datetime, id: UUID) -> Pattern:
    """From today on it no longer holds; past days keep it."""
    need_keeper(by, pattern.library_id)
    if pattern.until_on is None:
        pattern.until_on = clock.local_date(at, pattern.library.time_zone)
        pattern.save(update_fields=["until_on"])
    return pattern


@change("pattern.restored", says=_("{by} let a weekly turn of {pattern} hold again"))
def restore_pattern(*, pattern: Pattern, by: Actor, at: datetime, id: UUID) -> Pattern:
    need_keeper(by, pattern.library_id)
    _need_helping(pattern.helper)
    pattern.until_on = None
    pattern.save(update_fields=["until_on"])
    return pattern


@change("duty.added", says=_("{by} added a turn on {day} at {library}"))
def add_duty(*, library: Library, day: date, starts: time, ends: time, helper: Helper | None = None, by: Actor,
             at: datetime, id: UUID) -> Duty:
    """A turn of one day beside the weekly ones; without a helper it is a gap for everybody. Raises WrongHours,
    WrongDay, Stopped."""
    need_keeper(by, library.pk)
    _need_hours(starts, ends)
    _need_ahead(day, library, at)
    if helper is not None:
        _need_helping(helper)
    return Duty.objects.create(id=derived_id(id, "duty"), library=library, day=day, starts=starts, ends=ends,
                               helper=helper, recorded_at=at)


@change("duty.absent", says=_("Somebody is needed on {day} at {library}"))
def report_absent(*, library: Library, day: date, pattern: Pattern | None = None, duty: Duty | None = None, by: Actor,
                  at: datetime, id: UUID) -> Duty:
    """She cannot come; no reason is asked. The turn becomes a gap that everybody sees. Give the pattern, or the duty
    where the day was changed before. Said twice it is one gap. Raises WrongDay."""
    need_keeper(by, library.pk)
    _need_ahead(day, library, at)
    if duty is None:
        if pattern is None or pattern.library_id != library.pk or not pattern.holds_on(day):
            raise WrongDay(_("There is no turn on this day."))
        duty, _made = Duty.objects.get_or_create(pattern=pattern, day=day, defaults={
            "id": derived_id(id, "duty"), "library": library, "starts": pattern.starts, "ends": pattern.ends,
            "helper": pattern.helper, "recorded_at": at})
    if duty.helper_id is not None:
        duty.absent, duty.helper = duty.absent or duty.helper, None
        duty.save(update_fields=["absent", "helper"])
    return duty


@change("duty.taken", says=_("{helper} takes the turn of {duty} at {library}"))
def take_duty(*, duty: Duty, helper: Helper, by: Actor, at: datetime, id: UUID) -> Duty:
    """Of two who tap at once the first has it. Raises Taken, Stopped, WrongDay."""
    need_keeper(by, duty.library_id)
    _need_helping(helper)
    _need_ahead(duty.day, duty.library, at)
    if not Duty.objects.filter(pk=duty.pk, helper__isnull=True, is_off=False).update(helper=helper):
        current = Duty.objects.get(pk=duty.pk)
        if current.helper_id != helper.pk:
            raise Taken(_("Somebody was quicker: this turn is taken. Thank you!"))
    duty.helper = helper
    return duty


@change("duty.given_back", says=_("{by} gave back the turn of {duty} at {library}"))
def give_back(*, duty: Duty, by: Actor, at: datetime, id: UUID) -> Duty:
    """Taken or reported by mistake: who had it at first has it again, a turn of its own becomes a gap."""
    need_keeper(by, duty.library_id)
    duty.helper, duty.absent = duty.absent, None
    duty.save(update_fields=["helper", "absent"])
    return duty


@change("duty.off", says=_("{by} let the turn of {duty} at {library} fall out"))
def drop_duty(*, duty: Duty, by: Actor, at: datetime, id: UUID) -> Duty:
    """Nobody is needed that day after all."""
    need_keeper(by, duty.library_id)
    duty.is_off = True
    duty.save(update_fields=["is_off"])
    return duty


@change("duty.on", says=_("{by} let the turn of {duty} at {library} stand again"))
def restore_duty(*, duty: Duty, by: Actor, at: datetime, id: UUID) -> Duty:
    need_keeper(by, duty.library_id)
    duty.is_off = False
    duty.save(update_fields=["is_off"])
    return duty


def _need_helping(helper: Helper) -> None:
    if helper.ended_on is not None:
        raise Stopped(_("She no longer helps here."), field="helper")


def _need_hours(starts: time, ends: time) -> None:
    if ends <= starts:
        raise WrongHours(_("The end lies after the beginning."), field="ends")


def _need_ahead(day: date, library: Library, at: datetime) -> None:
    need_day(day, "day")
    today = clock.local_date(at, library.time_zone)
    if not today <= day <= today + AHEAD:
        raise WrongDay(_("The roster changes from today on, at most a year ahead."), field="day")
