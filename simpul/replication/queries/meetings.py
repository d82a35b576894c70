"""Peer learning meetings: who is invited, who is expected, who was there, what was brought."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from simpul.gatherings.models import Attendance, Registration, Session
from simpul.replication.models import Delegate, PeerMeeting, Share


def listed_meetings() -> QuerySet[PeerMeeting]:
    """Those that stand, the latest first, with `libraries` that came and `people`."""
    return PeerMeeting.objects.standing().annotate(
        libraries=Count("shares", filter=Q(shares__people__gt=0)), people=Sum("shares__people")).order_by("-held_on", "pk")


def shares_of(meeting: PeerMeeting) -> list[Share]:
    """By name of the library, each with its step; one query."""
    return list(meeting.shares.select_related("library", "step").order_by("library__name"))


def days_of(meeting: PeerMeeting) -> list[Session]:
    """Its days that stand; one query."""
    if meeting.gathering_id is None:
        return []
    return list(Session.objects.filter(gathering=meeting.gathering_id, cancelled_at__isnull=True).select_related(
        "library", "gathering").order_by("starts_at"))


def people_of(meeting: PeerMeeting) -> dict[UUID, int]:
    """How many of each library were there on any day; persons, not marks. One query."""
    present = Attendance.objects.present().filter(registration=OuterRef("registration"))
    rows = meeting.delegates.annotate(was_there=Exists(present)).filter(
        Q(was_there=True, registration__isnull=False) | Q(mark__voided_at__isnull=True, mark__state="present"))
    found: dict[UUID, int] = {}
    for library_id, count in rows.order_by().values_list("library_id", "mark__count"):
        found[library_id] = found.get(library_id, 0) + (count or 1)
    return found


@dataclass(frozen=True)
class Expected:
    """A delegate on a day's list: her name ("" once it is forgotten), and the mark that holds."""

    delegate: Delegate
    mark: Attendance | None

    @property
    def name(self) -> str:
        if self.delegate.registration is not None:
            return self.delegate.registration.name
        return self.delegate.mark.name if self.delegate.mark else ""

    @property
    def people(self) -> int:
        return self.mark.count if self.mark else 1


def expected_on(meeting: PeerMeeting, session: Session) -> list[Expected]:
    """Everybody who was named, and who was written down at the door that day; by library. Two queries."""
    marks = Attendance.objects.present().filter(session=session)
    by_registration = {one.registration_id: one for one in marks if one.registration_id}
    by_key = {one.pk: one for one in marks}
    rows = meeting.delegates.select_related("library", "registration", "mark").exclude(
        registration__state=Registration.State.LEFT)
    found = []
    for row in rows:
        if row.registration_id:
            found.append(Expected(row, by_registration.get(row.registration_id)))
        elif row.mark_id in by_key:
            found.append(Expected(row, by_key[row.mark_id]))
    return found


def sent_by(meeting: PeerMeeting, library_id: UUID) -> list[Delegate]:
    """Whom a library named, those who left not among them; one query."""
    return list(meeting.delegates.filter(library=library_id, registration__isnull=False).exclude(
        registration__state=Registration.State.LEFT).select_related("registration"))


def invitation_of(library_id: UUID, today: object) -> Share | None:
    """The next meeting to come that a library is invited to and has not answered: neither named anybody nor written what
    it brings. One query."""
    named = Delegate.objects.filter(meeting=OuterRef("meeting"), library=library_id)
    return Share.objects.select_related("meeting").filter(
        ~Exists(named), library=library_id, invited_at__isnull=False, meeting__withdrawn_at__isnull=True,
        meeting__held_on__gte=today, achievement="", tip="", challenge="", product="").order_by("meeting__held_on").first()
