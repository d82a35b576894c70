"""What falls due by itself: names are forgotten in time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from simpul.core.actor import SCHEDULE
from simpul.core.clock import local_date
from simpul.core.ids import new_id
from simpul.core.schedule import Due
from simpul.gatherings.actions import (
    forget_registrants,
    forget_sheets,
    invite_participants,
    tell_by_mail,
    unlink_attendance,
)
from simpul.gatherings.actions.outcomes import to_be_invited
from simpul.gatherings.actions.retention import KEPT_MEMBER, due_before, registrants_due
from simpul.gatherings.actions.telling import mails_due
from simpul.gatherings.models import Attendance, Registration, SignedSheet
from simpul.indicators.people import seal_people_in
from simpul.messages.queries import is_set_up


def forget(at: datetime) -> int:
    """Registrants become counts; nothing due writes no journal line."""
    before = due_before(at)
    names = Attendance.objects.exclude(name="").filter(local_date__lt=before)
    return _until_done(lambda: Registration.objects.filter(registrants_due(before)).exists() or names.exists(),
                       lambda: forget_registrants(before=before, by=SCHEDULE, at=at, id=new_id()))


def unlink(at: datetime) -> int:
    before = local_date(at - KEPT_MEMBER, "Asia/Jakarta")
    seal_people_in(Attendance, before=before, at=at)  # how many different people took part is counted while it can be
    rows = Attendance.objects.filter(local_date__lt=before)
    return _until_done(lambda: rows.filter(person__isnull=False).exists() or rows.exclude(who_key="").exists(),
                       lambda: unlink_attendance(before=before, by=SCHEDULE, at=at, id=new_id()))


def _until_done(is_due: Callable[[], bool], batch: Callable[[], int]) -> int:
    total = 0
    while is_due():
        total += batch()
    return total


def by_mail(at: datetime) -> int:
    """News, reminders and thanks to those who gave an address."""
    return _until_done(lambda: bool(mails_due(at)), lambda: tell_by_mail(by=SCHEDULE, at=at, id=new_id())) if is_set_up() else 0


def follow_up(at: datetime) -> int:
    """Who agreed stands on the list for six weeks later."""
    return _until_done(lambda: to_be_invited(at).exists(),
                       lambda: invite_participants(by=SCHEDULE, at=at, id=new_id()))


def sheets(at: datetime) -> int:
    today = local_date(at, "Asia/Jakarta")
    return _until_done(lambda: SignedSheet.objects.filter(kept_until__lt=today).exists(),
                       lambda: forget_sheets(before=today, by=SCHEDULE, at=at, id=new_id()))


DUE = (Due("gatherings.tell_by_mail", every=timedelta(minutes=10), run=by_mail),
       Due("gatherings.follow_up", every=timedelta(hours=6), run=follow_up),
       Due("gatherings.forget_sheets", every=timedelta(days=1), run=sheets),
       Due("gatherings.forget_registrants", every=timedelta(days=1), run=forget),
       Due("gatherings.unlink_attendance", every=timedelta(days=1), run=unlink))
