"""Activities as rows of a sheet: what a library hands in, and what a year is looked at with."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from simpul.activities.models import Activity
from simpul.activities.queries.lists import with_gathering
from simpul.core.models import reference
from simpul.gatherings.models import Attendance, Registration
from simpul.people.models import AgeGroup
from simpul.surveys.models import Voice


def narrowed(rows: QuerySet[Activity], *, kinds: Sequence[str] = (), strategy: str = "", first: date | None = None,
             last: date | None = None) -> QuerySet[Activity]:
    """Of these kinds, this strategy, with a day in this span."""
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if strategy:
        rows = rows.filter(strategy=strategy)
    if first:
        rows = rows.filter(gathering__last_on__gte=first)
    return rows.filter(gathering__first_on__lte=last) if last else rows


@dataclass(frozen=True)
class SheetRow:
    """One activity with its numbers. `ages` are participations by age group, in the order of AgeGroup."""

    activity: Activity
    places: str
    sessions: int
    registered: int
    present: int
    male: int
    female: int
    disability: int
    ages: tuple[int, ...]
    partners: str
    given: int
    speakers: str
    wanted: int


def sheet_rows(rows: QuerySet[Activity]) -> list[SheetRow]:
    """A row for each activity, in the given order; seven queries for any number."""
    activities = list(with_gathering(rows).prefetch_related("speakers", "contributions__partner"))
    ids = [one.gathering_id for one in activities]
    people = _people(ids)
    registered = dict(Registration.objects.current().filter(gathering__in=ids).order_by().values_list(
        "gathering").annotate(n=Count("pk")))
    wanted = dict(Voice.objects.filter(answered_by__in=[reference(one) for one in activities]).order_by().values_list(
        "answered_by").annotate(n=Sum("people")))
    return [_row(one, people[one.gathering_id], registered.get(one.gathering_id, 0),
                 wanted.get(reference(one), 0)) for one in activities]


def _people(ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in Attendance.objects.present().filter(session__gathering__in=ids).order_by().values(
            "session__gathering", "sex", "age_group").annotate(
            n=Sum("count"), able=Sum("count", filter=Q(has_disability=True))):
        counts = found[row["session__gathering"]]
        counts["all"] += row["n"]
        counts["disability"] += row["able"] or 0
        counts[f"sex {row['sex']}"] += row["n"]
        counts[f"age {row['age_group']}"] += row["n"]
    return found


def _row(one: Activity, people: dict[str, int], registered: int, wanted: int) -> SheetRow:
    sessions = [session for session in one.gathering.sessions.all() if session.cancelled_at is None]
    gifts = list(one.contributions.all())
    return SheetRow(
        one, ", ".join(dict.fromkeys(session.where for session in sessions)), len(sessions), registered,
        people.get("all", 0), people.get("sex L", 0), people.get("sex P", 0), people.get("disability", 0),
        tuple(people.get(f"age {group}", 0) for group in AgeGroup.values if group),
        ", ".join(dict.fromkeys(gift.partner.name for gift in gifts)), sum(gift.worth or 0 for gift in gifts),
        ", ".join(speaker.name for speaker in one.speakers.all()), wanted)
