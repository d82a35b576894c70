"""The invented residents add up, by sex, by age and over the city, and are known to the figures per resident."""

from datetime import date

import pytest

from simpul.indicators.denominators import population
from simpul.indicators.models import RegionFact
from simpul.libraries.models import City
from simpul.operations.demonstration import populations

TODAY = date(2026, 3, 10)
AGES = tuple(f"population_age_{age}" for age in populations.AGES)


@pytest.mark.django_db
def test_the_residents_of_the_kelurahan_add_up_to_the_city(city: City) -> None:
    populations.record(TODAY)
    known = {name: population(city.region, name, TODAY) for name in RegionFact.Name.values}
    people = {name: one.people for name, one in known.items() if one}
    assert people["population"] == populations.TOTAL
    assert people["population_female"] + people["population_male"] == populations.TOTAL
    assert sum(people[name] for name in AGES) == populations.TOTAL
    assert "contoh: angka karangan" in known["population"].source  # type: ignore[union-attr]


@pytest.mark.django_db
def test_one_kelurahan_that_nobody_told_leaves_the_city_unknown(city: City) -> None:
    populations.record(TODAY)
    one = RegionFact.objects.filter(name="population").order_by("region__code").first()
    RegionFact.objects.filter(region=one.region, name="population").delete()  # type: ignore[union-attr]
    assert population(city.region, "population", TODAY) is None
    assert population(city.region, "population", date(2020, 1, 1)) is None
