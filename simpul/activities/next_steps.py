"""What activities ask of a library: today's day, and what is not written down yet."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.activities.queries import without_attendance, without_report
from simpul.core.next_step import Step
from simpul.libraries.models import Library

BACK = timedelta(days=30)  # what is older than that is left in peace


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


NEXT_STEPS = (attendance_missing, report_missing)
