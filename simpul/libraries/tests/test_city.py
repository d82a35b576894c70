"""Setting up the city of a node."""

from datetime import UTC, datetime
from typing import Any

import pytest

from simpul.core.actor import COMMAND, Actor, ActorKind
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.actions import CityIsSetUp, NotACity, load_regions, official_regions, set_up_city
from simpul.libraries.models import City, Library, Placement, Region

AT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)


@pytest.fixture
def tangerang(db: None) -> Region:
    load_regions(by=COMMAND, at=AT, id=new_id(), official=official_regions("36.71"))
    return Region.objects.get(code="36.71")


def set_up(region: Region, **given: Any) -> City:
    return set_up_city(**({"region": region, "with_libraries": True, "by": COMMAND, "at": AT, "id": new_id()}
                          | given))


def test_a_city_gets_its_own_library_and_one_for_each_kelurahan(tangerang: Region) -> None:
    city = set_up(tangerang)
    assert (city.name, city.region) == ("Kota Tangerang", tangerang)
    assert Library.objects.count() == 105
    first = Library.objects.get(code="L001")
    assert (first.name, first.kind, first.region) == (
        "Perpustakaan Umum Kota Tangerang", Library.Kind.CITY, tangerang)
    second = Library.objects.get(code="L002")
    assert (second.name, second.kind, second.region.code, second.time_zone) == (
        "Perpustakaan Kelurahan Sukarasa", Library.Kind.VILLAGE, "36.71.01.1001", "Asia/Jakarta")
    assert Placement.objects.filter(until_on=None, from_on=None).count() == 105


def test_a_city_is_set_up_once(tangerang: Region) -> None:
    set_up(tangerang)
    with pytest.raises(CityIsSetUp):
        set_up(tangerang)
    assert Library.objects.count() == 105


def test_the_same_set_up_again_gives_the_first_answer(tangerang: Region) -> None:
    id = new_id()
    assert set_up(tangerang, id=id) == set_up(tangerang, id=id)


def test_a_city_may_begin_without_libraries(tangerang: Region) -> None:
    set_up(tangerang, with_libraries=False)
    assert (City.objects.count(), Library.objects.count()) == (1, 0)


def test_a_province_is_no_city(tangerang: Region) -> None:
    with pytest.raises(NotACity):
        set_up(tangerang.parent)  # type: ignore[arg-type]


def test_a_coordinator_sets_up_no_city(tangerang: Region) -> None:
    with pytest.raises(NotAllowed):
        set_up(tangerang, by=Actor(kind=ActorKind.ACCOUNT, id=new_id(), is_coordinator=True))


@pytest.mark.parametrize(("code", "village", "name", "zone"), [
    ("51.71", "51.71.01.1002", "Perpustakaan Kelurahan Pedungan", "Asia/Makassar"),
    ("91.03", "91.03.01.3007", "Perpustakaan Desa Adat Yoboi", "Asia/Jayapura"),
    ("91.03", "91.03.01.2004", "Perpustakaan Desa Sereh", "Asia/Jayapura"),
])
def test_clocks_and_words_follow_the_place(db: None, code: str, village: str, name: str, zone: str) -> None:
    load_regions(by=COMMAND, at=AT, id=new_id(), official=official_regions(code))
    set_up(Region.objects.get(code=code))
    assert set(Library.objects.values_list("time_zone", flat=True)) == {zone}
    assert Library.objects.get(region__code=village).name == name
