"""Pictures that an event names: kept when they come, whoever brings them, if they are the bytes that were named."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from simpul.activities.models import Activity
from simpul.core.ids import derived_id
from simpul.core.refusal import Refusal
from simpul.files.actions import store_picture
from simpul.files.pictures import UploadRefused, prepare_picture
from simpul.sync.actions.replay import change_of, replay
from simpul.sync.envelope import Envelope
from simpul.sync.kinds.activities import LARGEST_PHOTO, attach
from simpul.sync.kinds.base import MOST_PHOTOS, Told
from simpul.sync.models import Event, EventPhoto, Phone
from simpul.sync.permissions import actor_of_phone


class NotThatPhoto(Refusal):
    """These are not the bytes that the event names."""

    code = "not_that_photo"


class UnknownEvent(Refusal):
    """No event here names this picture (yet)."""

    code = "unknown_event"


def names_photos(row: Event) -> bool:
    return row.kind == "activity.reported"


def await_photos(row: Event, told: Envelope) -> None:
    """Note which pictures a report names; what is no hash is judged when the report is read."""
    if not names_photos(row):
        return
    named = told.payload.get("photos")
    hashes = {one.get("sha256") for one in named if isinstance(one, dict)} if isinstance(named, list) else set()
    EventPhoto.objects.bulk_create(
        [EventPhoto(id=derived_id(row.pk, f"photo {one}"), event=row, sha256=one) for one in sorted(
            hash_ for hash_ in hashes if isinstance(hash_, str) and len(hash_) == 64)[:MOST_PHOTOS]],
        ignore_conflicts=True)


def receive_photo(*, event_id: UUID, sha256: str, content: bytes, at: datetime) -> Event:
    """A picture arrived; when it is the last, the report becomes a record. The same again is harmless. Raises
    UnknownEvent, NotThatPhoto, UploadRefused (the event then goes on without it)."""
    photo = EventPhoto.objects.select_related("event").filter(
        event__event_id=event_id, event__is_first=True, sha256=sha256).first()
    if photo is None:
        raise UnknownEvent(_("Send the record first, then its pictures."))
    if len(content) > LARGEST_PHOTO or hashlib.sha256(content).hexdigest() != sha256:
        raise NotThatPhoto(_("This picture arrived damaged. It is sent again by itself."))
    if photo.arrived_at is not None:
        return photo.event
    try:
        prepared = prepare_picture(ContentFile(content, name="foto.jpg"), asks_name=False)
    except UploadRefused:
        prepared = None  # the right bytes, but no picture: nobody can do anything about it any more
    with transaction.atomic():
        event = Event.objects.select_related("library").get(pk=photo.event_id)
        phone = Phone.objects.select_for_update(of=("self",)).select_related("library", "account").get(events=event)
        event = Event.objects.select_related("library").get(pk=photo.event_id)
        photo = EventPhoto.objects.get(pk=photo.pk)
        if photo.arrived_at is not None:
            return event
        photo.arrived_at = at
        if prepared is not None:
            photo.file = store_picture(upload=prepared, library_id=phone.library_id, at=at, id=derived_id(photo.pk, "file"))
        photo.save(update_fields=["arrived_at", "file"])
        if event.state == Event.State.HELD and event.reason == "photos":
            replay(event, phone, received_at=at)
        elif event.is_recorded and prepared is not None:
            _attach_late(event, photo, phone, at)
        phone.save(update_fields=["sure_at"])
    return event


def _attach_late(event: Event, photo: EventPhoto, phone: Phone, at: datetime) -> None:
    """A person did not want to wait for it; here it is after all."""
    label, _colon, key = event.record.partition(":")
    activity = Activity.objects.filter(pk=key).first() if label == "activities.Activity" else None
    if activity is not None:
        attach(activity, photo, Told(phone.library, phone, event, actor_of_phone(phone), at, change_of(event)))


def are_awaited(event: Event) -> int:
    """How many pictures of this event have not come."""
    return event.photos.filter(arrived_at__isnull=True).count()


