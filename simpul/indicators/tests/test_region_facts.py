"""Population is told by the coordinator, with a source, and replaced, never edited."""

from datetime import date
from typing import Any

import pytest

from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.indicators.actions import RegionFactRefused, record_region_fact
from simpul.indicators.models import RegionFact
from simpul.libraries.models import City

FROM = date(2024, 12, 31)


def tell(city: City, by: Any, at: Any, **given: Any) -> RegionFact:
    return record_region_fact(**({"region": city.region, "name": "population", "value": 1_957_349, "from_on": FROM,
                                  "source": "Dukcapil", "by": by, "at": at, "id": new_id()} | given))


def test_a_second_number_of_a_day_replaces_the_first(city: City, by_coordinator: Any, at: Any) -> None:
    tell(city, by_coordinator, at, value=5)
    tell(city, by_coordinator, at)
    assert list(RegionFact.objects.valid().values_list("value", flat=True)) == [1_957_349]
    assert RegionFact.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"value": -1}, {"value": 3_000_000_000}, {"source": "  "}, {"name": "rainfall"}])
def test_what_cannot_be_is_refused(wrong: dict[str, Any], city: City, by_coordinator: Any, at: Any) -> None:
    with pytest.raises(RegionFactRefused):
        tell(city, by_coordinator, at, **wrong)


def test_a_librarian_tells_nothing_of_regions(city: City, by_librarian: Any, at: Any) -> None:
    with pytest.raises(NotAllowed):
        tell(city, by_librarian, at)
