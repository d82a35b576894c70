"""Requirements of the standard: met, missed, unknown."""

from datetime import date
from typing import Any

import pytest

from conftest import NOON, TODAY
from simpul.catalogue.models import Copy
from simpul.indicators.models import RegionFact
from simpul.indicators.periods import Period
from simpul.indicators.places import of_city, of_library
from simpul.libraries.models import Library
from simpul.replication.models import Document
from simpul.reports.form import forms
from simpul.standards.queries.standard import cheapest, kelurahan, kota, together
from simpul.standards.requirements import KELURAHAN

ALL = {"collection_kinds": ["adults", "children", "magazines", "newspapers", "reference", "teens"], "building_area_m2": 56,
       "building_permanent": True, "land_owned": True, "service_kinds": ["circulation", "read_in_place", "reference", "search"],
       "staff_unqualified": 2, "head_education": "secondary", "head_trained": True}


def states(library: Library) -> dict[str, bool | None]:
    return {one.requirement.code: one.is_met for one in kelurahan([library], TODAY)[library.pk]}


def test_nothing_told_is_unknown_not_missed(library: Library) -> None:
    assert states(library) == {one.code: None for one in KELURAHAN}
    assert cheapest(kelurahan([library], TODAY)[library.pk]) is None
    assert all(one.lacks for one in kelurahan([library], TODAY)[library.pk])


def test_everything_exactly_enough_is_met(library: Library, tell: Any, opened: Any, hold: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("simpul.standards.queries.standard.TITLES", 10)
    tell(**ALL)
    opened(14, 15)
    hold(9, 2010)
    hold(1, 2022)  # the oldest of the last five years
    assert states(library) == {one.code: True for one in KELURAHAN}


@pytest.mark.parametrize(("facts", "code"), [
    ({"building_area_m2": 55}, "area"), ({"land_owned": False}, "land"), ({"head_education": "below"}, "head_education"),
    ({"staff_unqualified": 1, "staff_qualified": 0}, "staff"), ({"service_kinds": ["circulation"]}, "services"),
    ({"collection_kinds": []}, "kinds"), ({"head_trained": False}, "head_trained"), ({"building_permanent": False}, "permanent")])
def test_a_little_less_is_missed(library: Library, tell: Any, facts: dict[str, Any], code: str) -> None:
    tell(**facts)
    assert states(library)[code] is False


def test_half_told_staff_stays_unknown(library: Library, tell: Any) -> None:
    tell(staff_qualified=1)
    assert states(library)["staff"] is None


def test_titles_and_hours_say_how_much_is_missing(library: Library, opened: Any, hold: Any) -> None:
    hold(19, 2001)
    hold(1, None)
    opened(13, 15)
    found = {one.requirement.code: one for one in kelurahan([library], TODAY)[library.pk]}
    assert (found["titles"].number, "980" in found["titles"].lacks) == (20, True)
    assert (found["recent"].is_met, "3" in found["recent"].lacks) == (False, True)  # 3 of 23 are more than a tenth
    assert (found["hours"].is_met, str(found["hours"].number), "1" in found["hours"].lacks) == (False, "5", True)


def test_withdrawn_copies_are_not_held(library: Library, hold: Any) -> None:
    hold(2, 2025)
    first = Copy.objects.first()
    assert first is not None
    Copy.objects.filter(pk=first.pk).update(state="withdrawn", withdrawn_on=date(2026, 2, 1))
    now, before = kelurahan([library], TODAY)[library.pk][0], kelurahan([library], TODAY.replace(month=1))[library.pk][0]
    assert (now.number, before.is_met) == (1, None)


def test_the_city_library_is_judged_by_what_was_read(make_library: Any, hold: Any, city: Any) -> None:
    library = make_library(kind=Library.Kind.CITY, region=city.region)
    hold(3, 2025, library)
    answers = {one.requirement.code: one for one in kota([library], TODAY)[library.pk]}
    assert [(code, one.is_met) for code, one in answers.items()] == [
        ("titles_per_capita", None), ("recent", True), ("policy", None)]
    RegionFact.objects.create(region=city.region, name="population", value=121, from_on=date(2025, 1, 1), source="uji",
                              recorded_at=NOON)
    Document.objects.create(library=library, kind="collection", dated_on=date(2023, 3, 9))
    answers = {one.requirement.code: one for one in kota([library], TODAY)[library.pk]}
    assert [(code, one.is_met) for code, one in answers.items()] == [
        ("titles_per_capita", False), ("recent", True), ("policy", False)]
    assert "1" in answers["titles_per_capita"].lacks  # 121 × 0.025 = 3.025: four are needed
    Document.objects.create(library=library, kind="collection", dated_on=date(2023, 3, 10))
    assert kota([library], TODAY)[library.pk][2].is_met is True


def test_forms_of_one_and_of_all(library: Library, other_library: Library, tell: Any, by_coordinator: Any) -> None:
    tell(building_area_m2=60)
    year = Period.of_year(2026)
    own = forms()["snp-kelurahan"].fill(of_library(library), year, by_coordinator)
    area = next(line for section in own.sections for line in section.lines if line.value == "60 m²" or line.value == 60)
    assert (area.is_met, bool(area.asked), own.extra["snp"]) == (True, True, {"met": 1, "missed": 0, "unknown": 10})
    every = forms()["snp-kelurahan"].fill(of_city(), year, by_coordinator)
    assert (every.extra["snp"], [row[0] for row in every.tables[0].rows]) == ({"libraries": 1, "meet_all": 0}, [library.code])
    unread = forms()["snp-kota"].fill(of_city(), year, by_coordinator)
    assert [line.value for line in unread.sections[-1].lines] == [None] * 4


@pytest.mark.parametrize("n", [1, 3])
def test_many_libraries_in_the_same_questions(make_library: Any, tell: Any, n: int, django_assert_num_queries: Any) -> None:
    libraries = [make_library() for _n in range(n)]
    for one in libraries:
        tell(one, building_area_m2=60)
    with django_assert_num_queries(4):
        rows = together(kelurahan(libraries, TODAY))
    assert {row.requirement.code: row.met for row in rows}["area"] == n
    assert [row.requirement.effort for row in rows] == sorted(row.requirement.effort for row in rows)
