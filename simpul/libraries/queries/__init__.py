"""Questions that join or count: who acts, when a library is open, where things are, what is true of them."""

from simpul.libraries.queries.actors import (
    KIOSK_MAY,
    actor_of_account,
    actor_of_device,
    actor_of_token,
    needs_second_factor,
)
from simpul.libraries.queries.facts import KnownFact, fact_on, facts_of, facts_on
from simpul.libraries.queries.hours import (
    OpeningDay,
    days_open,
    fetch_hours,
    hours_on,
    is_closed_by_choice,
    is_open,
    next_open_day,
    week_of,
)
from simpul.libraries.queries.regions import (
    FoundRegion,
    district_of,
    find_regions,
    region_by_code,
    regions_are_complete,
    regions_under,
)

__all__ = [
    "KIOSK_MAY", "FoundRegion", "KnownFact", "OpeningDay", "actor_of_account", "actor_of_device",
    "actor_of_token", "days_open", "district_of", "fact_on", "facts_of", "facts_on", "fetch_hours", "find_regions",
    "hours_on",
    "is_closed_by_choice", "is_open", "needs_second_factor", "next_open_day", "region_by_code",
    "regions_are_complete", "regions_under", "week_of",
]
