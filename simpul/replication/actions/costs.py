"""What replication costs here, as the city says."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.replication.actions.journeys import take_back
from simpul.replication.actions.refusals import Missing, TooMuch, UnknownChoice, need_costs
from simpul.replication.models import UnitCost

MOST = 100_000_000_000


@change("unit_cost.told", says=_("{by} told what “{result}” costs"))
def tell_cost(*, what: str, unit: str, amount: int, times: int = 1, source: str, by: Actor, at: datetime, id: UUID) -> UnitCost:
    """`amount` in whole rupiah for one unit; `source` says where it is from (SBU, last year's SPJ, an offer). Raises
    Missing, TooMuch, UnknownChoice, NotAllowed."""
    need_costs(by)
    if not what.strip():
        raise Missing(_("What is paid for? For example: two days of training."), field="what")
    if not source.strip():
        raise Missing(_("Where is this price from? A figure without a source convinces nobody."), field="source")
    if unit not in UnitCost.Unit.values:
        raise UnknownChoice(_("Choose what one unit is."), field="unit")
    if not 0 < amount <= MOST or not 0 < times <= 1000:
        raise TooMuch(_("Check the amount."), field="amount")
    return UnitCost.objects.create(
        id=derived_id(id, "cost"), what=what.strip()[:120], unit=unit, amount=amount, times=times, source=source.strip()[:200],
        from_on=clock.local_date(at, "Asia/Jakarta"), recorded_at=at)


@change("unit_cost.withdrawn", says=_("{by} took back what “{cost}” costs"))
def withdraw_cost(*, cost: UnitCost, by: Actor, at: datetime, id: UUID) -> UnitCost:
    need_costs(by)
    return take_back(cost, at)


@change("unit_cost.restored", says=_("{by} restored what “{cost}” costs"))
def restore_cost(*, cost: UnitCost, by: Actor, at: datetime, id: UUID) -> UnitCost:
    need_costs(by)
    return take_back(cost, None)
