"""Who registered and cannot come tells it herself, or the library notes it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.gatherings.actions.presence import State, come_back, held_session, mark_registered, void_mark
from simpul.gatherings.actions.refusals import HasLeft, TooLate, UnknownTicket
from simpul.gatherings.actions.registering import fill_places, need_own
from simpul.gatherings.models import Attendance, Gathering, Registration, Session


@change("registration.excused", says=_("{registration} told that she cannot come"))
def excuse(*, registration: Registration, session: Session, by: Actor, at: datetime, id: UUID) -> Registration:
    """She cannot come to this day. Before it begins, and where no other day of hers is left, her place goes to the first
    who waits; her name stays on the list of the day as excused. Of a series she keeps her place for the other days.
    Twice is once. Raises NotAllowed, HasLeft, NotYet (cancelled), UnknownTicket."""
    need_own(registration, by)
    gathering = Gathering.objects.select_for_update().get(pk=registration.gathering_id)
    note(library=gathering.library_id)
    row = gathering.registrations.get(pk=registration.pk)
    if row.state == Registration.State.LEFT:
        raise HasLeft(_("This place was given back already."))
    if session.gathering_id != gathering.pk:
        raise UnknownTicket(_("This ticket belongs to another activity."))
    held = held_session(session, at, is_ahead=True)
    mark_registered(held, row, State.EXCUSED, "", "", by, at, id)
    left = days_left(row, at)
    if row.state in (Registration.State.IN, Registration.State.WAITING) and held.starts_at > at and not left:
        row.state = Registration.State.EXCUSED
        row.save(update_fields=["state"])
        note(moved_up=fill_places(gathering, at))
    return row


@change("registration.comes_back", says=_("{registration} can come after all"))
def come_after_all(*, registration: Registration, session: Session, by: Actor, at: datetime, id: UUID) -> Registration:
    """She can come after all: to her place if one is free, else to the end of the waiting list. Raises NotAllowed,
    TooLate, HasLeft."""
    need_own(registration, by)
    gathering = Gathering.objects.select_for_update().get(pk=registration.gathering_id)
    note(library=gathering.library_id)
    held = held_session(session, at, is_ahead=True)
    row = gathering.registrations.get(pk=registration.pk)
    if row.state == Registration.State.LEFT or held.gathering_id != gathering.pk:
        raise HasLeft(_("This place was given back already."))
    if held.starts_at <= at:
        raise TooLate(_("It has begun. Just come; the library marks you as present."))
    mark = held.attendance.valid().filter(registration=row, state=State.EXCUSED).first()
    if mark is not None:
        void_mark(mark, by, at, id)
    come_back(row, at)
    row.refresh_from_db()
    return row


def days_left(registration: Registration, at: datetime) -> int:
    """Days to come for which she has not excused herself."""
    excused = Attendance.objects.valid().filter(registration=registration, state=State.EXCUSED)
    return Session.objects.standing().filter(gathering=registration.gathering_id, starts_at__gt=at).exclude(
        pk__in=excused.values("session")).count()
