"""The city's weights and thresholds of the simulation, dated."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.plans.models import account_of
from simpul.tpbis.actions.refusals import WrongDay, WrongWeights
from simpul.tpbis.models import Weighting
from simpul.tpbis.parts import COUNTS
from simpul.tpbis.permissions import can_weigh

EARLIEST, LATEST = date(2015, 1, 1), date(2100, 1, 1)


def _need(by: Actor) -> None:
    if not can_weigh(by):
        raise NotAllowed(_("Only the coordinator sets the weights of the simulation."))


@change("sim_weights.set", says=_("{by} set the weights of the simulated score: {result}"))
def set_weights(*, from_on: date, weights: Mapping[str, int], a_month: Mapping[str, Decimal], green_from: int, yellow_from: int,
                reason: str, by: Actor, at: datetime, id: UUID) -> Weighting:
    """Weights are together 100; how many a month are enough lies between 0 and 10,000; colours in order. Raises
    WrongWeights, WrongDay, NotAllowed."""
    _need(by)
    if not EARLIEST <= from_on <= LATEST:
        raise WrongDay(_("From which day?"), field="from_on")
    chosen = {one.code: int(weights.get(one.code, 0)) for one in COUNTS}
    if any(n < 0 for n in chosen.values()) or sum(chosen.values()) != 100:
        raise WrongWeights(_("The weights are together %(n)s; they have to be 100.") % {"n": sum(chosen.values())})
    needed = {one.code: Decimal(a_month.get(one.code, one.a_month)) for one in COUNTS}
    if any(not 0 <= n <= 10_000 for n in needed.values()):
        raise WrongWeights(_("How many a month are enough? A number from 0 to 10.000."))
    if not 0 <= yellow_from < green_from <= 100:
        raise WrongWeights(_("Green begins above yellow, at most at 100."), field="green_from")
    if not reason.strip():
        raise WrongWeights(_("Why so? One sentence that libraries can follow."), field="reason")
    return Weighting.objects.create(
        id=derived_id(id, "weights"), from_on=from_on, weights=chosen, a_month={code: str(n) for code, n in needed.items()},
        green_from=green_from, yellow_from=yellow_from, reason=reason.strip()[:200], account_id=account_of(by), recorded_at=at)


@change("sim_weights.withdrawn", says=_("{by} took the weights “{weighting}” back"))
def withdraw_weights(*, weighting: Weighting, by: Actor, at: datetime, id: UUID) -> Weighting:
    """What held before holds again."""
    _need(by)
    return _set(weighting, at)


@change("sim_weights.restored", says=_("{by} let the weights “{weighting}” hold again"))
def restore_weights(*, weighting: Weighting, by: Actor, at: datetime, id: UUID) -> Weighting:
    _need(by)
    return _set(weighting, None)


def _set(weighting: Weighting, at: datetime | None) -> Weighting:
    if (weighting.withdrawn_at is None) != (at is None):
        weighting.withdrawn_at = at
        weighting.save(update_fields=["withdrawn_at"])
    return weighting
