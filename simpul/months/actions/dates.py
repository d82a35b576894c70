"""The city's calendar."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.models import NodeSetting
from simpul.core.refusal import NotAllowed
from simpul.months.actions.refusals import WrongDate
from simpul.months.dates import BY_KEY
from simpul.months.permissions import can_set_dates
from simpul.months.queries.calendar import DATES


@change("city_dates.set", says=_("{by} set the dates of the city's calendar"))
def set_city_dates(*, dates: Mapping[str, tuple[int, int]], by: Actor, at: datetime, id: UUID) -> None:
    """Deadline → (month, day); month 0 for what is due every month, on a day to the 28th. One left out keeps our default.
    Raises NotAllowed, WrongDate."""
    if not can_set_dates(by):
        raise NotAllowed(_("Only the coordinator sets the dates of the city."))
    for key, (month, day) in dates.items():
        deadline = BY_KEY.get(key)
        if deadline is None:
            raise WrongDate(_("Choose one of the list."))
        if deadline.is_monthly:
            if month != 0 or not 1 <= day <= 28:
                raise WrongDate(_("Choose a day from 1 to 28."), field=key)
            continue
        try:
            date(2023, month, day)
        except ValueError:
            raise WrongDate(_("There is no such day."), field=key) from None
    NodeSetting.objects.update_or_create(name=DATES, defaults={"value": {key: list(pair) for key, pair in dates.items()}})
