"""The yearly road: steps done, given another day; the city's calendar of them."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.advocacy.actions import checks
from simpul.advocacy.actions.refusals import WrongChoice, WrongDay
from simpul.advocacy.models import RoadStep
from simpul.advocacy.permissions import can_keep, can_keep_for_city
from simpul.advocacy.queries.road import DATES
from simpul.advocacy.road import BY_KEY, FIRST, LAST
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.models import NodeSetting
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library


@change("road_step.done", says=_("{by} marked a step of the road {year} of {library} as done"))
def mark_step(*, library: Library, year: int, step: str, on: date, remark: str = "", by: Actor, at: datetime,
              id: UUID) -> RoadStep:
    """A step of a year's road is done. Raises NotAllowed, WrongChoice, WrongDay."""
    row = _row(library, year, step, by, id)
    row.done_on, row.note = checks.past_day(on, at, library, "on"), checks.one_line(remark, 200)
    row.save(update_fields=["done_on", "note"])
    return row


@change("road_step.opened", says=_("{by} opened a step of the road {year} of {library} again"))
def open_step(*, library: Library, year: int, step: str, by: Actor, at: datetime, id: UUID) -> RoadStep:
    """Undo of marking it done."""
    row = _row(library, year, step, by, id)
    row.done_on = None
    row.save(update_fields=["done_on"])
    return row


@change("road_step.dated", says=_("{by} gave a step of the road {year} of {library} another day"))
def date_step(*, library: Library, year: int, step: str, on: date | None, by: Actor, at: datetime, id: UUID) -> RoadStep:
    """This library's own day for a step; None: the city's. Raises NotAllowed, WrongChoice, WrongDay."""
    row = _row(library, year, step, by, id)
    if on is not None and not year - 2 <= on.year <= year + 1:
        raise WrongDay(_("Choose a day of this road, from the year before to the year after."), field="on")
    row.due_on = on
    row.save(update_fields=["due_on"])
    return row


@change("road.dated", says=_("{by} set the dates of the yearly road"))
def set_road_dates(*, dates: Mapping[str, tuple[int, int]], by: Actor, at: datetime, id: UUID) -> None:
    """The city's calendar: step → (month, day); a step left out keeps the usual day. By the coordinator. Raises
    NotAllowed, WrongChoice, WrongDay."""
    if not can_keep_for_city(by):
        raise NotAllowed(_("Only the coordinator sets the dates of the city."))
    for key, (month, day) in dates.items():
        if key not in BY_KEY:
            raise WrongChoice(_("Choose one of the list."))
        try:
            date(2023, month, day)
        except ValueError:
            raise WrongDay(_("There is no such day."), field=key) from None
    NodeSetting.objects.update_or_create(name=DATES, defaults={"value": {key: list(day) for key, day in dates.items()}})


def _row(library: Library, year: int, step: str, by: Actor, id: UUID) -> RoadStep:
    if not can_keep(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    if step not in BY_KEY or not FIRST <= year <= LAST:
        raise WrongChoice(_("Choose one of the list."), field="step")
    note(year=year)
    row, _made = RoadStep.objects.get_or_create(library=library, year=year, step=step,
                                                defaults={"id": derived_id(id, "step")})
    return row
