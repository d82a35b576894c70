"""Planning, announcing, moving and calling off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.gatherings.actions.refusals import AlreadyCancelled, BadChoice, BadTimes, NoSession, TitleMissing
from simpul.gatherings.actions.registering import fill_places
from simpul.gatherings.models import Gathering, Registration, Session
from simpul.gatherings.permissions import can_plan
from simpul.libraries.models import Library

LONGEST = timedelta(days=14)  # one session; a series has several


@dataclass(frozen=True)
class SessionGiven:
    """A date as it was planned: aware moments, and the place where it is not the library."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""


def need_planner(by: Actor, library_id: UUID) -> None:
    if not can_plan(by, library_id):
        raise NotAllowed(_("Only the staff of this library plan its activities."))


def make_gathering(*, library: Library, purpose: str, title: str, summary: str = "",
                   sessions: Sequence[SessionGiven], capacity: int | None = None, takes_registrations: bool = True,
                   is_public: bool = True, by: Actor, id: UUID) -> Gathering:
    """A draft with its sessions, as one step of the neighbour's change (an activity, a workshop); no change of its
    own. Raises NotAllowed, TitleMissing, NoSession, BadTimes, BadChoice."""
    need_planner(by, library.pk)
    if not title.strip():
        raise TitleMissing(_("What is it called? Give it a name that people understand."), field="title")
    if not sessions:
        raise NoSession(_("When is it? Give at least one day."), field="day")
    _need_capacity(capacity)
    gathering = Gathering.objects.create(
        id=derived_id(id, "gathering"), library=library, purpose=purpose, title=title.strip()[:160],
        summary=summary.strip()[:2000], capacity=capacity, takes_registrations=takes_registrations,
        is_public=is_public)
    for n, given in enumerate(sessions):
        _session(gathering, library, given, derived_id(id, f"session {n}"))
    _set_days(gathering)
    return gathering


def describe_gathering(*, gathering: Gathering, title: str, summary: str, capacity: int | None,
                       takes_registrations: bool, is_public: bool, registers_from: datetime | None,
                       registers_until: datetime | None, by: Actor, at: datetime) -> Gathering:
    """What is announced, said anew, as one step of the neighbour's change. More places are filled from the waiting
    list at once; fewer take nobody's place away. Raises as `make_gathering`, and BadTimes."""
    need_planner(by, gathering.library_id)
    if not title.strip():
        raise TitleMissing(_("What is it called? Give it a name that people understand."), field="title")
    _need_capacity(capacity)
    if registers_from and registers_until and registers_until <= registers_from:
        raise BadTimes(_("Registration must end after it begins."), field="registers_until")
    row = locked(gathering)
    row.title, row.summary, row.capacity = title.strip()[:160], summary.strip()[:2000], capacity
    row.takes_registrations, row.is_public = takes_registrations, is_public
    row.registers_from, row.registers_until = registers_from, registers_until
    row.save(update_fields=["title", "summary", "capacity", "takes_registrations", "is_public", "registers_from",
                            "registers_until"])
    fill_places(row, at)
    return row


def locked(gathering: Gathering) -> Gathering:
    """The row, held until the change ends: who changes places waits for one another here."""
    return Gathering.objects.select_for_update().get(pk=gathering.pk)


@change("gathering.published", says=_("{by} announced “{gathering}”"))
def publish_gathering(*, gathering: Gathering, by: Actor, at: datetime, id: UUID) -> Gathering:
    """Everybody can see it and register. Twice is once. Raises NotAllowed, AlreadyCancelled."""
    need_planner(by, gathering.library_id)
    row = locked(gathering)
    if row.is_cancelled:
        raise AlreadyCancelled(_("It was cancelled. Copy it to plan it again."))
    row.state = Gathering.State.PUBLISHED
    row.save(update_fields=["state"])
    return row


@change("gathering.cancelled", says=_("{by} cancelled “{gathering}”; {n} people are to be told"))
def cancel_gathering(*, gathering: Gathering, by: Actor, at: datetime, id: UUID) -> Gathering:
    """All sessions to come are off; who registered is to be told. Raises NotAllowed, AlreadyCancelled."""
    need_planner(by, gathering.library_id)
    row = locked(gathering)
    if row.is_cancelled:
        raise AlreadyCancelled(_("It is cancelled already."))
    row.state, row.changed_at = Gathering.State.CANCELLED, at
    row.times_changed += 1
    row.save(update_fields=["state", "changed_at", "times_changed"])
    row.sessions.filter(cancelled_at__isnull=True, starts_at__gt=at).update(cancelled_at=at)
    note(n=row.registrations.current().count())
    return row


