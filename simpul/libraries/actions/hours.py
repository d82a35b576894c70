"""When a library is open: its week, its week in Ramadan, days it declares closed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Closure, Library, OpeningHours
from simpul.libraries.permissions import can_edit_profile


class HoursRefused(Refusal):
    """The hours or closure cannot be so."""

    code = "hours_refused"


@dataclass(frozen=True, order=True)
class Hours:
    """Open on a weekday (Monday 0) from `opens` to `closes`."""

    weekday: int
    opens: time
    closes: time


def _may(by: Actor, library: Library) -> None:
    if not can_edit_profile(by, library):
        raise NotAllowed(_("Only the librarian of this library or the coordinator may do this."))


@change("hours.set", says=_("{by} set the opening hours of {library} from {from_on} on"))
def set_opening_hours(*, library: Library, season: str, hours: list[Hours], from_on: date | None, by: Actor,
                      at: datetime, id: UUID) -> None:
    """The week of a season from a day on (None: always, replacing all that was told). An empty list takes the
    season's hours away: unknown for the usual week, "as usual" for Ramadan. Raises NotAllowed, HoursRefused."""
    _may(by, library)
    check_hours(hours)
    rows = library.opening_hours.filter(season=season)
    if from_on is None:
        rows.delete()
    else:
        rows.filter(from_on__gte=from_on).delete()  # what was planned from that day on is replaced
        rows.filter(until_on__isnull=True).update(until_on=from_on)
        rows.filter(until_on__gt=from_on).update(until_on=from_on)
    OpeningHours.objects.bulk_create(
        [OpeningHours(id=derived_id(id, f"{season} {n}"), library=library, season=season, weekday=span.weekday,
                      opens=span.opens, closes=span.closes, from_on=from_on)
         for n, span in enumerate(sorted(hours))])
    note(season=season, from_on=from_on or "–", n=len(hours))


def check_hours(hours: list[Hours]) -> None:
    """Refuses a span that ends before it begins and spans of one day that overlap. Raises HoursRefused, whose
    field is `opens_<weekday>`."""
    last: Hours | None = None
    for span in sorted(hours):
        if not 0 <= span.weekday <= 6:
            raise HoursRefused(_("There is no such day of the week."), code="no_such_weekday")
        if span.closes <= span.opens:
            raise HoursRefused(_("It must close after it opens."), field=f"opens_{span.weekday}",
                               code="closes_before_opens")
        if last is not None and last.weekday == span.weekday and span.opens < last.closes:
            raise HoursRefused(_("These hours overlap."), field=f"opens_{span.weekday}", code="hours_overlap")
        last = span


@change("closure.declared", says=_("{by} declared {library} closed from {first_on} to {last_on}"))
def declare_closure(*, library: Library, first_on: date, last_on: date, reason: str, by: Actor, at: datetime,
                    id: UUID) -> Closure:
    """Closed on these days, both included, with the reason people read at the door.
    Raises NotAllowed, HoursRefused."""
    _may(by, library)
    if last_on < first_on:
        raise HoursRefused(_("The last day comes before the first."), field="last_on", code="ends_before_start")
    if (last_on - first_on).days > 366:
        raise HoursRefused(_("More than a year: close the library instead."), field="last_on", code="too_long")
    if not reason.strip():
        raise HoursRefused(_("Say why, so that people understand."), field="reason", code="reason_missing")
    note(first_on=first_on, last_on=last_on)
    return Closure.objects.create(id=derived_id(id, "closure"), library=library, first_on=first_on,
                                  last_on=last_on, reason=reason.strip())


@change("closure.withdrawn", says=_("{by} withdrew a closure of {library}: {closure}"))
def withdraw_closure(*, closure: Closure, by: Actor, at: datetime, id: UUID) -> None:
    """The declared days are open as usual again. Raises NotAllowed, HoursRefused."""
    _may(by, closure.library)
    if not Closure.objects.filter(pk=closure.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        raise HoursRefused(_("It was withdrawn already."), code="withdrawn_already")


@change("closure.restored", says=_("{by} declared a withdrawn closure of {library} again: {closure}"))
def restore_closure(*, closure: Closure, by: Actor, at: datetime, id: UUID) -> None:
    """Undo of `withdraw_closure`. Raises NotAllowed, HoursRefused."""
    _may(by, closure.library)
    if not Closure.objects.filter(pk=closure.pk, withdrawn_at__isnull=False).update(withdrawn_at=None):
        raise HoursRefused(_("It stands already."), code="not_withdrawn")
