"""Who was there.

Presence is also a visit (purpose: an activity) in the guest book of the library that invites, once a person and half
of a day: morning before noon, afternoon from noon, by the beginning of the session. Who wrote her card down at the
door in the same half of the day is not counted again; a registrant is recognised as a member by the same name and
number. Walk-ins and headcounts are counted as they are marked: nobody can tell who of them tapped at the door.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.core.secrets import fingerprint
from simpul.gatherings.actions.refusals import BadChoice, NobodyCounted, NotYet, UnknownTicket
from simpul.gatherings.followers import tell_followers
from simpul.gatherings.models import Attendance, Gathering, Registration, Session
from simpul.gatherings.permissions import can_mark
from simpul.gatherings.queries import person_of, registration_by_scan, registration_of, was_counted
from simpul.people.models import AgeGroup, Person, Sex
from simpul.people.queries import printable
from simpul.visits.actions import record_tally, record_visit, void_entry
from simpul.visits.actions.refusals import AlreadyVoided
from simpul.visits.models import Cell, Details, Visit
from simpul.visits.queries import member_at_the_door

EARLY = timedelta(hours=12)  # the evening before a trip people may already stand there
TOO_MANY = 100_000
State, How = Attendance.State, Attendance.How


@dataclass(frozen=True)
class HeadCell:
    """`count` persons of one sex and age group; with a disability only where they told."""

    sex: str = ""
    age_group: str = ""
    has_disability: bool = False
    count: int = 1


@change("attendance.marked", says=_("{by} marked attendance at {library}"))
def mark_attendance(*, session: Session, registration: Registration, state: str = State.PRESENT, sex: str = "",
                    age_group: str = "", by: Actor, at: datetime, id: UUID) -> Attendance:
    """A registrant was there, was not, or is excused. Twice is once; another state takes the place of the first.
    `sex` and `age_group` where she did not tell them herself. Raises NotAllowed, NotYet, BadChoice."""
    row = locked_session(session, by, at, is_ahead=state == State.EXCUSED)
    if registration.gathering_id != row.gathering_id:
        raise UnknownTicket(_("This ticket belongs to another activity."))
    if state not in State.values:
        raise BadChoice(_("Choose one of the list."))
    _need_cell(sex, age_group)
    return mark_registered(row, registration, state, sex, age_group, by, at, id)


@change("attendance.scanned", says=_("{by} scanned somebody in at {library}"))
def mark_by_scan(*, session: Session, text: str, by: Actor, at: datetime, id: UUID) -> Attendance:
    """A ticket's QR, its code, a member's card or number. Twice is once. Raises NotAllowed, NotYet, UnknownTicket."""
    row = locked_session(session, by, at)
    registration = registration_by_scan(row.gathering_id, text)
    if registration is not None:
        return mark_registered(row, registration, State.PRESENT, "", "", by, at, id)
    member = member_at_the_door(text[:40], row.library, takes_numbers=True)
    if member is None:
        raise UnknownTicket(_("Neither a ticket of this activity nor a card. Tick the name, or write a walk-in."),
                            field="text")
    is_own = member.library_id == row.library_id
    if is_own and (registration := registration_of(member.person, row.gathering_id)):
        return mark_registered(row, registration, State.PRESENT, "", "", by, at, id)
    key = fingerprint(f"{row.pk}:{member.person_id}")
    there = row.attendance.valid().filter(who_key=key).first()
    if there is not None:
        return there
    person = member.person
    return _write(row, how=How.CARD, person=person if is_own else None, who_key=key, sex=person.sex,
                  age_group=str(person.age_group(row.local_date)), by=by, at=at, id=id,
                  card=member.number if is_own else text[:40])


@change("attendance.walked_in", says=_("{by} wrote down somebody who walked in at {library}"))
def record_walk_in(*, session: Session, name: str = "", sex: str = "", age_group: str = "", by: Actor, at: datetime,
                   id: UUID) -> Attendance:
    """Somebody came without registering; the name only if she likes. Raises NotAllowed, NotYet, BadChoice."""
    row = locked_session(session, by, at)
    _need_cell(sex, age_group)
    return _write(row, how=How.WALK_IN, name=" ".join(printable(name).split())[:120], sex=sex, age_group=age_group,
                  by=by, at=at, id=id)


@change("attendance.counted", says=_("{by} counted {n} people at an activity of {library}"))
def count_heads(*, session: Session, cells: Sequence[HeadCell], by: Actor, at: datetime, id: UUID) -> int:
    """Those whose names are not wanted, by sex, age group and disability. A second count takes the place of the
    first; all zero takes it back. How many they are. Raises NotAllowed, NotYet, BadChoice, NobodyCounted."""
    row = locked_session(session, by, at)
    cells = [cell for cell in cells if cell.count]
    total = sum(cell.count for cell in cells)
    if any(cell.count < 0 for cell in cells) or total > TOO_MANY:
        raise NobodyCounted(_("These numbers cannot be right. Check them."))
    for cell in cells:
        _need_cell(cell.sex, cell.age_group)
    for n, old in enumerate(row.attendance.valid().filter(how=How.HEADCOUNT)):
        void_mark(old, by, at, derived_id(id, f"void {n}"))
    moment = _moment(row, at)
    entries: dict[bool, UUID] = {}
    for told in (False, True):
        group = [Cell(cell.sex, cell.age_group, cell.count) for cell in cells if cell.has_disability == told]
        if group:
            entries[told] = record_tally(
                library=row.library, cells=group, is_sure=True, by=by, at=moment, id=derived_id(id, f"visit {told}"),
                details=Details(purpose=Visit.Purpose.ACTIVITY, has_disability=True if told else None)).entry_id
    Attendance.objects.bulk_create([
        Attendance(id=derived_id(id, f"cell {n}"), session=row, library=row.library, how=How.HEADCOUNT, sex=cell.sex,
                   age_group=cell.age_group, has_disability=True if cell.has_disability else None, count=cell.count,
                   visit_entry_id=entries[cell.has_disability], happened_at=moment, local_date=row.local_date)
        for n, cell in enumerate(cells)])
    note(library=row.library_id, n=total)
    return total


@change("attendance.undone", says=_("{by} took a mark of attendance back at {library}"))
def undo_attendance(*, attendance: Attendance, by: Actor, at: datetime, id: UUID) -> Attendance:
    """It was a slip; the visit it also was is taken back with it. Twice is once. Raises NotAllowed."""
    if attendance.state == State.EXCUSED:  # her place is asked for: places first, then the day, as everywhere
        Gathering.objects.select_for_update().get(pk=attendance.session.gathering_id)
    row = locked_session(attendance.session, by, None)
    mark = row.attendance.get(pk=attendance.pk)
    if mark.voided_at is None:
        void_mark(mark, by, at, id)
        if mark.state == State.EXCUSED and mark.registration is not None:
            come_back(mark.registration, at)
    return mark


def locked_session(session: Session, by: Actor, at: datetime | None, *, is_ahead: bool = False) -> Session:
    """The session's row, held until the change ends: two phones at one door wait for one another. `at` None where
    nothing new is marked; `is_ahead` where it may be marked before the day (who cannot come tells it in time)."""
    if not can_mark(by, session.library_id):
        raise NotAllowed(_("Only the staff of this library mark attendance."))
    return held_session(session, at, is_ahead=is_ahead, is_replay=by.is_replay)


def held_session(session: Session, at: datetime | None, *, is_ahead: bool, is_replay: bool = False) -> Session:
    """As `locked_session`, for who may mark already. A replayed mark happened: it is flagged instead of refused."""
    row = Session.objects.select_for_update(of=("self",)).select_related("library", "gathering").get(pk=session.pk)
    note(library=row.library_id)
    if at is not None and (row.cancelled_at or row.gathering.is_cancelled):
        if is_replay:
            note(flags=["session_cancelled"])
            return row
        raise NotYet(_("This day was cancelled. Add a new day if it took place after all."))
    if at is None or is_ahead:
        return row
    if row.starts_at > at + EARLY and clock.local_date(at, row.library.time_zone) < row.local_date:
        if is_replay:
            note(flags=["not_yet"])
            return row
        raise NotYet(_("Attendance can be marked when the day has come."))
    return row


def _moment(session: Session, at: datetime) -> datetime:
    """When she was there: now, or at the session that a paper list is entered for afterwards."""
    return at if clock.local_date(at, session.library.time_zone) == session.local_date else min(session.starts_at, at)


def mark_registered(session: Session, registration: Registration, state: str, sex: str, age_group: str, by: Actor,
                     at: datetime, id: UUID) -> Attendance:
    """The mark that holds from now on; who excused herself and comes after all has her place again."""
    if state == State.PRESENT and registration.state == Registration.State.EXCUSED:
        Registration.objects.filter(pk=registration.pk, state=Registration.State.EXCUSED).update(
            state=Registration.State.IN)
    before = session.attendance.valid().filter(registration=registration).first()
    if before is not None and before.state == state and not (sex and sex != before.sex):
        return before
    if before is not None:
        void_mark(before, by, at, derived_id(id, "before"))
    person = person_of(registration, session.library_id)
    if person is not None:  # her card was scanned before her name was ticked: one mark
        by_card = session.attendance.valid().filter(person=person, registration__isnull=True).first()
        if by_card is not None:
            void_mark(by_card, by, at, derived_id(id, "by card"))
    sex = sex or registration.sex or (person.sex if person else "")
    age_group = age_group or registration.age_group or (str(person.age_group(session.local_date)) if person else "")
    return _write(session, how=How.REGISTERED, registration=registration, person=person, state=state, sex=sex,
                  age_group=age_group, by=by, at=at, id=id)


def _write(session: Session, *, how: str, by: Actor, at: datetime, id: UUID, state: str = State.PRESENT,
           sex: str = "", age_group: str = "", registration: Registration | None = None, person: Person | None = None,
           card: str = "", **more: Any) -> Attendance:
    moment, entry_id = _moment(session, at), None
    if state == State.PRESENT and not was_counted(session, registration=registration, person=person):
        number = card or _number_of(person)
        entry_id = record_visit(
            library=session.library, sex=sex, age_group=age_group, card=number, is_sure=True, by=by, at=moment,
            id=derived_id(id, "visit"), details=Details(purpose=Visit.Purpose.ACTIVITY)).entry_id
    made = Attendance.objects.create(
        id=derived_id(id, "attendance"), session=session, library=session.library, registration=registration,
        person=person, how=how, state=state, sex=sex, age_group=age_group, visit_entry_id=entry_id,
        happened_at=moment, local_date=session.local_date, **more)
    tell_followers(session)
    return made


def come_back(registration: Registration, at: datetime) -> None:
    """Who had told that she cannot come may come after all: to a free place, else to the end of the waiting list. The
    caller is inside a change."""
    gathering = Gathering.objects.select_for_update().get(pk=registration.gathering_id)
    row = gathering.registrations.get(pk=registration.pk)
    if row.state != Registration.State.EXCUSED:
        return
    has_place = gathering.capacity is None or gathering.registrations.holding().count() < gathering.capacity
    if has_place and not gathering.registrations.waiting().exists():
        row.state = Registration.State.IN
    else:
        gathering.last_number += 1
        gathering.save(update_fields=["last_number"])
        row.state, row.number = Registration.State.WAITING, gathering.last_number
    row.save(update_fields=["state", "number"])


def _number_of(person: Person | None) -> str:
    member = getattr(person, "member", None) if person is not None else None
    return member.number if member is not None else ""


def void_mark(mark: Attendance, by: Actor, at: datetime, id: UUID) -> None:
    """The mark no longer holds, nor does the entry of the guest book that it made."""
    mark.voided_at = at
    mark.save(update_fields=["voided_at"])
    tell_followers(mark.session)
    entry = Visit.objects.valid().filter(entry_id=mark.visit_entry_id).first() if mark.visit_entry_id else None
    shared = Attendance.objects.valid().filter(visit_entry_id=mark.visit_entry_id).exists()
    if entry is not None and not shared:
        with suppress(AlreadyVoided):  # corrected in the guest book meanwhile: it stays as it was corrected
            void_entry(entry=entry, why=Visit.Why.UNDONE, by=by, at=at, id=derived_id(id, "visit off"))


def _need_cell(sex: str, age_group: str) -> None:
    if sex not in Sex.values or age_group not in AgeGroup.values:
        raise BadChoice(_("Choose one of the list."))
