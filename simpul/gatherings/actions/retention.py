"""Registrants become counts; after a year it is no longer known which member was there."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed
from simpul.gatherings.models import Attendance, Registration

KEPT = timedelta(days=30)            # after the last session
KEPT_AGREED = timedelta(days=365)    # who agreed to be asked again
KEPT_MEMBER = timedelta(days=366)
AT_ONCE = 500


def due_before(at: datetime) -> date:
    """Gatherings that ended before this day no longer know their registrants."""
    return clock.local_date(at - KEPT, "Asia/Jakarta")


def registrants_due(before: date) -> Q:
    """Whose names are still kept though the time is over."""
    longer = before - (KEPT_AGREED - KEPT)
    return ~Q(name="") & Q(gathering__last_on__lt=before) & (
        Q(may_follow_up=False) | Q(gathering__last_on__lt=longer))


@change("registrants.forgotten", says=_("{by} forgot the names of {n} registrants"))
def forget_registrants(*, before: date, by: Actor, at: datetime, id: UUID) -> int:
    """Up to 500 registrants and walk-ins of gatherings that ended before a day lose name and number; sex and age
    group stay. How many; the schedule calls it until nothing is left."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    due = list(Registration.objects.filter(registrants_due(before)).values_list("pk", flat=True)[:AT_ONCE])
    n = Registration.objects.filter(pk__in=due).update(
        name="", name_key="", phone="", email="", forgotten_at=at)
    names = list(Attendance.objects.exclude(name="").filter(local_date__lt=before).values_list("pk", flat=True)[:AT_ONCE])
    n += Attendance.objects.filter(pk__in=names).update(name="")
    note(n=n)
    return n


@change("attendance.unlinked", says=_("{by} unlinked {n} old marks of attendance from their members"))
def unlink_attendance(*, before: date, by: Actor, at: datetime, id: UUID) -> int:
    """Up to 500 marks before a day no longer know whose they are. How many."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    due = list(Attendance.objects.filter(local_date__lt=before).filter(
        Q(person__isnull=False) | ~Q(who_key="")).values_list("pk", flat=True)[:AT_ONCE])
    n = Attendance.objects.filter(pk__in=due).update(person=None, who_key="")
    note(n=n)
    return n
