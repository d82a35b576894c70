"""Peer learning meetings: who brings what, and what it takes home."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.libraries.models import Library
from simpul.plans.actions import StepGiven, add_step
from simpul.plans.models import Step
from simpul.replication.actions.journeys import take_back
from simpul.replication.actions.mentoring import running_plan
from simpul.replication.actions.refusals import Missing, TakenBack, TooMuch, WrongDay, need_bringer, need_host
from simpul.replication.models import PeerMeeting, Share

A_YEAR = timedelta(days=366)
A_MONTH = timedelta(days=30)
MOST_PEOPLE = 50


@dataclass(frozen=True)
class Brought:
    """What a library brings and takes home; empty where nobody said. `people` None: nobody came (yet)."""

    people: int | None = None
    achievement: str = ""
    tip: str = ""
    challenge: str = ""
    product: str = ""
    takes_home: str = ""
    try_by_on: date | None = None


LENGTHS = {"achievement": 400, "tip": 400, "challenge": 400, "product": 200, "takes_home": 300}


@change("peer_meeting.planned", says=_("{by} planned the peer learning meeting “{result}”"))
def plan_meeting(*, title: str, held_on: date, place: str = "", word: str = "", by: Actor, at: datetime,
                 id: UUID) -> PeerMeeting:
    """Raises Missing, WrongDay, NotAllowed."""
    need_host(by)
    values = _head(title, held_on, place, word, at)
    return PeerMeeting.objects.create(id=derived_id(id, "meeting"), recorded_at=at, **values)


@change("peer_meeting.described", says=_("{by} changed the peer learning meeting “{meeting}”"))
def describe_meeting(*, meeting: PeerMeeting, title: str, held_on: date, place: str = "", word: str = "", by: Actor,
                     at: datetime, id: UUID) -> PeerMeeting:
    need_host(by)
    values = _head(title, held_on, place, word, at)
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(values))
    return meeting


@change("peer_meeting.called_off", says=_("{by} called off the peer learning meeting “{meeting}”"))
def call_off_meeting(*, meeting: PeerMeeting, by: Actor, at: datetime, id: UUID) -> PeerMeeting:
    need_host(by)
    return take_back(meeting, at)


@change("peer_meeting.restored", says=_("{by} restored the peer learning meeting “{meeting}”"))
def restore_meeting(*, meeting: PeerMeeting, by: Actor, at: datetime, id: UUID) -> PeerMeeting:
    need_host(by)
    return take_back(meeting, None)


@change("peer_share.written", says=_("{by} wrote what {library} brings to “{meeting}”"))
def share(*, meeting: PeerMeeting, library: Library, brought: Brought, by: Actor, at: datetime, id: UUID) -> Share:
    """One row a library and meeting; said again, the later one counts. What it takes home becomes a row of its running
    plan, once. Raises Missing, TooMuch, WrongDay, TakenBack, NotAllowed."""
    need_bringer(by, library.pk)
    if meeting.withdrawn_at is not None:
        raise TakenBack(_("This meeting was called off."))
    values = {one.name: getattr(brought, one.name) for one in fields(brought)}
    values |= {name: values[name].strip()[:most] for name, most in LENGTHS.items()}
    if not any(values.values()):
        raise Missing(_("Tell one thing: an achievement, a tip, a challenge or a product."), field="achievement")
    if (brought.people or 0) > MOST_PEOPLE:
        raise TooMuch(_("More than %(n)s people of one library? Check the number.") % {"n": MOST_PEOPLE}, field="people")
    today = clock.local_date(at, library.time_zone)
    if brought.people and meeting.held_on > today:
        raise WrongDay(_("Who came is written on the day itself."), field="people")
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


def _head(title: str, held_on: date, place: str, word: str, at: datetime) -> dict[str, object]:
    if not title.strip():
        raise Missing(_("Give the meeting a name."), field="title")
    today = clock.local_date(at, "Asia/Jakarta")
    if abs((held_on - today).days) > 5 * 366:
        raise WrongDay(_("Check the day."), field="held_on")
    return {"title": title.strip()[:160], "held_on": held_on, "place": place.strip()[:160], "word": word.strip()[:1000]}
