"""The population: typed or brought by a sheet, looked at before it is kept, replaced and never edited."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.indicators.actions import RegionFactRefused, record_population
from simpul.indicators.denominators import population
from simpul.indicators.models import RegionFact
from simpul.indicators.population import Told, completed, read_text, template, wrong_with
from simpul.libraries.models import City, Region

HERE, JUNE = "36.71.01.1007", date(2025, 6, 30)
ADDRESS, BRING = "/kota/penduduk/", "/kota/penduduk/bawa/"
HEAD = "kode,per tanggal,penduduk,laki-laki,perempuan,umur 0-5,umur 6-12,umur 13-17,umur 18-59,umur 60+\n"


@pytest.fixture
def told(city: City) -> Callable[..., Told]:
    def make(code: str = HERE, **numbers: int) -> Told:
        return Told(Region.objects.get(code=code), JUNE, completed(numbers or {"population": 1000}))

    return make


@pytest.mark.parametrize(("numbers", "is_right"), [
    ({"population": 10}, True), ({"population": 10, "population_male": 4, "population_female": 6}, True),
    ({"population_male": 4, "population_female": 6}, True),
    ({"population": 10, "population_male": 4, "population_female": 7}, False),
    ({"population_male": 4}, False), ({"population": 3, "population_male": 4}, False), ({"population": -1}, False), ({}, False),
    ({"population": 10, "population_age_0-5": 11}, False), ({"population": 10, "population_age_0-5": 3}, True)])
def test_numbers_that_contradict_each_other_are_refused(numbers: dict[str, int], is_right: bool) -> None:
    assert (wrong_with(completed(numbers)) == "") is is_right


def test_a_region_is_told_again_and_the_old_numbers_stay_readable(told: Any, by_coordinator: Any, at: Any) -> None:
    def tell(**numbers: int) -> int:
        return record_population(told=[told(**numbers)], source="Disdukcapil", by=by_coordinator, at=at, id=new_id())

    assert tell(population=1000, population_male=400, population_female=600) == 1
    tell(population=1100)
    here = Region.objects.get(code=HERE)
    assert dict(RegionFact.objects.valid().filter(region=here).values_list("name", "value")) == {"population": 1100}
    assert here.facts.count() == 4
    assert population(here, "population", JUNE).people == 1100  # type: ignore[union-attr]


def test_the_same_change_twice_tells_once(told: Any, by_coordinator: Any, at: Any) -> None:
    who = {"by": by_coordinator, "at": at, "id": new_id()}
    assert [record_population(told=[told()], source="Disdukcapil", **who) for _n in range(2)] == [1, 1]
    assert RegionFact.objects.count() == 1


def test_others_may_not_tell_and_nonsense_is_refused(told: Any, by_coordinator: Any, by_librarian: Any, at: Any) -> None:
    with pytest.raises(NotAllowed):
        record_population(told=[told()], source="x", by=by_librarian, at=at, id=new_id())
    future = Told(Region.objects.get(code=HERE), date(2099, 1, 1), {"population": 1})
    for given in ({"told": []}, {"source": " "}, {"told": [told(population=3, population_male=9)]}, {"told": [future]}):
        with pytest.raises(RegionFactRefused):
            record_population(**{"told": [told()], "source": "x", **given}, by=by_coordinator, at=at, id=new_id())
    assert RegionFact.objects.count() == 0


def test_a_sheet_says_line_by_line_what_cannot_be_kept(city: City) -> None:
    lines = ("3671011001,2025,1.000,,,,,,,", f"{HERE},30/06/2025,,400,600,100,150,100,550,100", "36.71.01.1002,2099,5,,,,,,,",
             "36.99.01.1001,2025,5,,,,,,,", f"{HERE},2025-06-30,7,,,,,,,", "36.71.01.1002,kapan,7,,,,,,,",
             "36.71.01.1002,2025,tujuh,,,,,,,", "36.71.01.1002,2025,,,,,,,,", "=1+1,2025,8,,,,,,,")
    found = read_text(HEAD + "\n".join(lines) + "\n", above=city.region, today=date(2026, 3, 10))
    assert [(one.region.code, one.from_on.isoformat(), one.people) for one in found.told] == [
        ("36.71.01.1001", "2025-01-01", 1000), (HERE, "2025-06-30", 1000)]
    assert [position for position, _why in found.refused] == [3, 4, 5, 6, 7, 9]
    assert read_text(found.as_text, above=city.region, today=date(2026, 3, 10)).told == found.told


def test_the_template_has_a_line_for_each_kelurahan(city: City) -> None:
    assert [row[0] for row in template(city.region, date(2026, 3, 10))] == ["36.71.01.1001", "36.71.01.1002", HERE]


def test_the_coordinator_brings_a_sheet_looks_and_keeps(sign_in: Callable[..., Client], city: City, coordinator: Any) -> None:
    client = sign_in(coordinator)
    file = io.BytesIO((HEAD + "".join(f"36.71.01.{n},2025,{n},,,,,,,\n" for n in (1001, 1002, 1007))).encode())
    file.name = "penduduk.csv"
    shown = client.post(BRING, {"sheet": file})
    assert (shown.status_code, RegionFact.objects.count()) == (200, 0)
    form = shown.context["form"]
    kept = client.post(BRING, {"rows": form.initial["rows"], "source": "Disdukcapil", "change": new_id()}, follow=True)
    assert (kept.redirect_chain[-1][0], RegionFact.objects.valid().count()) == (ADDRESS, 3)
    assert kept.context["city"].people == 3010
    assert client.get(ADDRESS + "?format=xlsx").status_code == 200
    assert client.get(ADDRESS + "lembar/").status_code == 200
    wrong = io.BytesIO(b"a,b\n1,2\n")
    wrong.name = "lain.csv"
    assert client.post(BRING, {"sheet": wrong}).status_code == 422
    assert client.post(BRING, {"rows": "<script>", "source": "x", "change": new_id()}).status_code == 302


def test_a_region_by_hand(sign_in: Callable[..., Client], city: City, coordinator: Any) -> None:
    client = sign_in(coordinator)
    given = {"from_on": "2025-06-30", "source": "<b>BPS</b>", "male": 4, "female": 6, "change": new_id()}
    assert client.post(ADDRESS + HERE + "/", given).status_code == 302
    assert client.post(ADDRESS + HERE + "/", {**given, "change": new_id(), "female": ""}).status_code == 422
    page = client.get(ADDRESS + HERE + "/")
    assert ("&lt;b&gt;BPS" in page.content.decode(), [one.value for one in page.context["known"]]) == (True, [10, 4, 6])
    assert client.get(ADDRESS + "36.72/").status_code == 404


def test_only_the_city_reads_it_and_a_mentor_does_not_write(sign_in: Callable[..., Client], mentor: Any, librarian: Any) -> None:
    client = sign_in(mentor)
    assert [client.get(address).status_code for address in (ADDRESS, ADDRESS + HERE + "/", BRING)] == [200, 200, 404]
    assert client.post(ADDRESS + HERE + "/", {"population": 1}).status_code == 404
    client = sign_in(librarian)
    assert [client.get(address).status_code for address in (ADDRESS, ADDRESS + HERE + "/", BRING)] == [404, 404, 404]


def test_numbers_are_listed_with_what_they_mean(sign_in: Callable[..., Client], librarian: Any, coordinator: Any) -> None:
    for account in (librarian, coordinator):
        page = sign_in(account).get("/angka/?cari=kunjungan")
        assert (page.status_code, "visits" in [one.indicator.id for one in page.context["defined"]]) == (200, True)
    assert Client().get("/angka/").status_code == 302
