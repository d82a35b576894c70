"""Meetings that were kept before become gatherings at a host: their day, and how many of each library were there."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations

from simpul.core.ids import derived_id


def host_of(meeting: Any, libraries: Any) -> Any:
    """The library that the place names, else the city's, else the first that came, else the first at all."""
    named = libraries.filter(name__iexact=meeting.place.strip()).first() if meeting.place.strip() else None
    share = meeting.shares.select_related("library").order_by("library__code").first()
    return (named or libraries.filter(kind="city").order_by("code").first() or (share and share.library)
            or libraries.order_by("code").first())


def move_along(apps: Any, schema_editor: Any) -> None:
    models = {name: apps.get_model("gatherings", name) for name in ("Gathering", "Session", "Attendance")}
    delegates, libraries = apps.get_model("replication", "Delegate"), apps.get_model("libraries", "Library").objects
    for meeting in apps.get_model("replication", "PeerMeeting").objects.filter(gathering__isnull=True).order_by("pk"):
        host = host_of(meeting, libraries)
        if host is None:
            continue
        zone, is_off = ZoneInfo(host.time_zone), meeting.withdrawn_at is not None
        begins = datetime.combine(meeting.held_on, time(9), zone)
        gathering = models["Gathering"].objects.create(
            id=derived_id(meeting.pk, "gathering"), library=host, purpose="peer", title=meeting.title, summary=meeting.word,
            takes_registrations=False, is_public=False, state="cancelled" if is_off else "published",
            changed_at=meeting.withdrawn_at, first_on=meeting.held_on, last_on=meeting.held_on, recorded_at=meeting.recorded_at)
        session = models["Session"].objects.create(
            id=derived_id(meeting.pk, "session"), gathering=gathering, library=host, starts_at=begins,
            ends_at=datetime.combine(meeting.held_on, time(15), zone), local_date=meeting.held_on,
            place="" if meeting.place.strip().lower() == host.name.lower() else meeting.place,
            cancelled_at=meeting.withdrawn_at, recorded_at=meeting.recorded_at)
        meeting.gathering, meeting.library = gathering, host
        meeting.save(update_fields=["gathering", "library"])
        for share in meeting.shares.filter(people__gt=0):
            mark = models["Attendance"].objects.create(
                id=derived_id(share.pk, "attendance"), session=session, library=host, how="headcount", count=share.people,
                happened_at=begins, local_date=meeting.held_on, recorded_at=share.recorded_at)
            delegates.objects.create(id=derived_id(share.pk, "delegate"), meeting=meeting, library_id=share.library_id,
                                     mark=mark, recorded_at=share.recorded_at)


class Migration(migrations.Migration):

    dependencies = [("replication", "0003_peer_meetings_are_gatherings")]

    operations = [migrations.RunPython(move_along, migrations.RunPython.noop)]
