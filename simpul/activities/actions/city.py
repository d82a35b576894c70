"""What the city says once for all its libraries: the day it celebrates itself."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.activities.permissions import can_set_city_day
from simpul.activities.templates_of_year import CITY_DAY
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.models import NodeSetting
from simpul.core.refusal import NotAllowed, Refusal


class NoSuchDay(Refusal):
    code = "no_such_day"


@change("city.day_set", says=_("{by} set the day of the city's anniversary"))
def set_city_day(*, month: int | None, day: int | None, by: Actor, at: datetime, id: UUID) -> str:
    """`02-28`, or "" where the city has none: then no template offers it. Raises NotAllowed, NoSuchDay."""
    if not can_set_city_day(by):
        raise NotAllowed(_("Only the city sets the day of its anniversary."))
    value = ""
    if month or day:
        try:
            value = f"{date(2000, month or 0, day or 0):%m-%d}"
        except (ValueError, OverflowError):
            raise NoSuchDay(_("This day is in no calendar. Check day and month."), field="day") from None
    NodeSetting.objects.update_or_create(name=CITY_DAY, defaults={"value": value})
    note(day=value)
    return value
