"""What activities ask of a library: today's day, what is not written down yet, what nobody plans, what was said."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.activities.queries import needs_to_choose, unread_reply, without_attendance, without_report
from simpul.core.next_step import Step
from simpul.libraries.models import Library

BACK = timedelta(days=30)  # what is older than that is left in peace
MANY = 5                   # people who want the same: enough for a small activity


def attendance_missing(library: Library, day: date) -> Step | None:
    session = without_attendance(library, day - BACK, day)
    if session is None:
        return None
    is_today = session.local_date == day
    return Step(
        (_("Today: {title}") if is_today else _("Who was at “{title}”?")).format(title=session.gathering.title),
        _("Tick the names, scan tickets, or just count. It also fills the guest book."),
        _("Open attendance"),
        reverse("activities:day", args=[library.code, session.gathering.activity.pk, session.pk]),
        minutes=5, urgency=2 if is_today else 4)


def report_missing(library: Library, day: date) -> Step | None:
    activity = without_report(library, day - BACK, day)
    if activity is None:
        return None
    return Step(
        _("What came of “{title}”?").format(title=activity.gathering.title),
        _("One sentence and a photo. The report for the WhatsApp group is then written for you."),
        _("Write the result"), reverse("activities:result", args=[library.code, activity.pk]), minutes=3, urgency=4)


def reply_unread(library: Library, day: date) -> Step | None:
    """Thanks are worth the first screen for a month."""
    reply = unread_reply(library.pk, day - BACK)
    if reply is None:
        return None
    return Step(
        _("Somebody answered your report of “{title}”").format(title=reply.activity.gathering.title), f"“{reply.text}”",
        _("Read it"), reverse("activities:activity", args=[library.code, reply.activity_id]) + "#balasan",
        minutes=1, urgency=5)


def need_unplanned(library: Library, day: date) -> Step | None:
    """What most people want and no activity answers."""
    need = next(iter(needs_to_choose(library.pk)), None)
    if need is None or need.people < MANY:
        return None
    query = urlencode({"kebutuhan": need.theme, "lingkungan": need.neighbourhood})
    where = f"{need.label}, {need.neighbourhood}" if need.neighbourhood else need.label
    return Step(
        _("{n} people want: {need}").format(n=need.people, need=where),
        _("No activity answers them yet. Plan one; those who left a number can be told with one tap."),
        _("Plan an activity"), f"{reverse('activities:new', args=[library.code])}?{query}", minutes=3, urgency=7)


NEXT_STEPS = (attendance_missing, report_missing, reply_unread, need_unplanned)
