"""Activities as iCalendar (RFC 5545): one, or the feed of all that everybody may see."""

from collections.abc import Callable, Iterable
from datetime import datetime

from icalendar import Calendar, Event

from simpul.activities.models import Activity
from simpul.gatherings.models import Session


def as_calendar(activities: Iterable[Activity], *, name: str, link: Callable[[Activity], str],
                at: datetime) -> bytes:
    """Each session as an event with a stable UID, so that a moved one moves in every phone; `link` gives the
    activity's address, `at` is when this was written."""
    calendar = Calendar()
    calendar.add("prodid", "-//Simpul//Kegiatan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for activity in activities:
        for session in activity.gathering.sessions.all():
            calendar.add_component(_event(activity, session, link(activity), at))
    return bytes(calendar.to_ical())


def _event(activity: Activity, session: Session, link: str, at: datetime) -> Event:
    event = Event()
    gathering = activity.gathering
    is_off = session.cancelled_at is not None or gathering.is_cancelled
    place = ", ".join(filter(None, (session.place, activity.library.name, activity.library.address)))
    event.add("uid", f"{session.pk}@simpul")
    event.add("dtstamp", at)
    event.add("sequence", gathering.calendar_sequence)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", gathering.title)
    event.add("location", place)
    event.add("description", "\n".join(filter(None, (gathering.summary, link))))
    event.add("url", link)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event
