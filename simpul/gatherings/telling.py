"""Whom to tell what: news of a change, a place that became free, a reminder the day before, thanks afterwards.

Nothing is stored until somebody was told. What stands here is told by e-mail by itself where she gave an address and
the node sends e-mail; all others stand in one list for the staff, with ready messages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from simpul.core import clock
from simpul.gatherings.models import Attendance, Gathering, Notice, Registration, RegistrationQuerySet, Session
from simpul.messages.queries import is_set_up

NEWS, REMINDER, THANKS = "news", "reminder", "thanks"
REMINDS_FROM = time(8)            # on the day before, by the library's clock
THANKS_FOR = timedelta(days=3)    # afterwards it would only surprise


@dataclass(frozen=True)
class Telling:
    """Somebody to tell something: `about` is NEWS, REMINDER or THANKS, `occasion` tells it apart from any other."""

    registration: Registration
    about: str
    occasion: str
    #: from when on it is not worth telling
    until: datetime

    @property
    def by_mail(self) -> bool:
        """Does it go by itself?"""
        return bool(self.registration.email) and is_set_up()


def tellings(at: datetime, *, library_id: UUID | None = None, gathering_id: UUID | None = None) -> list[Telling]:
    """Everything to be told now, most urgent first; seven queries for any number."""
    gatherings = _gatherings(library_id, gathering_id)
    found = [*_news(gatherings, at), *_reminders(gatherings, at), *_thanks(gatherings, at)]
    seen: set[UUID] = set()
    once = []
    for one in found:  # who hears of a change today needs no reminder of the same day beside it
        if one.registration.pk not in seen or one.about == THANKS:
            once.append(one)
        seen.add(one.registration.pk)
    return once


def for_staff(at: datetime, *, library_id: UUID, gathering_id: UUID | None = None) -> list[Telling]:
    """Those that do not go by themselves."""
    return [one for one in tellings(at, library_id=library_id, gathering_id=gathering_id) if not one.by_mail]


def _gatherings(library_id: UUID | None, gathering_id: UUID | None) -> QuerySet[Gathering]:
    rows = Gathering.objects.exclude(state=Gathering.State.DRAFT)
    if library_id is not None:
        rows = rows.filter(library=library_id)
    return rows.filter(pk=gathering_id) if gathering_id is not None else rows


def _reachable(gatherings: QuerySet[Gathering]) -> RegistrationQuerySet:
    return Registration.objects.filter(gathering__in=gatherings.values("pk")).exclude(phone="", email="").select_related(
        "gathering__library").order_by("gathering", "number")


def _news(gatherings: QuerySet[Gathering], at: datetime) -> Iterable[Telling]:
    """As `queries.to_be_told`, of all gatherings that are not over."""
    moved_up = Q(moved_up_at__isnull=False, told_at__isnull=True)
    changed = Q(gathering__changed_at__isnull=False, registered_at__lte=F("gathering__changed_at")) & (
        Q(told_at__isnull=True) | Q(told_at__lt=F("gathering__changed_at")))
    today = clock.local_date(at, "Asia/Jakarta")
    coming = gatherings.filter(last_on__gte=today)
    for row in _reachable(coming).filter(state__in=["in", "waiting"]).filter(moved_up | changed):
        moment = max(filter(None, (row.gathering.changed_at, row.moved_up_at)))
        yield Telling(row, NEWS, f"{NEWS}:{moment:%Y%m%d%H%M%S%f}", _end_of(row.gathering))


def _end_of(gathering: Gathering) -> datetime:
    zone = ZoneInfo(gathering.library.time_zone)
    day = gathering.last_on or clock.local_date(gathering.recorded_at, gathering.library.time_zone)
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def _reminders(gatherings: QuerySet[Gathering], at: datetime) -> Iterable[Telling]:
    """From eight in the morning of the day before until it begins; whoever registered later knows."""
    sessions = [one for one in Session.objects.standing().filter(
        gathering__in=gatherings.values("pk"), starts_at__gt=at, starts_at__lte=at + timedelta(days=2)).select_related(
        "library").order_by("starts_at") if _reminds_from(one) <= at]
    rows = _by_gathering(_reachable(gatherings.filter(pk__in=[one.gathering_id for one in sessions])).holding()
                         if sessions else ())
    told, excused = _told(rows, REMINDER), _excused(sessions)
    for session in sessions:
        occasion = f"{REMINDER}:{session.pk}:{session.local_date}"
        for row in rows.get(session.gathering_id, ()):
            if row.registered_at < _reminds_from(session) and (row.pk, occasion) not in told and (
                    row.pk, session.pk) not in excused:
                yield Telling(row, REMINDER, occasion, session.starts_at)


def _reminds_from(session: Session) -> datetime:
    return datetime.combine(session.local_date - timedelta(days=1), REMINDS_FROM, session.zone)


def _thanks(gatherings: QuerySet[Gathering], at: datetime) -> Iterable[Telling]:
    """Once, when the last day is over, to those who were there on any."""
    today = clock.local_date(at, "Asia/Jakarta")
    over = gatherings.filter(state=Gathering.State.PUBLISHED, last_on__lte=today, last_on__gte=today - THANKS_FOR)
    over = over.exclude(sessions__in=Session.objects.filter(cancelled_at__isnull=True, ends_at__gt=at))
    present = Attendance.objects.present().filter(session__gathering__in=over.values("pk"), registration__isnull=False)
    rows = _by_gathering(_reachable(over).filter(pk__in=present.values("registration")))
    told = _told(rows, THANKS)
    for row in (one for of_one in rows.values() for one in of_one):
        if (row.pk, THANKS) not in told:
            yield Telling(row, THANKS, THANKS, _end_of(row.gathering) + THANKS_FOR)


def _by_gathering(rows: Iterable[Registration]) -> dict[UUID, list[Registration]]:
    found: dict[UUID, list[Registration]] = {}
    for row in rows:
        found.setdefault(row.gathering_id, []).append(row)
    return found


def _told(rows: dict[UUID, list[Registration]], about: str) -> set[Any]:
    if not rows:
        return set()
    return set(Notice.objects.filter(registration__gathering__in=list(rows), occasion__startswith=about).values_list(
        "registration", "occasion"))


def _excused(sessions: Sequence[Session]) -> set[Any]:
    if not sessions:
        return set()
    return set(Attendance.objects.valid().filter(session__in=sessions, state=Attendance.State.EXCUSED).values_list(
        "registration", "session"))
