"""Peer learning meetings: their days, who is invited, who brings what, and what it takes home."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.gatherings.actions import (
    SessionGiven,
    add_session,
    cancel_gathering,
    cancel_session,
    move_session,
    publish_gathering,
    resume_gathering,
)
from simpul.gatherings.actions.planning import describe_gathering, make_gathering
from simpul.gatherings.models import Gathering
from simpul.libraries.models import Library
from simpul.plans.actions import StepGiven, add_step
from simpul.plans.models import Step
from simpul.replication.actions.journeys import take_back
from simpul.replication.actions.mentoring import running_plan
from simpul.replication.actions.refusals import Missing, TakenBack, WrongDay, need_bringer, need_host
from simpul.replication.models import PeerMeeting, Share
from simpul.replication.permissions import as_host

A_YEAR = timedelta(days=366)
A_MONTH = timedelta(days=30)
MOST_DAYS = 3


@dataclass(frozen=True)
class Brought:
    """What a library brings and takes home; empty where nobody said."""

    achievement: str = ""
    tip: str = ""
    challenge: str = ""
    product: str = ""
    takes_home: str = ""
    try_by_on: date | None = None


LENGTHS = {"achievement": 400, "tip": 400, "challenge": 400, "product": 200, "takes_home": 300}


@dataclass(frozen=True)
class MeetingGiven:
    """What is announced: `days` in a row from `held_on`, each from `begins` to `ends` on the host's clock."""

    title: str
    held_on: date
    days: int = 1
    begins: time = time(9)
    ends: time = time(15)
    place: str = ""
    word: str = ""


@change("peer_meeting.planned", says=_("{by} planned the peer learning meeting “{result}”"))
def plan_meeting(*, library: Library, given: MeetingGiven, by: Actor, at: datetime, id: UUID) -> PeerMeeting:
    """A gathering at its host, announced to those who are invited. Raises Missing, WrongDay, NotAllowed, BadTimes."""
    need_host(by)
    _need_head(given, library, at)
    meeting = PeerMeeting(id=derived_id(id, "meeting"), library=library, recorded_at=at)
    _gather(meeting, given, by, at, id)
    _head(meeting, given).save(force_insert=True)
    note(library=library.pk)
    return meeting


@change("peer_meeting.described", says=_("{by} changed the peer learning meeting “{meeting}”"))
def describe_meeting(*, meeting: PeerMeeting, given: MeetingGiven, by: Actor, at: datetime, id: UUID) -> PeerMeeting:
    """Other words, other days: who is registered is to be told of what moved. The host stays. Raises as `plan_meeting`,
    TakenBack."""
    need_host(by)
    if meeting.withdrawn_at is not None:
        raise TakenBack(_("This meeting was called off."))
    if meeting.library is None:
        raise Missing(_("This meeting has no host. Plan it anew."), field="title")
    _need_head(given, meeting.library, at)
    if meeting.gathering is None:
        _gather(meeting, given, by, at, id)
    else:
        _anew(meeting, meeting.gathering, given, by, at, id)
    _head(meeting, given).save()
    return meeting


@change("peer_meeting.called_off", says=_("{by} called off the peer learning meeting “{meeting}”"))
def call_off_meeting(*, meeting: PeerMeeting, by: Actor, at: datetime, id: UUID) -> PeerMeeting:
    """Its days are off, who registered is to be told. Twice is once."""
    need_host(by)
    if meeting.gathering and not meeting.gathering.is_cancelled:
        cancel_gathering(gathering=meeting.gathering, by=as_host(by, meeting), at=at, id=derived_id(id, "gathering"))
    return take_back(meeting, at)


@change("peer_meeting.restored", says=_("{by} restored the peer learning meeting “{meeting}”"))
def restore_meeting(*, meeting: PeerMeeting, by: Actor, at: datetime, id: UUID) -> PeerMeeting:
    need_host(by)
    if meeting.gathering:
        resume_gathering(gathering=meeting.gathering, by=as_host(by, meeting), at=at, id=derived_id(id, "gathering"))
    return take_back(meeting, None)


@change("peer_meeting.invited", says=_("{by} invited {n} libraries to “{meeting}”"))
def invite_libraries(*, meeting: PeerMeeting, libraries: Sequence[Library], by: Actor, at: datetime, id: UUID) -> int:
    """Each finds the invitation on its home. Who was invited already stays so. How many are new. Raises TakenBack."""
    need_host(by)
    need_standing(meeting)
    known = {row.library_id: row for row in meeting.shares.all()}
    n = 0
    for library in libraries:
        row = known.get(library.pk) or Share(id=derived_id(id, f"share {library.pk}"), meeting=meeting, library=library,
                                             recorded_at=at)
        if row.invited_at is None:
            row.invited_at = at
            row.save()
            n += 1
    note(n=n)
    return n


