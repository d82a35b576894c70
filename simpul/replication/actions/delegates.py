"""Who comes to a peer learning meeting for a library: named before, ticked, scanned or written down at the door."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.gatherings.actions import leave_gathering, mark_attendance, record_walk_in, register, undo_attendance
from simpul.gatherings.models import Attendance, Gathering, Session
from simpul.gatherings.queries import registration_by_scan
from simpul.libraries.models import Library
from simpul.replication.actions.meetings import need_standing
from simpul.replication.actions.refusals import Missing, UnknownChoice, need_bringer
from simpul.replication.models import Delegate, PeerMeeting, Share
from simpul.replication.permissions import as_host, can_mark_at
from simpul.replication.queries.meetings import people_of


@change("peer_delegate.named", says=_("{by} named somebody of {library} for “{meeting}”"))
def send_delegate(*, meeting: PeerMeeting, library: Library, name: str, phone: str, by: Actor, at: datetime,
                  id: UUID) -> Delegate:
    """She gets a place and a ticket of the gathering. Raises TakenBack, Missing, NotAllowed, and what `register` raises."""
    need_bringer(by, library.pk)
    need_standing(meeting)
    registration = register(gathering=_gathering(meeting), name=name, phone=phone, by=as_host(by, meeting), at=at,
                            id=derived_id(id, "registration"))
    note(library=library.pk)
    return Delegate.objects.create(id=derived_id(id, "delegate"), meeting=meeting, library=library,
                                   registration=registration, recorded_at=at)


@change("peer_delegate.left", says=_("{by} told that somebody of {library} does not come to “{meeting}”"))
def withdraw_delegate(*, delegate: Delegate, by: Actor, at: datetime, id: UUID) -> Delegate:
    """Her place is free, her name is forgotten at once. Raises NotAllowed, HasLeft."""
    need_bringer(by, delegate.library_id)
    if delegate.registration is None:
        raise UnknownChoice(_("She was written down at the door; take the mark back there."))
    leave_gathering(registration=delegate.registration, by=as_host(by, delegate.meeting), at=at, id=derived_id(id, "left"))
    note(library=delegate.library_id, meeting=delegate.meeting)
    return delegate


@change("peer_delegate.marked", says=_("{by} ticked who is there at “{meeting}”"))
def mark_delegate(*, delegate: Delegate, session: Session, by: Actor, at: datetime, id: UUID) -> Attendance:
    """She is here. Twice is once. Raises NotAllowed, NotYet."""
    meeting = delegate.meeting
    _need_door(by, meeting)
    note(library=delegate.library_id, meeting=meeting)
    if delegate.registration is None:
        raise UnknownChoice(_("She was written down at the door already."))
    return mark_attendance(session=session, registration=delegate.registration, by=as_host(by, meeting), at=at,
                           id=derived_id(id, "mark"))


@change("peer_delegate.scanned", says=_("{by} scanned a ticket at “{meeting}”"))
def scan_delegate(*, meeting: PeerMeeting, session: Session, text: str, by: Actor, at: datetime, id: UUID) -> Delegate:
    """By the code or the QR of her ticket. Raises NotAllowed, NotYet, UnknownChoice."""
    _need_door(by, meeting)
    found = registration_by_scan(_gathering(meeting).pk, text)
    delegate = Delegate.objects.select_related("library", "registration").filter(registration=found).first() if found else None
    if found is None or delegate is None:
        raise UnknownChoice(_("No ticket of this meeting. Tick the name, or write down who came."), field="text")
    note(library=delegate.library_id)
    mark_attendance(session=session, registration=found, by=as_host(by, meeting), at=at, id=derived_id(id, "mark"))
    return delegate


@change("peer_delegate.walked_in", says=_("{by} wrote down somebody of {library} at “{meeting}”"))
def welcome_delegate(*, meeting: PeerMeeting, session: Session, library: Library, name: str = "", by: Actor, at: datetime,
                     id: UUID) -> Delegate:
    """Somebody of a library came without being named; her name only if she likes. Raises NotAllowed, NotYet."""
    _need_door(by, meeting)
    note(library=library.pk)
    mark = record_walk_in(session=session, name=name, by=as_host(by, meeting), at=at, id=derived_id(id, "walk in"))
    made = Delegate.objects.create(id=derived_id(id, "delegate"), meeting=meeting, library=library, mark=mark, recorded_at=at)
    recount(meeting)
    return made


@change("peer_delegate.unmarked", says=_("{by} took a mark at “{meeting}” back"))
def unmark_delegate(*, delegate: Delegate, session: Session, by: Actor, at: datetime, id: UUID) -> Delegate:
    """It was a slip. Twice is once. Raises NotAllowed."""
    _need_door(by, delegate.meeting)
    note(library=delegate.library_id, meeting=delegate.meeting)
    rows = Attendance.objects.valid().select_related("session", "registration").filter(session=session)
    own = rows.filter(registration=delegate.registration) if delegate.registration else rows.filter(pk=delegate.mark_id or id)
    for n, mark in enumerate(own):
        undo_attendance(attendance=mark, by=as_host(by, delegate.meeting), at=at, id=derived_id(id, f"undo {n}"))
    return delegate


def recount(meeting: PeerMeeting) -> None:
    """How many of each library were there; the caller is inside a change. A library that came has a row."""
    PeerMeeting.objects.select_for_update().get(pk=meeting.pk)  # two doors count one after the other
    came = people_of(meeting)
    for row in meeting.shares.all():
        people = came.pop(row.library_id, None)
        if row.people != people:
            row.people = people
            row.save(update_fields=["people"])
    Share.objects.bulk_create([
        Share(id=derived_id(meeting.pk, f"came {library_id}"), meeting=meeting, library_id=library_id, people=people)
        for library_id, people in came.items()])


def _need_door(by: Actor, meeting: PeerMeeting) -> None:
    if not can_mark_at(by, meeting):
        raise NotAllowed(_("Only those who hold this meeting tell who is there."))
    need_standing(meeting)


def _gathering(meeting: PeerMeeting) -> Gathering:
    if meeting.gathering is None:
        raise Missing(_("This meeting has no day yet. Write it first."))
    return meeting.gathering