@change("gathering.resumed", says=_("{by} let “{gathering}” take place after all"))
def resume_gathering(*, gathering: Gathering, by: Actor, at: datetime, id: UUID) -> Gathering:
    """The cancellation was a slip: what it took off stands again. Twice is once. Raises NotAllowed."""
    need_planner(by, gathering.library_id)
    row = locked(gathering)
    if not row.is_cancelled:
        return row
    row.sessions.filter(cancelled_at=row.changed_at).update(cancelled_at=None)
    row.state = Gathering.State.PUBLISHED
    row.save(update_fields=["state"])
    _changed(row, at)
    return row


@change("session.added", says=_("{by} added a day to “{gathering}”"))
def add_session(*, gathering: Gathering, given: SessionGiven, by: Actor, at: datetime, id: UUID) -> Session:
    """One more day of the series. Raises NotAllowed, BadTimes, AlreadyCancelled."""
    need_planner(by, gathering.library_id)
    row = locked(gathering)
    if row.is_cancelled:
        raise AlreadyCancelled(_("It was cancelled. Copy it to plan it again."))
    session = _session(row, gathering.library, given, id)
    _set_days(row)
    return session


@change("session.moved", says=_("{by} moved a day of “{gathering}” to {day}; {n} people are to be told"))
def move_session(*, session: Session, given: SessionGiven, by: Actor, at: datetime, id: UUID) -> Session:
    """Another time or place; who registered is to be told. Raises NotAllowed, BadTimes, AlreadyCancelled."""
    need_planner(by, session.library_id)
    gathering = locked(session.gathering)
    row = gathering.sessions.select_related("library").get(pk=session.pk)
    if row.cancelled_at:
        raise AlreadyCancelled(_("This day is cancelled. Add a new one instead."))
    _need_times(given)
    row.moved_from_at = row.moved_from_at or (row.starts_at if given.starts_at != row.starts_at else None)
    row.starts_at, row.ends_at, row.place = given.starts_at, given.ends_at, given.place.strip()[:160]
    row.local_date = clock.local_date(given.starts_at, row.library.time_zone)
    row.save(update_fields=["moved_from_at", "starts_at", "ends_at", "place", "local_date"])
    # what was marked before the move happened on the new day: a mark belongs to its session
    row.attendance.update(local_date=row.local_date)
    _changed(gathering, at)
    note(day=row.local_date, gathering=gathering, n=gathering.registrations.current().count())
    return row


@change("session.cancelled", says=_("{by} cancelled a day of “{gathering}”; {n} people are to be told"))
def cancel_session(*, session: Session, by: Actor, at: datetime, id: UUID) -> Session:
    """This day is off, the others stand. Raises NotAllowed, AlreadyCancelled."""
    need_planner(by, session.library_id)
    gathering = locked(session.gathering)
    row = gathering.sessions.select_related("library").get(pk=session.pk)
    if row.cancelled_at:
        raise AlreadyCancelled(_("This day is cancelled already."))
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    _changed(gathering, at)
    note(gathering=gathering, n=gathering.registrations.current().count())
    return row


@change("registration.told", says=_("{by} told {registration} what is new"))
def mark_told(*, registration: Registration, by: Actor, at: datetime, id: UUID) -> Registration:
    """Somebody sent her the message. Raises NotAllowed."""
    need_planner(by, registration.gathering.library_id)
    note(library=registration.gathering.library_id)
    registration.told_at = at
    registration.save(update_fields=["told_at"])
    return registration


def _changed(gathering: Gathering, at: datetime) -> None:
    gathering.changed_at, gathering.times_changed = at, gathering.times_changed + 1
    gathering.save(update_fields=["changed_at", "times_changed"])
    _set_days(gathering)


def _need_capacity(capacity: int | None) -> None:
    if capacity is not None and not 0 < capacity <= 100_000:
        raise BadChoice(_("Leave the number of places open, or give one above zero."), field="capacity")


def _need_times(given: SessionGiven) -> None:
    if given.ends_at <= given.starts_at:
        raise BadTimes(_("It must end after it begins."), field="ends")
    if given.ends_at - given.starts_at > LONGEST:
        raise BadTimes(_("One day of it cannot last that long. Plan a series instead."), field="ends")


def _session(gathering: Gathering, library: Library, given: SessionGiven, id: UUID) -> Session:
    _need_times(given)
    return Session.objects.create(
        id=id, gathering=gathering, library=library, starts_at=given.starts_at, ends_at=given.ends_at,
        local_date=clock.local_date(given.starts_at, library.time_zone), place=given.place.strip()[:160])


def _set_days(gathering: Gathering) -> None:
    """First and last day of the sessions that stand (of all, where none stands)."""
    rows = gathering.sessions.filter(cancelled_at__isnull=True)
    days = (rows if rows.exists() else gathering.sessions).aggregate(first=Min("local_date"), last=Max("local_date"))
    gathering.first_on, gathering.last_on = days["first"], days["last"]
    gathering.save(update_fields=["first_on", "last_on"])
