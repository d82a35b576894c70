"""Questions about visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, Sum

from simpul.core.prepared import Prepared
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.people.queries import member_by_card
from simpul.visits.models import Cell, Details, Visit

_count: Prepared[int] = Prepared(lambda library, day: Visit.objects.valid().filter(
    library=library, local_date=day).order_by().values("library").annotate(n=Sum("count")).values_list("n", flat=True))
_entry: Prepared[Visit] = Prepared(lambda library, entry: Visit.objects.filter(
    library=library, entry_id=entry).select_related("library", "person", "stop", "evidence").order_by("pk"))


def member_at_the_door(typed: str, library: Library, *, takes_numbers: bool) -> Member | None:
    """Whose card this is, anywhere in the city; where staff type it, a member number of this library does too."""
    member = member_by_card(typed, library)
    if member is None and takes_numbers:
        member = Member.objects.select_related("person", "library", "same_as__person", "same_as__library").filter(
            library=library, number__in={typed.strip(), typed.strip().upper()}, person__erased_at__isnull=True).first()
        member = (member.same_as or member) if member else None
    return member


def last_visit_of(person_id: UUID, library_id: UUID, since: datetime, until: datetime) -> datetime | None:
    """When this person last came in between two moments."""
    return Visit.objects.valid().filter(
        person=person_id, library=library_id, happened_at__gt=since, happened_at__lte=until,
    ).order_by("-happened_at").values_list("happened_at", flat=True).first()


def sheets_of(library_id: UUID, day: date) -> int:
    """How many people stand on the paper pages of this day already entered."""
    return Visit.objects.valid().filter(
        library=library_id, local_date=day, how=Visit.How.SHEET).aggregate(n=Sum("count"))["n"] or 0


def count_on(library_id: UUID, day: date) -> int:
    """How many came that day."""
    return _count.first(library=library_id, day=day) or 0


@dataclass(frozen=True)
class Entry:
    """What was written down at once. `member_name` is only for the library's own staff."""

    id: UUID
    how: str
    how_label: str
    at: str  # local time of the library, "09.41"; empty for a whole day
    local_date: date
    cells: tuple[Cell, ...]
    details: Details
    purpose_label: str
    origin: str
    stop_name: str
    member_name: str
    is_voided: bool
    is_correction: bool  # stands in the place of a wrong one
    why_label: str
    has_photo: bool
    replaces: UUID | None

    @property
    def count(self) -> int:
        return sum(cell.count for cell in self.cells)


def entries_of(library_id: UUID, day: date, *, limit: int = 20, offset: int = 0) -> list[Entry]:
    """The entries of a day, latest first, with those that were corrected; three queries for any number. Entries that
    were only completed with details show once, in their last form."""
    shown = Visit.objects.filter(library=library_id, local_date=day).exclude(voided_because=Visit.Why.COMPLETED)
    ids = list(shown.order_by().values("entry_id").annotate(last=Max("happened_at")).order_by(
        "-last", "-entry_id").values_list("entry_id", flat=True)[offset:offset + limit])
    rows: dict[UUID, list[Visit]] = {id: [] for id in ids}
    for row in Visit.objects.filter(entry_id__in=ids).select_related("library", "person", "stop").order_by("pk"):
        rows[row.entry_id].append(row)
    replaced = {row.replaces_entry_id for of_entry in rows.values() for row in of_entry if row.replaces_entry_id}
    wrong = set(Visit.objects.filter(entry_id__in=replaced).exclude(voided_because=Visit.Why.COMPLETED).values_list(
        "entry_id", flat=True)) if replaced else set()
    return [entry_from(rows[id], is_correction=rows[id][0].replaces_entry_id in wrong) for id in ids if rows[id]]


def entry_of(library_id: UUID, entry_id: UUID) -> list[Visit]:
    """All rows of an entry of this library, also when it no longer counts; empty where there is none."""
    return _entry(library=library_id, entry=entry_id)


def _local_time(row: Visit) -> str:
    if row.how == Visit.How.SHEET:
        return ""
    return f"{row.happened_at.astimezone(ZoneInfo(row.library.time_zone)):%H.%M}"


def entry_from(rows: Sequence[Visit], *, is_correction: bool = False) -> Entry:
    """One entry from all its rows."""
    first = rows[0]
    return Entry(
        id=first.entry_id, how=first.how, how_label=str(first.get_how_display()), at=_local_time(first),
        local_date=first.local_date, cells=tuple(row.cell for row in rows), details=first.details,
        purpose_label=str(first.get_purpose_display()) if first.purpose else "", origin=first.origin,
        stop_name=first.stop.name if first.stop else "",
        member_name=first.person.name if first.person else "", is_voided=first.voided_at is not None,
        is_correction=is_correction,
        why_label=str(first.get_voided_because_display()) if first.voided_because else "",
        has_photo=first.evidence_id is not None, replaces=first.replaces_entry_id)



@dataclass(frozen=True)
class VisitCount:
    """How many visits of one group; `group` is the value of what it was counted by, None for the whole."""

    group: Any
    count: int


BY = {"day": "local_date", "library": "library_id", "sex": "sex", "age_group": "age_group", "how": "how",
      "purpose": "purpose", "ict": "uses_ict", "stop": "stop_id"}


def visit_counts(libraries: Sequence[UUID] | None, first: date, last: date, by: str | None = None) -> list[VisitCount]:
    """Visits on local days first to last (both included) at these libraries (None: all of the city), by one of
    `BY`, in the order of the values; without `by` one line with the whole. One query. KeyError: unknown `by`."""
    rows = Visit.objects.valid().between(first, last)
    if libraries is not None:
        rows = rows.filter(library_id__in=libraries)
    if by is None:
        return [VisitCount(None, rows.aggregate(n=Sum("count"))["n"] or 0)]
    field = BY[by]
    return [VisitCount(row[field], row["n"]) for row in
            rows.order_by().values(field).annotate(n=Sum("count")).order_by(field)]
