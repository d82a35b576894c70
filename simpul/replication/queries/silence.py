"""Which days and months have records, of many libraries in a fixed number of questions; and so who is silent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Min

from simpul.circulation.models import InHouseUse, Loan
from simpul.core.actor import Role
from simpul.gatherings.models import Attendance
from simpul.indicators.models import DayCount, MonthCount, StaleDay
from simpul.libraries.models import Library, StaffRole
from simpul.replication.models import Contact, Pause
from simpul.replication.queries.rhythm import AT_LEAST, LOOKED_AT, Rhythm, rhythm_of
from simpul.visits.models import Visit

#: what counts as "recorded something": the desk, the guest book, who came to activities
MEASURES = ("visits", "loans", "in_house_uses", "participants")
MONTHS = 13


@dataclass(frozen=True)
class Records:
    """Days with records of the last LOOKED_AT days (of libraries that recorded this week only the last), and first days of
    months with records of the last 13 months."""

    days: Mapping[UUID, set[date]] = field(default_factory=dict)
    months: Mapping[UUID, set[date]] = field(default_factory=dict)


@dataclass(frozen=True)
class Quiet:
    """A library's rhythm, what its mentor already knows: the pause in force and the last contact about the silence."""

    rhythm: Rhythm
    pause: Pause | None = None
    contact: Contact | None = None

    @property
    def wants_greeting(self) -> bool:
        """Silent, not left in peace, and nobody asked within the last two weeks."""
        return self.rhythm.wants_greeting and self.pause is None and self.contact is None


def months_back(day: date, n: int) -> date:
    """The first day of the month n months before that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - n, 12)
    return date(year, month + 1, 1)


def records_of(libraries: Sequence[Library], today: date) -> Records:
    """Eight questions for any number: roll-ups for days that are over, the records of what is marked."""
    ids = [one.pk for one in libraries]
    first, first_month = today - timedelta(days=LOOKED_AT), months_back(today, MONTHS - 1)
    marked: dict[UUID, set[date]] = defaultdict(set)
    rows = StaleDay.objects.filter(library_id__in=ids, local_date__gte=first_month, local_date__lte=today)
    for library, day in rows.order_by().values_list("library_id", "local_date").distinct():
        marked[library].add(day)
    days: dict[UUID, set[date]] = defaultdict(set)
    months: dict[UUID, set[date]] = defaultdict(set)
    counted = DayCount.objects.filter(measure__in=MEASURES, local_date__gte=first, local_date__lte=today, library_id__in=ids,
                                      n__gt=0).order_by()
    # who recorded this week is not silent: its single days need not be fetched
    lately = {library: day for library, day in counted.values_list("library_id").annotate(last=Max("local_date"))
              if day > today - timedelta(days=AT_LEAST) and day not in marked.get(library, ())}
    for library, day in lately.items():
        days[library].add(day)
    others = [one for one in ids if one not in lately]
    for library, day in counted.filter(library_id__in=others).values_list("library_id", "local_date").distinct():
        if day not in marked.get(library, ()):
            days[library].add(day)
    whole = MonthCount.objects.filter(by="", measure__in=MEASURES, month__gte=first_month, month__lte=today,
                                      library_id__in=ids, n__gt=0)
    for library, month in whole.order_by().values_list("library_id", "month").distinct():
        months[library].add(month)
    for library, day in _live(marked):
        if day >= first:
            days[library].add(day)
        months[library].add(day.replace(day=1))
    return Records(days, months)


def _live(marked: Mapping[UUID, set[date]]) -> Iterable[tuple[UUID, date]]:
    """Which of the marked days really have records; four questions, none without marks."""
    if not marked:
        return
    wanted = sorted({day for days in marked.values() for day in days})
    sources: tuple[Any, ...] = (Visit.objects.valid(), Loan.objects.valid(), InHouseUse.objects.valid(),
                                Attendance.objects.present())
    for rows in sources:
        found = rows.filter(library_id__in=list(marked), local_date__gte=wanted[0], local_date__lte=wanted[-1])
        for library, day in found.order_by().values_list("library_id", "local_date").distinct():
            if day in marked[library]:
                yield library, day


def begun_by(libraries: Sequence[Library]) -> dict[UUID, date]:
    """From which day records are expected: somebody began to serve there. One question."""
    rows = StaffRole.objects.filter(library__in=libraries, role__in=(Role.LIBRARIAN, Role.VOLUNTEER))
    begun = dict(rows.order_by().values_list("library_id").annotate(first=Min("starts_on")))
    opened = {one.pk: one.opened_on for one in libraries}
    return {key: max(day, opened[key] or day) for key, day in begun.items()}


def quiet_of(libraries: Sequence[Library], today: date, records: Records | None = None) -> dict[UUID, Quiet]:
    """Every library's rhythm on `today`, pauses and contacts; fetch the libraries `with_hours()`. Three questions beside
    those of `records_of`."""
    known = records or records_of(libraries, today)
    since = begun_by(libraries)
    ids = [one.pk for one in libraries]
    pauses = {row.library_id: row for row in Pause.objects.standing().filter(
        library_id__in=ids, until_on__gte=today).order_by("until_on")}
    asked = {row.library_id: row for row in Contact.objects.done().filter(
        library_id__in=ids, about_silence=True, done_on__gt=today - timedelta(days=14)).select_related(
            "account").order_by("done_on")}
    found = {}
    for library in libraries:
        days, months = known.days.get(library.pk, set()), known.months.get(library.pk, set())
        rhythm = rhythm_of(library, days, today, since=since.get(library.pk), last_month=max(months, default=None))
        contact = asked.get(library.pk)
        if contact is not None and rhythm.last_on is not None and contact.done_on is not None and (
                rhythm.last_on >= contact.done_on):
            contact = None
        found[library.pk] = Quiet(rhythm, pauses.get(library.pk), contact)
    return found