@change("peer_share.written", says=_("{by} wrote what {library} brings to “{meeting}”"))
def share(*, meeting: PeerMeeting, library: Library, brought: Brought, by: Actor, at: datetime, id: UUID) -> Share:
    """One row a library and meeting; said again, the later one counts. What it takes home becomes a row of its running
    plan, once. Raises Missing, WrongDay, TakenBack, NotAllowed."""
    need_bringer(by, library.pk)
    need_standing(meeting)
    values = {one.name: getattr(brought, one.name) for one in fields(brought)}
    values |= {name: values[name].strip()[:most] for name, most in LENGTHS.items()}
    if not any(values.values()):
        raise Missing(_("Tell one thing: an achievement, a tip, a challenge or a product."), field="achievement")
    if brought.try_by_on and not meeting.held_on <= brought.try_by_on <= meeting.held_on + A_YEAR:
        raise WrongDay(_("Choose a day after the meeting, within a year."), field="try_by_on")
    row = Share.objects.select_for_update().filter(meeting=meeting, library=library).first() or Share(
        id=derived_id(id, "share"), meeting=meeting, library=library, recorded_at=at)
    for name, value in values.items():
        setattr(row, name, value)
    row.step = row.step or _into_plan(row, by=by, at=at, id=id)
    row.save()
    note(library=library.pk)
    return row


def _into_plan(row: Share, *, by: Actor, at: datetime, id: UUID) -> Step | None:
    plan = running_plan(row.library) if row.takes_home else None
    if plan is None:
        return None
    given = StepGiven(activity=row.takes_home, due_on=row.try_by_on or row.meeting.held_on + A_MONTH)
    return add_step(plan=plan, given=given, by=by, at=at, id=derived_id(id, "step"))


def need_standing(meeting: PeerMeeting) -> None:
    if meeting.withdrawn_at is not None:
        raise TakenBack(_("This meeting was called off."))


def _need_head(given: MeetingGiven, library: Library, at: datetime) -> None:
    if not given.title.strip():
        raise Missing(_("Give the meeting a name."), field="title")
    if abs((given.held_on - clock.local_date(at, library.time_zone)).days) > 5 * 366:
        raise WrongDay(_("Check the day."), field="held_on")
    if not 1 <= given.days <= MOST_DAYS:
        raise WrongDay(_("One to three days in a row."), field="days")
    if given.ends <= given.begins:
        raise WrongDay(_("It must end after it begins."), field="ends")


def _head(meeting: PeerMeeting, given: MeetingGiven) -> PeerMeeting:
    meeting.title, meeting.held_on = given.title.strip()[:160], given.held_on
    meeting.place, meeting.word = given.place.strip()[:160], given.word.strip()[:1000]
    return meeting


def _days(given: MeetingGiven, library: Library) -> list[SessionGiven]:
    zone = ZoneInfo(library.time_zone)
    days = (given.held_on + timedelta(days=n) for n in range(given.days))
    return [SessionGiven(datetime.combine(day, given.begins, zone), datetime.combine(day, given.ends, zone), given.place)
            for day in days]


def _gather(meeting: PeerMeeting, given: MeetingGiven, by: Actor, at: datetime, id: UUID) -> None:
    """Its gathering, for those who are invited."""
    assert meeting.library is not None
    host = as_host(by, meeting)
    made = make_gathering(library=meeting.library, purpose=Gathering.Purpose.PEER, title=given.title, summary=given.word,
                          sessions=_days(given, meeting.library), takes_registrations=False, is_public=False, by=host, id=id)
    meeting.gathering = publish_gathering(gathering=made, by=host, at=at, id=derived_id(id, "publish"))


def _anew(meeting: PeerMeeting, gathering: Gathering, given: MeetingGiven, by: Actor, at: datetime, id: UUID) -> None:
    """The days that stand move to the days that were told; more are added, those left over are off."""
    assert meeting.library is not None
    host = as_host(by, meeting)
    describe_gathering(
        gathering=gathering, title=given.title, summary=given.word, capacity=gathering.capacity, takes_registrations=False,
        is_public=False, registers_from=None, registers_until=None, by=host, at=at)
    there = list(gathering.sessions.filter(cancelled_at__isnull=True).order_by("starts_at"))
    told = _days(given, meeting.library)
    for n, (session, day) in enumerate(zip(there, told, strict=False)):
        if (session.starts_at, session.ends_at, session.place) != (day.starts_at, day.ends_at, day.place.strip()[:160]):
            move_session(session=session, given=day, by=host, at=at, id=derived_id(id, f"move {n}"))
    for n, day in enumerate(told[len(there):]):
        add_session(gathering=gathering, given=day, by=host, at=at, id=derived_id(id, f"day {n}"))
    for n, session in enumerate(there[len(told):]):
        cancel_session(session=session, by=host, at=at, id=derived_id(id, f"off {n}"))
    gathering.refresh_from_db()
