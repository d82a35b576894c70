"""Planning: few things first, the rest when it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from simpul.activities.actions.keeping import NothingGiven, UnknownKind, need_keeper, need_money
from simpul.activities.actions.needs import link_needs
from simpul.activities.kinds import KINDS, STRATEGIES
from simpul.activities.models import Activity, BookUsed, Contribution, Speaker
from simpul.advocacy.actions import partner_named
from simpul.catalogue.models import Title
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.gatherings.actions.planning import SessionGiven, describe_gathering, make_gathering
from simpul.gatherings.models import Gathering
from simpul.libraries.models import Library

MOST = 30  # things on a checklist


@dataclass(frozen=True)
class Details:
    """What an activity is besides its title and days; empty where nobody said."""

    kind: str
    strategy: str = ""
    theme: str = ""
    objective: str = ""
    target_group: str = ""
    funds: str = ""
    cost: int | None = None
    place_kind: str = ""
    materials: str = ""


@change("activity.planned", says=_("{by} planned “{result}” at {library}"))
def plan_activity(*, library: Library, title: str, details: Details, sessions: Sequence[SessionGiven],
                  summary: str = "", capacity: int | None = None, takes_registrations: bool = True,
                  is_public: bool = True, template: str = "", voices: Sequence[UUID] = (), by: Actor,
                  at: datetime, id: UUID) -> Activity:
    """A draft with its gathering, its sessions and the checklist of its kind; `voices` are the needs that it answers,
    as `choose_needs` takes them. Raises UnknownKind and as `make_gathering`."""
    need_keeper(by, library.pk)
    _need_details(details)
    gathering = make_gathering(
        library=library, purpose=Gathering.Purpose.ACTIVITY, title=title, summary=summary, sessions=sessions,
        capacity=capacity, takes_registrations=takes_registrations, is_public=is_public, by=by, id=id)
    kind = KINDS[details.kind]
    activity = Activity.objects.create(
        id=derived_id(id, "activity"), gathering=gathering, library=library, template=template[:16],
        checklist=[{"text": str(text), "done": False} for text in kind.needs], **_fields(details))
    if voices:
        link_needs(activity, voices, by, at, derived_id(id, "needs"))
    return activity


@change("activity.described", says=_("{by} changed the plan of “{activity}”"))
def describe_activity(*, activity: Activity, title: str, summary: str, details: Details, capacity: int | None,
                      takes_registrations: bool, is_public: bool, registers_from: datetime | None = None,
                      registers_until: datetime | None = None, checklist: Sequence[str] = (), by: Actor, at: datetime,
                      id: UUID) -> Activity:
    """Everything that can be said anew; days have their own changes. Raises as `plan_activity`."""
    need_keeper(by, activity.library_id)
    _need_details(details)
    activity.gathering = describe_gathering(
        gathering=activity.gathering, title=title, summary=summary, capacity=capacity,
        takes_registrations=takes_registrations, is_public=is_public, registers_from=registers_from,
        registers_until=registers_until, by=by, at=at)
    done = {line["text"] for line in activity.checklist if line["done"]}
    activity.checklist = [{"text": text[:120], "done": text[:120] in done} for text in checklist if text][:MOST]
    for name, value in _fields(details).items():
        setattr(activity, name, value)
    activity.save(update_fields=["checklist", *_fields(details)])
    return activity


@change("activity.checked", says=_("{by} ticked the checklist of “{activity}”"))
def tick_checklist(*, activity: Activity, done: Sequence[int], by: Actor, at: datetime, id: UUID) -> Activity:
    """The lines with these numbers are done, the others are not."""
    need_keeper(by, activity.library_id)
    activity.checklist = [{"text": line["text"], "done": n in done} for n, line in enumerate(activity.checklist)]
    activity.save(update_fields=["checklist"])
    return activity


@change("activity.copied", says=_("{by} planned “{activity}” again"))
def copy_activity(*, activity: Activity, by: Actor, at: datetime, id: UUID) -> Activity:
    """The same again as a draft: days at the same weekday of the month after, or of the next weeks that lie ahead;
    speakers, partners and books with it, what came of it not. Raises NotAllowed."""
    need_keeper(by, activity.library_id)
    old = activity.gathering
    sessions = [session for session in old.sessions.all() if session.cancelled_at is None] or list(old.sessions.all())
    zone = ZoneInfo(activity.library.time_zone)
    weeks = _weeks_ahead(sessions[0].starts_at, at, zone)
    gathering = make_gathering(
        library=activity.library, purpose=old.purpose, title=old.title, summary=old.summary, capacity=old.capacity,
        takes_registrations=old.takes_registrations, is_public=old.is_public, by=by, id=id,
        sessions=[SessionGiven(_later(one.starts_at, weeks, zone), _later(one.ends_at, weeks, zone), one.place)
                  for one in sessions])
    made = Activity.objects.create(
        id=derived_id(id, "activity"), gathering=gathering, library=activity.library, copied_from=activity,
        checklist=[{"text": line["text"], "done": False} for line in activity.checklist],
        **{**_fields(_details_of(activity)), "cost": None})
    Speaker.objects.bulk_create([
        Speaker(id=derived_id(id, f"speaker {n}"), activity=made, name=one.name, institution=one.institution)
        for n, one in enumerate(activity.speakers.all())])
    Contribution.objects.bulk_create([
        Contribution(id=derived_id(id, f"gift {n}"), activity=made, partner_id=one.partner_id, kind=one.kind, what=one.what,
                     worth=one.worth) for n, one in enumerate(activity.contributions.all())])
    BookUsed.objects.bulk_create([BookUsed(id=derived_id(id, f"book {n}"), activity=made, title_id=one.title_id)
                                  for n, one in enumerate(activity.books.all())])
    return made


@change("speaker.added", says=_("{by} added a speaker to “{activity}”"))
def add_speaker(*, activity: Activity, name: str, institution: str = "", by: Actor, at: datetime, id: UUID) -> Speaker:
    need_keeper(by, activity.library_id)
    if not name.strip():
        raise NothingGiven(_("Who speaks? Give the name."), field="name")
    return Speaker.objects.create(id=id, activity=activity, name=name.strip()[:120],
                                  institution=institution.strip()[:120])


@change("contribution.added", says=_("{by} added what a partner gives to “{activity}”"))
def add_contribution(*, activity: Activity, partner: str, kind: str, what: str = "", worth: int | None = None,
                     by: Actor, at: datetime, id: UUID) -> Contribution:
    """`partner` is a name: the partner of the register who is called so, or a new one. Raises NothingGiven,
    UnknownKind, TooMuch, NameMissing."""
    need_keeper(by, activity.library_id)
    if not partner.strip():
        raise NothingGiven(_("Who helps? Give the partner's name."), field="partner")
    if kind not in Contribution.Kind.values:
        raise UnknownKind(_("Choose one of the list."), field="gift")
    need_money(worth, "worth")
    named = partner_named(library=activity.library, name=partner, at=at, id=derived_id(id, "partner"))
    return Contribution.objects.create(id=id, activity=activity, partner=named, kind=kind, what=what.strip()[:160],
                                       worth=worth)


@change("book.used", says=_("{by} added a book to “{activity}”"))
def add_book(*, activity: Activity, title: Title, by: Actor, at: datetime, id: UUID) -> BookUsed:
    """Twice is once."""
    need_keeper(by, activity.library_id)
    found, _made = BookUsed.objects.get_or_create(activity=activity, title=title, defaults={"id": id})
    return found


@change("activity.part_removed", says=_("{by} took something out of “{activity}”"))
def remove_part(*, activity: Activity, part: UUID, by: Actor, at: datetime, id: UUID) -> int:
    """A speaker, a contribution or a book that was added by mistake; how many went (0 or 1)."""
    need_keeper(by, activity.library_id)
    removed = sum(rows.filter(pk=part).delete()[0] for rows in (
        activity.speakers.all(), activity.contributions.all(), activity.books.all()))
    note(n=removed)
    return removed


def _details_of(activity: Activity) -> Details:
    return Details(activity.kind, activity.strategy, activity.theme, activity.objective, activity.target_group,
                   activity.funds, activity.cost, activity.place_kind, activity.materials)


def _fields(details: Details) -> dict[str, str | int | None]:
    return {"kind": details.kind, "strategy": details.strategy or KINDS[details.kind].sim,
            "theme": details.theme.strip()[:80], "objective": details.objective.strip()[:600],
            "target_group": details.target_group.strip()[:120], "funds": details.funds, "cost": details.cost,
            "place_kind": details.place_kind, "materials": details.materials.strip()[:600]}


def _need_details(details: Details) -> None:
    if details.kind not in KINDS:
        raise UnknownKind(_("Choose what kind of activity it is."), field="kind")
    if details.strategy and details.strategy not in dict(STRATEGIES):
        raise UnknownKind(_("Choose one of the list."), field="strategy")
    if details.funds not in Activity.Funds.values:
        raise UnknownKind(_("Choose one of the list."), field="funds")
    if details.place_kind not in Activity.Place.values:
        raise UnknownKind(_("Choose one of the list."), field="place_kind")
    need_money(details.cost, "cost")


def _weeks_ahead(starts_at: datetime, at: datetime, zone: ZoneInfo) -> int:
    """Four or five weeks on, so that the second Saturday stays the second one where it can; more where that is past
    already."""
    day = starts_at.astimezone(zone).date()
    later = day + timedelta(weeks=5)
    weeks = 5 if (later.day - 1) // 7 == (day.day - 1) // 7 and later.month != day.month else 4
    while starts_at + timedelta(weeks=weeks) <= at:
        weeks += 1
    return weeks


def _later(moment: datetime, weeks: int, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone) + timedelta(weeks=weeks)
