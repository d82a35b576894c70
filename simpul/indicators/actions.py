"""Dated facts of regions: told for a day on with their source, replaced, never edited."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.indicators.models import RegionFact
from simpul.indicators.permissions import can_tell_of_regions
from simpul.indicators.population import MOST, Told, wrong_with
from simpul.libraries.models import Region


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


@change("population.recorded", says=_("{by} told the population of {n} regions"))
def record_population(*, told: Sequence[Told], source: str, by: Actor, at: datetime, id: UUID) -> int:
    """The numbers of some regions, each from its day on; what was told for the same region and day is voided, so that
    nobody adds an old age group to a new total. All or nothing; gives how many regions. Raises NotAllowed, RegionFactRefused."""
    if not can_tell_of_regions(by):
        raise NotAllowed(_("Only the coordinator may do this."))
    if not source.strip():
        raise RegionFactRefused(_("Say where the number comes from."), field="source")
    if not told:
        raise RegionFactRefused(_("There is nothing in it that can be kept."), field="population")
    today = clock.local_date(at, "Asia/Jakarta")
    rows: list[RegionFact] = []
    for one in told:
        if one.from_on > today:
            raise RegionFactRefused(_("This day is still to come."), field="from_on")
        if wrong := wrong_with(one.numbers):
            raise RegionFactRefused(wrong, field="population")
        RegionFact.objects.valid().filter(region=one.region, from_on=one.from_on).update(voided_at=at)
        rows += [RegionFact(id=derived_id(id, f"{one.region.code}:{one.from_on}:{name}"), region=one.region, name=name, value=n,
                            from_on=one.from_on, source=source.strip()[:160], recorded_at=at)
                 for name, n in one.numbers.items()]
    RegionFact.objects.bulk_create(rows, batch_size=500)
    regions = len({one.region.pk for one in told})
    note(n=regions)
    return regions
