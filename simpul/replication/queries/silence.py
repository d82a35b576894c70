"""Which days and months have records, of many libraries in a fixed number of questions; and so who is silent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, Max, Min, OuterRef
from django.db.models.functions import Cast, Substr

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
    """A fixed number of questions: roll-ups where nothing is marked, else the records, asked for a last day and for months
    that have any, never for sums. A whole city that waits to be rolled up is answered too."""
    ids = [one.pk for one in libraries]
    first_month = months_back(today, MONTHS - 1)
    marked = _marked_months(ids, first_month, today)
    lately = _lately(ids, marked, today)
    days: dict[UUID, set[date]] = defaultdict(set, {library: {day} for library, day in lately.items()})
    # who recorded this week is not silent: its single days need not be fetched
    for library, day in _days([one for one in ids if one not in lately], marked, today):
        days[library].add(day)
    months: dict[UUID, set[date]] = defaultdict(set)
    for library, known in days.items():
        months[library] |= {day.replace(day=1) for day in known}
    whole = MonthCount.objects.filter(by="", measure__in=MEASURES, month__gte=first_month, month__lte=today,
                                      library_id__in=ids, n__gt=0)
    for library, month in whole.order_by().values_list("library_id", "month").distinct():
        if month not in marked.get(library, ()):
            months[library].add(month)
    wanted = {library: open for library, of in marked.items() if (open := of - months[library])}
    for library, month in _live_months(wanted):
        months[library].add(month)
    return Records(days, months)


def _month_of(rows: Any) -> Any:
    """(library, "2025-03") of rows with a local day, each once: cut from the day's text, which both engines do quickly."""
    return rows.order_by().annotate(of_month=Substr(Cast("local_date", CharField()), 1, 7)).values_list(
        "library_id", "of_month").distinct()


def _first(text: str) -> date:
    return date(int(text[:4]), int(text[5:7]), 1)


def _marked_months(ids: Sequence[UUID], first: date, today: date) -> dict[UUID, set[date]]:
    found: dict[UUID, set[date]] = defaultdict(set)
    rows = StaleDay.objects.filter(library_id__in=ids, local_date__gte=first, local_date__lte=today)
    for library, text in _month_of(rows):
        found[library].add(_first(text))
    return found


def _counted(ids: Sequence[UUID], first: date, today: date) -> Any:
    return DayCount.objects.filter(measure__in=MEASURES, local_date__gte=first, local_date__lte=today, library_id__in=ids,
                                   n__gt=0).order_by()


def _live(ids: Iterable[UUID], first: date, last: date) -> Iterable[Any]:
    sources: tuple[Any, ...] = (Visit.objects.valid(), Loan.objects.valid(), InHouseUse.objects.valid(),
                                Attendance.objects.present())
    wanted = list(ids)
    for rows in sources if wanted else ():
        yield rows.filter(library_id__in=wanted, local_date__gte=first, local_date__lte=last).order_by()


def _lately(ids: Sequence[UUID], marked: Mapping[UUID, set[date]], today: date) -> dict[UUID, date]:
    """The last day with a record of who recorded within this week."""
    since = today - timedelta(days=AT_LEAST - 1)
    touched = {key for key in ids if marked.get(key, set()) & {since.replace(day=1), today.replace(day=1)}}
    sure = StaleDay.objects.filter(library_id=OuterRef("library_id"), local_date=OuterRef("local_date"))
    rows = _counted(ids, since, today).filter(~Exists(sure)).values_list("library_id")
    found = dict(rows.annotate(last=Max("local_date")))
    # who is known from a day that is over needs no look at the records of today
    for rows in _live([key for key in touched if key not in found], since, today):
        for library, day in rows.values_list("library_id").annotate(last=Max("local_date")):
            found[library] = max(day, found.get(library, day))
    return found


def _days(ids: Sequence[UUID], marked: Mapping[UUID, set[date]], today: date) -> Iterable[tuple[UUID, date]]:
    """Single days of the last LOOKED_AT; from the records where a month of them is marked."""
    if not ids:
        return
    first = today - timedelta(days=LOOKED_AT)
    touched = {key for key in ids if any(month >= first.replace(day=1) for month in marked.get(key, ()))}
    yield from _counted([key for key in ids if key not in touched], first, today).values_list(
        "library_id", "local_date").distinct()
    for rows in _live(touched, first, today):
        yield from rows.values_list("library_id", "local_date").distinct()


def _live_months(wanted: Mapping[UUID, set[date]]) -> Iterable[tuple[UUID, date]]:
    """Which of these months really have records; four questions, none where nothing is wanted."""
    every = sorted({month for of in wanted.values() for month in of})
    if not every:
        return
    last = (every[-1] + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    for rows in _live(wanted, every[0], last):
        for library, text in _month_of(rows):
            if (month := _first(text)) in wanted[library]:
                yield library, month


def begun_by(libraries: Sequence[Library]) -> dict[UUID, date]:
    """From which day records are expected: somebody began to serve there. One question, none for no library."""
    if not libraries:
        return {}
    rows = StaffRole.objects.filter(library__in=libraries, role__in=(Role.LIBRARIAN, Role.VOLUNTEER))
    begun = dict(rows.order_by().values_list("library_id").annotate(first=Min("starts_on")))
    opened = {one.pk: one.opened_on for one in libraries}
    return {key: max(day, opened[key] or day) for key, day in begun.items()}


def rhythms_of(libraries: Sequence[Library], today: date, known: Records) -> dict[UUID, Rhythm]:
    """Every library's rhythm on `today`; one question more where some recorded nothing at all."""
    since = begun_by([one for one in libraries if not known.days.get(one.pk) and not known.months.get(one.pk)])
    return {one.pk: rhythm_of(one, known.days.get(one.pk, set()), today, since=since.get(one.pk),
                              last_month=max(known.months.get(one.pk, ()), default=None)) for one in libraries}


def quiet_of(libraries: Sequence[Library], today: date, records: Records | None = None) -> dict[UUID, Quiet]:
    """Every library's rhythm on `today`, pauses and contacts; fetch the libraries `with_hours()`. Three questions beside
    those of `records_of`."""
    rhythms = rhythms_of(libraries, today, records or records_of(libraries, today))
    ids = [one.pk for one in libraries]
    pauses = {row.library_id: row for row in Pause.objects.standing().filter(
        library_id__in=ids, until_on__gte=today).order_by("until_on")}
    asked = {row.library_id: row for row in Contact.objects.done().filter(
        library_id__in=ids, about_silence=True, done_on__gt=today - timedelta(days=14)).select_related(
            "account").order_by("done_on")}
    return {key: Quiet(rhythm, pauses.get(key), _still(asked.get(key), rhythm)) for key, rhythm in rhythms.items()}


def _still(contact: Contact | None, rhythm: Rhythm) -> Contact | None:
    """The last contact, unless something was recorded since."""
    if contact and rhythm.last_on and contact.done_on and rhythm.last_on >= contact.done_on:
        return None
    return contact
