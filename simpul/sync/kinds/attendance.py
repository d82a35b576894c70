"""Who was at a session: ticked, scanned, walked in, counted."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.gatherings.actions import HeadCell, count_heads, mark_attendance, mark_by_scan, record_walk_in
from simpul.gatherings.actions.refusals import UnknownTicket
from simpul.gatherings.models import Registration, Session
from simpul.sync.kinds.base import Kind, NotFound, Outcome, Payload, Told


@dataclass(frozen=True)
class MarkGiven:
    session: UUID
    registration: UUID
    state: str


@dataclass(frozen=True)
class ScanGiven:
    session: UUID
    text: str


@dataclass(frozen=True)
class WalkInGiven:
    session: UUID
    name: str
    sex: str
    age_group: str


@dataclass(frozen=True)
class HeadsGiven:
    session: UUID
    cells: tuple[HeadCell, ...]


def session_of(id: UUID, told: Told) -> Session:
    session = Session.objects.select_related("gathering", "library").filter(pk=id, library=told.library).first()
    if session is None:
        raise NotFound(_("This day of an activity is not known here."), code="unknown_session")
    return session


def _mark(given: MarkGiven, told: Told) -> Outcome:
    session = session_of(given.session, told)
    registration = Registration.objects.filter(pk=given.registration, gathering=session.gathering_id).first()
    if registration is None:
        raise NotFound(_("This registration is not known here."), code="unknown_registration")
    return Outcome(mark_attendance(session=session, registration=registration, state=given.state, by=told.by, at=told.at,
                                   id=told.id))


def _scan(given: ScanGiven, told: Told) -> Outcome:
    """Somebody stood there, whether or not her card is known."""
    session = session_of(given.session, told)
    try:
        return Outcome(mark_by_scan(session=session, text=given.text, by=told.by, at=told.at, id=told.id))
    except UnknownTicket:
        row = record_walk_in(session=session, by=told.by, at=told.at, id=told.id)
        return Outcome(row, (UnknownTicket.code,))


def _walk_in(given: WalkInGiven, told: Told) -> Outcome:
    return Outcome(record_walk_in(session=session_of(given.session, told), name=given.name, sex=given.sex,
                                  age_group=given.age_group, by=told.by, at=told.at, id=told.id))


def _count(given: HeadsGiven, told: Told) -> Outcome:
    session = session_of(given.session, told)
    count_heads(session=session, cells=given.cells, by=told.by, at=told.at, id=told.id)
    return Outcome(session)


def heads(payload: Payload) -> tuple[HeadCell, ...]:
    return tuple(HeadCell(sex=sex, age_group=age_group, count=n) for sex, age_group, n in payload.cells())


KINDS = (
    Kind("attendance.marked", 1, lambda payload: MarkGiven(
        payload.id("session"), payload.id("registration"), payload.code("state")), _mark),
    Kind("attendance.scanned", 1, lambda payload: ScanGiven(
        payload.id("session"), payload.text("text", 300, is_needed=True)), _scan),
    Kind("attendance.walked_in", 1, lambda payload: WalkInGiven(
        payload.id("session"), payload.text("name", 120), payload.code("sex"), payload.code("age_group")), _walk_in),
    Kind("attendance.counted", 1, lambda payload: HeadsGiven(payload.id("session"), heads(payload)), _count),
)
