"""Questions about gatherings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Prefetch, Q, QuerySet, Sum, When

from simpul.core.secrets import fingerprint
from simpul.gatherings.models import Attendance, Gathering, Registration, Session
from simpul.people.models import Person
from simpul.people.queries import fold_name
from simpul.surveys.models import Invitation
from simpul.visits.models import Visit

NOON = time(12)
#: those with a place, then those who told that they cannot come, then those who wait
IN_FIRST = Case(When(state="in", then=0), When(state="excused", then=1), default=2)


def is_open_for(gathering: Gathering, at: datetime, *, is_staff: bool = False) -> bool:
    """Can somebody register now? Staff write down whoever asks, as long as it is announced."""
    if not gathering.is_published:
        return False
    if is_staff:
        return True
    if not gathering.takes_registrations or (gathering.registers_from and at < gathering.registers_from):
        return False
    until = gathering.registers_until or gathering.sessions.filter(cancelled_at__isnull=True).order_by(
        "starts_at").values_list("starts_at", flat=True).first()
    return until is not None and at < until


@dataclass(frozen=True)
class Places:
    """How full it is; `capacity` None is without limit."""

    capacity: int | None
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def is_full(self) -> bool:
        return self.free == 0


def places_of(gatherings: Sequence[Gathering]) -> dict[UUID, Places]:
    """How full each is; one query for any number."""
    rows = Registration.objects.current().filter(gathering__in=gatherings).order_by().values("gathering").annotate(
        taken=Count("pk", filter=Q(state="in")), waiting=Count("pk", filter=Q(state="waiting")))
    told = {row["gathering"]: (row["taken"], row["waiting"]) for row in rows}
    return {one.pk: Places(one.capacity, *told.get(one.pk, (0, 0))) for one in gatherings}


def ahead_of(registration: Registration) -> int:
    """How many wait before her."""
    return registration.gathering.registrations.waiting().filter(number__lt=registration.number).count()


def registration_by_token(token: str) -> Registration | None:
    """Whose own link this is."""
    return Registration.objects.select_related("gathering__library").filter(
        token_hash=fingerprint(token.replace("\x00", ""))).first()


def registration_by_scan(gathering_id: UUID, text: str) -> Registration | None:
    """Whose ticket this is: the code on it, or the address of her own page."""
    text = text.strip().replace("\x00", "")
    token = text.rstrip("/").rsplit("/", 1)[-1]
    return Registration.objects.filter(gathering=gathering_id).filter(
        Q(code=text.upper()[:10]) | Q(token_hash=fingerprint(token))).first()


def person_of(registration: Registration, library_id: UUID) -> Person | None:
    """The person this library knows by the same name and number, so that she is one person in its counts."""
    if not registration.phone:
        return None
    return Person.objects.present().filter(
        library=library_id, phone=registration.phone, name_key=registration.name_key).first()


def registration_of(person: Person, gathering_id: UUID) -> Registration | None:
    """Her registration, by the same name and number."""
    if not person.phone:
        return None
    return Registration.objects.on_the_day().filter(
        gathering=gathering_id, phone=person.phone, name_key=fold_name(person.name)).first()


def half_of_day(session: Session) -> tuple[datetime, datetime]:
    """The morning or the afternoon in which a session begins, as moments."""
    zone = ZoneInfo(session.library.time_zone)
    begins = session.starts_at.astimezone(zone)
    day = begins.date()
    noon = datetime.combine(day, NOON, zone)
    if begins < noon:
        return datetime.combine(day, time.min, zone), noon
    return noon, datetime.combine(day, time.max, zone)


def was_counted(session: Session, *, registration: Registration | None, person: Person | None) -> bool:
    """Does the guest book hold her already for this half of the day: by her card, or by another session?"""
    first, last = half_of_day(session)
    if person is not None and Visit.objects.valid().filter(
            library=session.library_id, person=person, happened_at__gte=first, happened_at__lt=last).exists():
        return True
    return registration is not None and Attendance.objects.present().filter(
        registration=registration, visit_entry_id__isnull=False, session__starts_at__gte=first,
        session__starts_at__lt=last).exists()


@dataclass(frozen=True)
class DayLine:
    """A registrant on the day: her mark, or None while nobody ticked her."""

    registration: Registration
    mark: Attendance | None


def day_lines(session: Session, text: str, page: str | None, per_page: int = 50) -> tuple[Page, list[DayLine]]:
    """Registrants with their marks, those with a place first, by name; three queries for any number."""
    rows = session.gathering.registrations.on_the_day().order_by(IN_FIRST, "name_key", "number")
    if text:
        rows = rows.filter(Q(name_key__contains=fold_name(text)) | Q(code=text.upper()[:10]))
    shown = Paginator(rows, per_page).get_page(page)
    marks = {mark.registration_id: mark for mark in session.attendance.valid().filter(
        registration__in=[one.pk for one in shown])}
    return shown, [DayLine(one, marks.get(one.pk)) for one in shown]


def other_marks(session: Session) -> QuerySet[Attendance]:
    """Members by card and walk-ins, latest first."""
    return session.attendance.present().filter(registration__isnull=True).exclude(
        how=Attendance.How.HEADCOUNT).select_related("person").order_by("-recorded_at")


@dataclass(frozen=True)
class PaperLine:
    """A line of the printed list; `is_present` once it was marked so."""

    id: UUID
    name: str
    sex: str
    age: str
    state: str
    is_present: bool


def _listed(session: Session) -> QuerySet[Registration]:
    """In the order of the printed list: those with a place, then those who wait, by name."""
    return session.gathering.registrations.on_the_day().order_by(IN_FIRST, "name_key", "number")


def _as_paper(session: Session, rows: Sequence[Registration]) -> list[PaperLine]:
    present = set(session.attendance.present().filter(
        registration__in=[one.pk for one in rows]).values_list("registration", flat=True))
    return [PaperLine(one.pk, one.name or one.code, one.sex, one.age_group, one.state, one.pk in present)
            for one in rows]


def paper_lines(session: Session) -> list[PaperLine]:
    """Those with a place and those who wait, by name; two queries for any number."""
    return _as_paper(session, list(_listed(session)))


def paper_page(session: Session, page: str | None, per_page: int) -> tuple[Page, list[PaperLine]]:
    """The same list page by page, to enter what was signed; three queries for any number."""
    shown = Paginator(_listed(session), per_page).get_page(page)
    return shown, _as_paper(session, list(shown))


def sheet_rows(session: Session) -> list[list[Any]]:
    """For XLSX: who stands on the list with her mark, then walk-ins, members by card and counted groups; two queries."""
    marks = list(session.attendance.valid().select_related("registration", "person").order_by("recorded_at", "pk"))
    by_registration = {mark.registration_id: mark for mark in marks if mark.registration_id}
    found: list[list[Any]] = []
    for one in _listed(session):
        mark = by_registration.get(one.pk)
        found.append([one.name or one.code, mark.sex if mark else one.sex, mark.age_group if mark else one.age_group,
                      str(Attendance.How.REGISTERED.label), str(mark.get_state_display()) if mark else "",
                      1 if mark and mark.state == Attendance.State.PRESENT else 0])
    for mark in marks:
        if not mark.registration_id:
            name = mark.person.name if mark.person is not None else mark.name
            found.append([name, mark.sex, mark.age_group, str(mark.get_how_display()), str(mark.get_state_display()),
                          mark.count])
    return [[n, *row, ""] for n, row in enumerate(found, 1)]


def asked_of(gathering: Gathering) -> dict[str, int]:
    """How many were asked at each moment: who registered, who was there, who stands on the follow-up list."""
    before = gathering.registrations.count()
    after = Attendance.objects.present().filter(session__gathering=gathering, registration__isnull=False).values(
        "registration").distinct().count()
    return {"outcomes-baseline": before, "outcomes-after": after,
            "outcomes-followup": Invitation.objects.filter(about_id=gathering.pk).count()}


@dataclass(frozen=True)
class Turnout:
    """How many were there, of which sex, and how many with a disability that they told."""

    present: int
    male: int
    female: int
    disability: int
    by_age: dict[str, int]


def turnout(sessions: Sequence[UUID]) -> Turnout:
    """Of these sessions together, participations and not persons; one query."""
    rows = Attendance.objects.present().filter(session__in=sessions).order_by().values(
        "sex", "age_group", "has_disability").annotate(n=Sum("count"))
    found = list(rows)
    ages: dict[str, int] = {}
    for row in found:
        ages[row["age_group"]] = ages.get(row["age_group"], 0) + row["n"]
    return Turnout(
        present=sum(row["n"] for row in found), male=sum(row["n"] for row in found if row["sex"] == "L"),
        female=sum(row["n"] for row in found if row["sex"] == "P"),
        disability=sum(row["n"] for row in found if row["has_disability"]), by_age=ages)


def present_in(sessions: Sequence[Session]) -> dict[UUID, int]:
    """How many were present at each; one query."""
    rows = Attendance.objects.present().filter(session__in=sessions).order_by().values("session").annotate(
        n=Sum("count"))
    return {row["session"]: row["n"] for row in rows}


def with_sessions(rows: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Each with its library and sessions, two queries for any number."""
    return rows.select_related("library__region__parent").prefetch_related(
        Prefetch("sessions", queryset=Session.objects.select_related("library").order_by("starts_at")))


def to_be_told(gathering: Gathering) -> QuerySet[Registration]:
    """Who does not know yet: of a change after they were told, or that they moved up from the waiting list."""
    rows = gathering.registrations.current().exclude(phone="", email="")
    moved_up = Q(moved_up_at__isnull=False, told_at__isnull=True)
    if gathering.changed_at is None:
        return rows.filter(moved_up)
    changed = Q(registered_at__lte=gathering.changed_at) & (
        Q(told_at__isnull=True) | Q(told_at__lt=gathering.changed_at))
    return rows.filter(moved_up | changed)
