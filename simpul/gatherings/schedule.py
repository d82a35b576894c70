"""What falls due by itself: names are forgotten in time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from simpul.core.actor import SCHEDULE
from simpul.core.clock import local_date
from simpul.core.ids import new_id
from simpul.core.schedule import Due
from simpul.gatherings.actions import forget_registrants, unlink_attendance
from simpul.gatherings.actions.retention import KEPT_MEMBER, due_before, registrants_due
from simpul.gatherings.models import Attendance, Registration


def forget(at: datetime) -> int:
    """Registrants become counts; nothing due writes no journal line."""
    before = due_before(at)
    names = Attendance.objects.exclude(name="").filter(local_date__lt=before)
    return _until_done(lambda: Registration.objects.filter(registrants_due(before)).exists() or names.exists(),
                       lambda: forget_registrants(before=before, by=SCHEDULE, at=at, id=new_id()))


def unlink(at: datetime) -> int:
    before = local_date(at - KEPT_MEMBER, "Asia/Jakarta")
    rows = Attendance.objects.filter(local_date__lt=before)
    return _until_done(lambda: rows.filter(person__isnull=False).exists() or rows.exclude(who_key="").exists(),
                       lambda: unlink_attendance(before=before, by=SCHEDULE, at=at, id=new_id()))


def _until_done(is_due: Callable[[], bool], batch: Callable[[], int]) -> int:
    total = 0
    while is_due():
        total += batch()
    return total


DUE = (Due("gatherings.forget_registrants", every=timedelta(days=1), run=forget),
       Due("gatherings.unlink_attendance", every=timedelta(days=1), run=unlink))
