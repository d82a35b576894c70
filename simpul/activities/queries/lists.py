"""Questions about activities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from simpul.activities.models import Activity, Photo, Reply
from simpul.gatherings.models import Attendance, Gathering, Session
from simpul.gatherings.queries import Places, Turnout, places_of, present_in, turnout
from simpul.libraries.models import Library, Region

SHOWN = ("", "lampau", "draf")


def with_gathering(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Each with its gathering, library and sessions: two queries for any number."""
    return rows.select_related("gathering", "library__region__parent").prefetch_related(
        Prefetch("gathering__sessions", queryset=Session.objects.select_related("library").order_by("starts_at")))


def listed(library: Library, shown: str, day: date) -> QuerySet[Activity]:
    """A library's activities: those to come (soonest first), those past (latest first), or drafts."""
    rows = with_gathering(Activity.objects.filter(library=library)).annotate(
        is_answered=Exists(Reply.objects.filter(activity=OuterRef("pk"))))
    if shown == "draf":
        return rows.filter(gathering__state=Gathering.State.DRAFT).order_by("gathering__first_on", "pk")
    rows = rows.exclude(gathering__state=Gathering.State.DRAFT)
    if shown == "lampau":
        return rows.filter(gathering__last_on__lt=day).order_by("-gathering__last_on", "-pk")
    return rows.filter(gathering__last_on__gte=day).order_by("gathering__first_on", "pk")


@dataclass(frozen=True)
class Line:
    """An activity in a list: its next or only session, how full, how many came."""

    activity: Activity
    session: Session | None
    places: Places
    present: int

    @property
    def gathering(self) -> Gathering:
        return self.activity.gathering


def lines(activities: Sequence[Activity], day: date) -> list[Line]:
    """For a page of `listed`: two queries more, whatever their number."""
    activities = list(activities)
    places = places_of([one.gathering for one in activities])
    sessions = {one.pk: list(one.gathering.sessions.all()) for one in activities}
    present = present_in([session for of_one in sessions.values() for session in of_one])
    return [Line(one, _shown_session(sessions[one.pk], day), places[one.gathering_id],
                 sum(present.get(session.pk, 0) for session in sessions[one.pk])) for one in activities]


def _shown_session(sessions: list[Session], day: date) -> Session | None:
    standing = [one for one in sessions if one.cancelled_at is None] or sessions
    coming = [one for one in standing if one.local_date >= day]
    return next(iter(coming or standing[-1:]), None)


def near_me(*, region: str = "", kinds: Sequence[str] = (), first: date, last: date | None = None) -> QuerySet[Activity]:
    """What everybody can come to from a day on, soonest first: of the region with this code (a kecamatan holds its
    kelurahan), of these kinds."""
    sessions = Session.objects.filter(gathering=OuterRef("gathering"), cancelled_at__isnull=True, local_date__gte=first)
    if last is not None:
        sessions = sessions.filter(local_date__lte=last)
    rows = with_gathering(Activity.objects.filter(
        Exists(sessions), gathering__state=Gathering.State.PUBLISHED, gathering__is_public=True))
    if region:
        rows = rows.filter(Q(library__region__code=region) | Q(library__region__code__startswith=f"{region}."))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows.order_by("gathering__first_on", "pk")


def regions_with_activities(first: date) -> list[Region]:
    """The kelurahan (and the city) of libraries that announce something, by name."""
    ids = near_me(first=first).order_by().values("library__region")
    return list(Region.objects.filter(pk__in=ids).order_by("name"))


def announced(id: UUID) -> Activity | None:
    """What a public page shows, cancelled ones too so that people learn of it."""
    return with_gathering(Activity.objects.announced()).prefetch_related(
        "speakers", "contributions__partner").filter(
        gathering=id).first()


def own(library: Library, id: UUID) -> Activity | None:
    """An activity of this library, by its id."""
    return with_gathering(Activity.objects.filter(library=library)).filter(pk=id).first()


def public_photos(activity: Activity) -> QuerySet[Photo]:
    return activity.photos.filter(is_public=True).select_related("file")


@dataclass(frozen=True)
class TodayLine:
    """A session of today and how many are present."""

    activity: Activity
    session: Session
    present: int


def today_lines(library: Library, day: date) -> list[TodayLine]:
    """What takes place at a library today; two queries for any number."""
    found = list(Session.objects.standing().filter(
        library=library, local_date=day, gathering__activity__isnull=False).select_related(
        "gathering__activity", "library"))
    present = present_in(found) if found else {}
    for session in found:
        session.gathering.activity.gathering = session.gathering
    return [TodayLine(one.gathering.activity, one, present.get(one.pk, 0)) for one in found]


@dataclass(frozen=True)
class Report:
    """What is told of an activity when it is over."""

    activity: Activity
    sessions: tuple[Session, ...]
    turnout: Turnout
    given: int  # rupiah that partners gave

    @property
    def participants(self) -> int:
        return self.turnout.present


def report_of(activity: Activity, day: date) -> Report:
    """The sessions that took place up to a day, and who came."""
    held = tuple(one for one in activity.gathering.sessions.all() if one.cancelled_at is None and one.local_date <= day)
    given = activity.contributions.aggregate(n=Sum("worth"))["n"] or 0
    return Report(activity, held, turnout([one.pk for one in held]), given)


def without_attendance(library: Library, first: date, last: date) -> Session | None:
    """The oldest session of these days at which nobody is marked."""
    marks = Attendance.objects.valid().filter(session=OuterRef("pk"))
    return Session.objects.standing().between(first, last).filter(
        ~Exists(marks), library=library, gathering__activity__isnull=False).select_related(
        "gathering__activity").order_by("local_date", "starts_at").first()


def without_report(library: Library, first: date, last: date) -> Activity | None:
    """The oldest activity that ended in these days, with people, without a result."""
    marks = Attendance.objects.present().filter(session__gathering=OuterRef("gathering"))
    return Activity.objects.filter(
        Exists(marks), library=library, reported_at__isnull=True, gathering__state=Gathering.State.PUBLISHED,
        gathering__last_on__gte=first, gathering__last_on__lt=last).select_related("gathering").order_by(
        "gathering__last_on").first()


def activities_around(library: Library, day: date) -> list[Activity]:
    """Where a picture of today belongs: activities with a day in the last two weeks or today, the nearest first, drafts
    too. Two queries."""
    days = Session.objects.filter(gathering=OuterRef("gathering"), local_date__lte=day,
                                  local_date__gte=day - timedelta(days=14))
    found = with_gathering(Activity.objects.filter(Exists(days), library=library)).exclude(
        gathering__state=Gathering.State.CANCELLED)
    latest = {one.pk: max(session.local_date for session in one.gathering.sessions.all() if session.local_date <= day)
              for one in found}
    return sorted(found, key=lambda one: (latest[one.pk], str(one.pk)), reverse=True)[:8]
