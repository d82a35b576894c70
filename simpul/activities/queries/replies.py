"""Reports, and whether somebody of the city said a word to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from simpul.activities.models import Activity, Photo, Reply
from simpul.activities.queries.lists import with_gathering
from simpul.core.actor import Actor
from simpul.gatherings.queries import present_in
from simpul.libraries.models import Library


def serves_city_library(actor: Actor) -> bool:
    """Does she run the library of the city?"""
    return bool(actor.librarian_of) and Library.objects.filter(
        kind=Library.Kind.CITY, pk__in=actor.librarian_of).exists()


def reports_for(actor: Actor) -> QuerySet[Activity]:
    """Reports that this reader may answer: of the city's other libraries for coordinator and city library, of her own
    libraries for a mentor; nobody answers her own report. Latest first."""
    rows = with_gathering(Activity.objects.reported()).exclude(library_id__in=actor.staff_of).prefetch_related(
        Prefetch("replies", queryset=Reply.objects.select_related("by_account")),
        Prefetch("photos", queryset=Photo.objects.filter(is_public=True)))
    if not (actor.is_coordinator or serves_city_library(actor)):
        rows = rows.filter(library_id__in=actor.mentor_of)
    return rows.order_by("-reported_at", "-pk")


@dataclass(frozen=True)
class ReportLine:
    """A report in the city's list."""

    activity: Activity
    present: int
    replies: tuple[Reply, ...]
    photos: tuple[Photo, ...]


def report_lines(activities: Sequence[Activity]) -> list[ReportLine]:
    """For a page of `reports_for`: one query more, whatever their number."""
    activities = list(activities)
    present = present_in([one for activity in activities for one in activity.gathering.sessions.all()])
    return [ReportLine(one, sum(present.get(session.pk, 0) for session in one.gathering.sessions.all()),
                       tuple(one.replies.all()), tuple(one.photos.all())) for one in activities]


def unread_reply(library_id: UUID, since: date) -> Reply | None:
    """The oldest word of the city that nobody of the library has read yet."""
    return Reply.objects.filter(activity__library=library_id, read_at__isnull=True, said_at__date__gte=since).select_related(
        "activity__gathering").order_by("said_at").first()
