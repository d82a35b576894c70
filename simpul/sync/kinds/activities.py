"""What came of an activity: a few sentences, how many came, pictures."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from simpul.activities.actions import Details, add_photo, plan_activity, write_result
from simpul.activities.models import Activity
from simpul.core.ids import derived_id
from simpul.files import storage
from simpul.files.pictures import Prepared
from simpul.gatherings.actions import HeadCell, SessionGiven, count_heads, publish_gathering
from simpul.gatherings.models import Session
from simpul.sync.kinds.attendance import heads, session_of
from simpul.sync.kinds.base import MOST_PHOTOS, BadPayload, Kind, NotFound, Outcome, Payload, Told
from simpul.sync.models import EventPhoto

LARGEST_PHOTO = 2 * 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")


class PhotosAwaited(Exception):
    """The pictures of this report are still on their way."""


@dataclass(frozen=True)
class ReportGiven:
    session: UUID | None
    title: str
    day: date | None
    summary: str
    cells: tuple[HeadCell, ...]
    has_notice: bool
    photos: tuple[str, ...]  # SHA-256 in hex, each once


def _read(payload: Payload) -> ReportGiven:
    session = payload.perhaps_id("session")
    title, told_day = payload.text("title", 160, is_needed=session is None), payload.text("day", 10)
    try:
        day = date.fromisoformat(told_day) if told_day else None
    except ValueError:
        raise BadPayload(_("This record cannot be read (%(field)s). It is kept; tell the coordinator of the city.") % {
            "field": "day"}) from None
    hashes = [row.text("sha256", 64) for row in payload.rows("photos", MOST_PHOTOS)]
    if not all(_HASH.fullmatch(one) for one in hashes):
        raise BadPayload(_("This record cannot be read (%(field)s). It is kept; tell the coordinator of the city.") % {
            "field": "photos"})
    return ReportGiven(session, title, day, payload.words("summary", 2000), heads(payload), payload.flag("has_notice"),
                       tuple(dict.fromkeys(hashes)))


def _replay(given: ReportGiven, told: Told) -> Outcome:
    """The result of the activity; its head count; its pictures, for the library's own eyes until somebody publishes
    them. Held until the pictures are here, unless a person decides to go on without."""
    here = {photo.sha256: photo for photo in told.event.photos.select_related("file")}
    if not told.without_photos and any(one not in here or here[one].arrived_at is None for one in given.photos):
        raise PhotosAwaited
    activity, session = _activity(given, told)
    flags, main = [], told.id if given.session is not None else derived_id(told.id, "result")
    if given.summary.strip():
        activity = write_result(
            activity=activity, result=_with_what_stood(activity, given.summary), follow_up=activity.follow_up,
            cost=activity.cost, has_photo_notice=given.has_notice or activity.has_photo_notice, by=told.by, at=told.at, id=main)
    if given.cells:
        count_heads(session=session, cells=given.cells, by=told.by, at=told.at, id=derived_id(told.id, "heads"))
    for sha256 in given.photos:
        photo = here.get(sha256)
        if photo is None or photo.file_id is None:
            flags.append("photo_missing")
        else:
            attach(activity, photo, told)
    return Outcome(activity, tuple(dict.fromkeys(flags)))


def attach(activity: Activity, photo: EventPhoto, told: Told) -> None:
    """One picture that arrived becomes a picture of the activity."""
    assert photo.file is not None
    with storage.read(photo.file.pk) as stored:
        content = stored.read()
    picture = Prepared(photo.file.kind, photo.file.media_type, photo.file.given_name, content)
    add_photo(activity=activity, picture=picture, by=told.by, at=told.at, id=derived_id(told.id, f"photo {photo.sha256}"))
    photo.is_used, photo.file = True, None
    photo.save(update_fields=["is_used", "file"])


def _with_what_stood(activity: Activity, summary: str) -> str:
    """Two phones, or a phone and a page, tell of one activity: nothing of either is lost."""
    before = activity.result.strip()
    return f"{before}\n\n{summary}"[:2000] if before and summary not in before else (before or summary)


def _activity(given: ReportGiven, told: Told) -> tuple[Activity, Session]:
    if given.session is not None:
        session = session_of(given.session, told)
        activity = Activity.objects.select_related("gathering", "library").filter(gathering=session.gathering_id).first()
        if activity is None:
            raise NotFound(_("This day belongs to no activity of the library."), code="unknown_session")
        return activity, session
    return _unplanned(given, told)


def _unplanned(given: ReportGiven, told: Told) -> tuple[Activity, Session]:
    """Something that nobody had planned: it stands in the calendar afterwards, of the kind "other"."""
    zone = ZoneInfo(told.library.time_zone)
    day = given.day or told.at.astimezone(zone).date()
    starts_at = datetime.combine(day, time(9), zone)
    if starts_at > told.at:
        starts_at = told.at - timedelta(hours=1)
    activity = plan_activity(
        library=told.library, title=given.title, details=Details(kind="other"), takes_registrations=False,
        sessions=[SessionGiven(starts_at, starts_at + timedelta(hours=1))], by=told.by, at=told.at, id=told.id)
    publish_gathering(gathering=activity.gathering, by=told.by, at=told.at, id=derived_id(told.id, "published"))
    activity.gathering.refresh_from_db()
    return activity, Session.objects.select_related("gathering", "library").get(gathering=activity.gathering)


KINDS = (Kind("activity.reported", 1, _read, _replay),)
