"""What came of it: the result, and pictures."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.activities.actions.keeping import need_keeper, need_money
from simpul.activities.actions.needs import needs_are_done
from simpul.activities.models import Activity, Photo
from simpul.advocacy.actions import record_publicity
from simpul.advocacy.models import Publicity
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.models import reference
from simpul.core.refusal import Refusal
from simpul.files.actions import store_picture


class NoticeMissing(Refusal):
    """A picture cannot be published where nobody was told that pictures are taken."""

    code = "notice_missing"


class GuardiansMissing(Refusal):
    code = "guardians_missing"


class ResultMissing(Refusal):
    code = "result_missing"


@change("activity.reported", says=_("{by} wrote what came of “{activity}”"))
def write_result(*, activity: Activity, result: str, follow_up: str = "", cost: int | None = None,
                 has_photo_notice: bool = False, link: str = "", by: Actor, at: datetime, id: UUID) -> Activity:
    """In a sentence or two: what happened, what comes next, what it cost. Without the notice no picture stays
    public. The needs behind it are done. `link` is the address where everybody reads the report (https, or "" where
    nobody does): it is noted as publicity, once. Raises ResultMissing, TooMuch, NotAllowed."""
    need_keeper(by, activity.library_id)
    if not result.strip():
        raise ResultMissing(_("What came of it? One sentence is enough."), field="result")
    need_money(cost, "cost")
    activity.result, activity.follow_up = result.strip()[:2000], follow_up.strip()[:1000]
    activity.cost, activity.has_photo_notice = cost, has_photo_notice
    activity.reported_at = activity.reported_at or at
    activity.save(update_fields=["result", "follow_up", "cost", "has_photo_notice", "reported_at"])
    if not has_photo_notice:
        activity.photos.filter(is_public=True).update(is_public=False)
    needs_are_done(activity, by, at, derived_id(id, "needs"))
    if link:
        note_publicity(activity=activity, channel=Publicity.Channel.WEBSITE, link=link, by=by, at=at,
                       id=derived_id(id, "publicity"))
    return activity


def note_publicity(*, activity: Activity, channel: str, link: str, by: Actor, at: datetime, id: UUID) -> Publicity:
    """Where it was told of: a change of the register of publicity, about this activity. Raises as
    `record_publicity`."""
    return record_publicity(
        library=activity.library, channel=channel, link=link, about=reference(activity), title=activity.gathering.title,
        on=clock.local_date(at, activity.library.time_zone), by=by, at=at, id=id)


@change("photo.added", says=_("{by} added a picture of “{activity}”"))
def add_photo(*, activity: Activity, picture: Any, caption: str = "", shows_children: bool = False,
              guardians_agreed: bool = False, is_public: bool = False, has_photo_notice: bool | None = None, by: Actor,
              at: datetime, id: UUID) -> Photo:
    """`picture` is a file as `files` prepared it: written anew, without the camera's place. Published only where the
    notice was given, and of recognisable children only where their guardians agreed. `has_photo_notice` tells of the
    notice with the first picture. Raises NoticeMissing, GuardiansMissing, UploadRefused, NotAllowed."""
    need_keeper(by, activity.library_id)
    if has_photo_notice and not activity.has_photo_notice:
        activity.has_photo_notice = True
        activity.save(update_fields=["has_photo_notice"])
    if is_public and not activity.has_photo_notice:
        raise NoticeMissing(_("To publish it, people must have been told that pictures are taken."),
                            field="has_photo_notice")
    if is_public and shows_children and not guardians_agreed:
        raise GuardiansMissing(_("Children who can be recognised are published only if their guardians agreed."),
                               field="guardians_agreed")
    stored = store_picture(upload=picture, library_id=activity.library_id, at=at, id=derived_id(id, "file"))
    return Photo.objects.create(
        id=derived_id(id, "photo"), activity=activity, file=stored, caption=caption.strip()[:160],
        shows_children=shows_children, guardians_agreed=guardians_agreed, is_public=is_public, added_at=at)


@change("photo.removed", says=_("{by} removed a picture of an activity at {library}"))
def remove_photo(*, photo: Photo, by: Actor, at: datetime, id: UUID) -> int:
    """The picture and its row are gone at once; the file follows with the next sweep."""
    need_keeper(by, photo.activity.library_id)
    note(library=photo.activity.library_id)
    photo.delete()
    return 1
