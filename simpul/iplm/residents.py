"""Of how many residents: a region's own number, or the sum of its kelurahan where every one is known."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.indicators.models import RegionFact
from simpul.libraries.models import Region


@dataclass(frozen=True)
class Residents:
    value: Decimal
    source: str
    from_on: date


def residents_of(region: Region | None, day: date, name: str = "population") -> Residents | None:
    """None: nobody told it. Two questions."""
    if region is None:
        return None
    rows = RegionFact.objects.valid().filter(name=name, from_on__lte=day)
    own = rows.filter(region=region).order_by("-from_on").first()
    if own is not None:
        return Residents(Decimal(own.value), f"{own.source} ({date_format(own.from_on, 'j F Y')})", own.from_on)
    villages = set(Region.objects.current().filter(level=Region.Level.VILLAGE, code__startswith=f"{region.code}.").values_list(
        "pk", flat=True))
    latest: dict[object, tuple[int, str, date]] = {}
    for pk, value, source, from_on in rows.filter(region__in=villages).order_by("from_on").values_list(
            "region_id", "value", "source", "from_on"):
        latest[pk] = (value, source, from_on)
    if not villages or set(latest) != villages:
        return None
    sources = sorted({source for _value, source, _on in latest.values()})
    oldest = min(on for _value, _source, on in latest.values())
    return Residents(Decimal(sum(value for value, _source, _on in latest.values())),
                     _("sum of %(n)d kelurahan: %(source)s (%(day)s)") % {
                         "n": len(latest), "source": "; ".join(sources[:2]), "day": date_format(oldest, "j F Y")}, oldest)
