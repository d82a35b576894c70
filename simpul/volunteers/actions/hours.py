"""Hours: begun and ended in one tap each, or told afterwards; a correction voids and replaces."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.volunteers.actions.refusals import (
    AlreadyThere,
    NotRunning,
    Stopped,
    TooLong,
    WrongDay,
    WrongHours,
    need_keeper,
)
from simpul.volunteers.kinds import Work
from simpul.volunteers.models import Helper, Service

LONGEST = 16 * 60                # minutes of one service
FORGOTTEN = timedelta(hours=12)  # nobody taps "done" that late
BACK = timedelta(days=366)


@change("service.begun", says=_("{helper} began to help at {library}"))
def begin_service(*, helper: Helper, work: str = Work.DESK, by: Actor, at: datetime, id: UUID) -> Service:
    """One tap. Raises AlreadyThere while something runs, Stopped, WrongHours, NotAllowed."""
    need_keeper(by, helper.library_id)
    _need(helper, work)
    running = Service.objects.running().filter(helper=helper).first()
    if running:
        raise AlreadyThere(_("You have begun already. Tap “I am done” first."))
    return Service.objects.create(id=derived_id(id, "service"), library=helper.library, helper=helper, work=work,
                                  happened_at=at, local_date=clock.local_date(at, helper.library.time_zone), recorded_at=at)


@change("service.ended", says=_("{service} helped for {minutes} minutes at {library}"))
def end_service(*, service: Service, minutes: int | None = None, by: Actor, at: datetime, id: UUID) -> Service:
    """One tap; the minutes follow from the clock unless they are told. Raises TooLong where the tap was forgotten (then
    tell the minutes), NotRunning, WrongHours, NotAllowed."""
    need_keeper(by, service.library_id)
    if service.voided_at is not None or service.minutes is not None:
        raise NotRunning(_("This is ended already."))
    if minutes is None:
        if at - service.happened_at > FORGOTTEN:
            raise TooLong(_("You began long ago. How many hours did you help?"), field="hours")
        minutes = max(1, round((at - service.happened_at).total_seconds() / 60))
    _need_minutes(minutes)
    service.minutes = minutes
    service.save(update_fields=["minutes"])
    note(minutes=minutes)
    return service


@change("service.recorded", says=_("{by} wrote down {minutes} minutes of {helper} at {library}"))
def record_service(*, helper: Helper, minutes: int, work: str = Work.DESK, happened_at: datetime | None = None, by: Actor,
                   at: datetime, id: UUID) -> Service:
    """"2 hours today", or on a day before. Raises WrongHours, WrongDay, Stopped, NotAllowed."""
    need_keeper(by, helper.library_id)
    when = happened_at or at
    _need(helper, work, is_past=True)
    _need_minutes(minutes)
    _need_moment(when, at)
    note(minutes=minutes)
    return _record(helper, minutes, work, when, at, derived_id(id, "service"))


@change("service.corrected", says=_("{by} corrected hours of {service} at {library}"))
def correct_service(*, service: Service, minutes: int, work: str, happened_at: datetime | None = None, by: Actor,
                    at: datetime, id: UUID) -> Service:
    """The old entry is voided, the new one stands in its place; gives the new one. Raises as `record_service`, NotRunning
    for one that was voided before."""
    need_keeper(by, service.library_id)
    when = happened_at or service.happened_at
    _need(service.helper, work, is_past=True)
    _need_minutes(minutes)
    _need_moment(when, at)
    if not Service.objects.filter(pk=service.pk, voided_at__isnull=True).update(voided_at=at):
        raise NotRunning(_("This entry was taken back or corrected before."))
    service.voided_at = at
    return _record(service.helper, minutes, work, when, at, derived_id(id, "service"), replaces=service)


@change("service.voided", says=_("{by} took back hours of {service} at {library}"))
def void_service(*, service: Service, by: Actor, at: datetime, id: UUID) -> Service:
    """Twice is once."""
    need_keeper(by, service.library_id)
    if service.voided_at is None:
        service.voided_at = at
        service.save(update_fields=["voided_at"])
    return service


@change("service.restored", says=_("{by} let hours of {service} at {library} stand again"))
def restore_service(*, service: Service, by: Actor, at: datetime, id: UUID) -> Service:
    """The undo of taking back. Raises NotRunning where a correction stands in its place, or something else runs."""
    need_keeper(by, service.library_id)
    if service.replaced_by.filter(voided_at__isnull=True).exists():
        raise NotRunning(_("This entry was taken back or corrected before."))
    if service.minutes is None and Service.objects.running().filter(helper=service.helper).exists():
        raise AlreadyThere(_("You have begun already. Tap “I am done” first."))
    if service.voided_at is not None:
        service.voided_at = None
        service.save(update_fields=["voided_at"])
    return service


def _record(helper: Helper, minutes: int, work: str, when: datetime, at: datetime, id: UUID,
            replaces: Service | None = None) -> Service:
    return Service.objects.create(
        id=id, library=helper.library, helper=helper, work=work, minutes=minutes, happened_at=when, recorded_at=at,
        local_date=clock.local_date(when, helper.library.time_zone), replaces=replaces)


def _need(helper: Helper, work: str, *, is_past: bool = False) -> None:
    if helper.ended_on is not None and not is_past:
        raise Stopped(_("She no longer helps here."), field="helper")
    if work not in Work.values:
        raise WrongHours(_("Choose one of the list."), field="work")


def _need_minutes(minutes: int) -> None:
    if not 1 <= minutes <= LONGEST:
        raise WrongHours(_("Between a few minutes and 16 hours."), field="hours")


def _need_moment(when: datetime, at: datetime) -> None:
    if when > at + timedelta(minutes=5):
        raise WrongDay(_("This day is still to come."), field="day")
    if when < at - BACK:
        raise WrongDay(_("Hours are written down for a year back."), field="day")
