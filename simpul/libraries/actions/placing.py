"""The dated place of a library, written by several actions."""

from datetime import date
from uuid import UUID

from simpul.libraries.models import Library, Placement, Region


def place_library(library: Library, region: Region, *, from_on: date | None, id: UUID) -> Placement:
    """From `from_on` on (None: always) the library stands in `region`; the placement before ends that day.

    A placement that would have ended on the day it began is replaced, so that no day has two places.
    """
    library.placements.filter(until_on__isnull=True, from_on__gte=from_on).delete() if from_on else None
    library.placements.filter(until_on__isnull=True).update(until_on=from_on)
    placement = Placement.objects.create(id=id, library=library, region=region, from_on=from_on)
    library.region = region
    library.save(update_fields=["region"])
    return placement
