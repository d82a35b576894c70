"""Dated facts of regions: told for a day on with their source, replaced, never edited."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.refusal import NotAllowed, Refusal
from simpul.indicators.models import RegionFact
from simpul.indicators.permissions import can_tell_of_regions
from simpul.libraries.models import Region

MOST = 2_000_000_000  # more people than any country has


class RegionFactRefused(Refusal):
    code = "region_fact_refused"


@change("region_fact.recorded", says=_("{by} told the {result} of {region}"))
def record_region_fact(*, region: Region, name: str, value: int, from_on: date, source: str, by: Actor, at: datetime,
                       id: UUID) -> RegionFact:
    """`value` holds from `from_on` on; what was told for the same day is voided. Raises NotAllowed, RegionFactRefused."""
    if not can_tell_of_regions(by):
        raise NotAllowed(_("Only the coordinator may do this."))
    if name not in RegionFact.Name.values:
        raise RegionFactRefused(_("This is not asked of a region."), field="name")
    if not 0 <= value <= MOST:
        raise RegionFactRefused(_("This number cannot be right."), field="value")
    if not source.strip():
        raise RegionFactRefused(_("Say where the number comes from."), field="source")
    RegionFact.objects.valid().filter(region=region, name=name, from_on=from_on).update(voided_at=at)
    return RegionFact.objects.create(id=id, region=region, name=name, value=value, from_on=from_on,
                                     source=source.strip()[:160], recorded_at=at)
