"""Dated facts and the life of a library."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from simpul.core import journal
from simpul.core.actor import COMMAND, Actor
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.libraries import actions as act
from simpul.libraries.facts import FACTS, SECTIONS, FieldList
from simpul.libraries.models import DatedFact, Library, Region
from simpul.libraries.queries import fact_on, facts_of, facts_on, find_regions, region_by_code

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
AT = datetime(2026, 6, 8, 3, 0, tzinfo=UTC)
JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 1)
NEW = act.Identity(name="TBM Mawar", kind="tbm")


def record(library: Library, by: Actor, **given: Any) -> DatedFact:
    return act.record_fact(**({"library": library, "name": "computers_public", "value": 3, "from_on": JANUARY,
                               "source": "dihitung", "by": by, "at": AT, "id": new_id()} | given))


def test_a_fact_holds_from_its_day_on(library: Library, by_librarian: Actor) -> None:
    record(library, by_librarian)
    record(library, by_librarian, value=5, from_on=JUNE)
    days = [date(2025, 12, 31), JANUARY, date(2026, 5, 31), JUNE]
    assert [fact_on(library, "computers_public", day) for day in days] == [None, 3, 3, 5]


def test_the_same_day_told_again_is_replaced_and_kept(library: Library, by_librarian: Actor) -> None:
    first = record(library, by_librarian)
    record(library, by_librarian, value=4)
    first.refresh_from_db()
    assert (fact_on(library, "computers_public", JANUARY), first.voided_at, DatedFact.objects.count()) == (4, AT, 2)


def test_what_is_struck_out_gives_way_to_what_was_before(library: Library, by_librarian: Actor) -> None:
    record(library, by_librarian)
    wrong = record(library, by_librarian, value=500, from_on=JUNE)
    act.void_fact(fact=wrong, by=by_librarian, at=AT, id=new_id())
    assert fact_on(library, "computers_public", JUNE) == 3
    act.restore_fact(fact=wrong, by=by_librarian, at=AT, id=new_id())
    assert fact_on(library, "computers_public", JUNE) == 500


def test_facts_of_many_libraries_come_in_one_query(library: Library, other_library: Library, by_librarian: Actor,
                                                   by_stranger: Actor, django_assert_num_queries: Any) -> None:
    record(library, by_librarian)
    record(library, by_librarian, name="ramp", value=False)
    record(other_library, by_stranger, value=0)
    with django_assert_num_queries(1):
        found = facts_on(JUNE)
    assert found == {library.pk: {"computers_public": 3, "ramp": False}, other_library.pk: {"computers_public": 0}}
    assert facts_on(JUNE, ["ramp"]) == {library.pk: {"ramp": False}}


@pytest.mark.parametrize(("name", "value"), [
    ("computers_public", -1), ("computers_public", True), ("computers_public", "3"), ("computers_public", 10**9),
    ("internet", 1), ("accreditation", "z"), ("service_kinds", ["lending"]), ("service_kinds", ["training", "digital"]),
    ("decree_number", ""), ("pupils", 3), ("unheard_of", 1)])
def test_a_value_of_another_shape_is_refused(library: Library, by_librarian: Actor, name: str, value: Any) -> None:
    with pytest.raises(act.FactRefused):
        record(library, by_librarian, name=name, value=value)
    assert DatedFact.objects.count() == 0


def test_pupils_are_asked_of_schools(library: Library, by_librarian: Actor) -> None:
    Library.objects.filter(pk=library.pk).update(kind=Library.Kind.SCHOOL)
    library.refresh_from_db()
    assert record(library, by_librarian, name="pupils", value=240).value == 240


def test_strangers_and_volunteers_tell_nothing(library: Library, by_stranger: Actor, by_volunteer: Actor) -> None:
    for actor in (by_stranger, by_volunteer):
        with pytest.raises(NotAllowed):
            record(library, actor)


def test_a_profile_shows_what_is_known_and_what_is_not(library: Library, by_librarian: Actor) -> None:
    record(library, by_librarian)
    known = {one.fact.name: one for one in facts_of(library, JUNE, section="tik")}
    assert (known["computers_public"].text, known["internet"].now, known["internet"].text) == ("3", None, "")
    assert {one.fact.name for one in facts_of(library, JUNE)}.isdisjoint({"pupils", "regional_regulations"})


def test_every_definition_has_a_section_and_valid_choices() -> None:
    for fact in FACTS.values():
        assert fact.section in SECTIONS, fact.name
        assert len(fact.name) <= DatedFact._meta.get_field("name").max_length, fact.name
        assert bool(fact.choices) == fact.kind.value.startswith("choice"), fact.name


@pytest.mark.shared_data
def test_items_of_the_questionnaire_exist() -> None:
    if not SHARED.is_dir():
        pytest.skip("the questionnaires are not beside the repository")
    with open(SHARED / "iplm_tkm_items.tsv", newline="") as file:
        items = {f"{row[1]} {row[2]}" for row in csv.reader(file, delimiter="\t") if row[0] == "IPLM"}
    asked = {fact.asked_by[FieldList.IPLM_2025] for fact in FACTS.values() if FieldList.IPLM_2025 in fact.asked_by}
    assert asked - items == set()
    assert len(asked) == 12


# --- the life of a library ------------------------------------------------------------------------------


def add(by: Actor, **given: Any) -> Library:
    return act.add_library(**({"identity": NEW, "place": act.Place(), "by": by, "at": AT, "id": new_id(),
                               "region": Region.objects.get(code="36.71.01.1001")} | given))


def test_codes_go_on_from_the_highest_of_our_own(library: Library, other_library: Library,
                                                 by_coordinator: Actor) -> None:
    Library.objects.filter(pk=other_library.pk).update(code="L0999")
    assert [add(by_coordinator).code, add(by_coordinator).code] == ["L1000", "L1001"]


def test_a_library_with_a_known_npp_is_not_added_twice(library: Library, by_coordinator: Actor) -> None:
    Library.objects.filter(pk=library.pk).update(npp="3671A1")
    with pytest.raises(act.LibraryRefused) as refused:
        add(by_coordinator, identity=replace(NEW, npp="3671A1"))
    assert (refused.value.field, refused.value.code) == ("npp", "npp_taken")


def test_a_place_outside_the_city_is_refused(city: Any, by_coordinator: Actor) -> None:
    with pytest.raises(act.LibraryRefused):
        add(by_coordinator, region=Region.objects.get(code="36"))


def test_a_library_moves_on_a_day_and_its_past_stays(library: Library, by_coordinator: Actor) -> None:
    old, new = library.region, Region.objects.get(code="36.71.01.1002")
    library.placements.create(region=old)
    act.move_library(library=library, region=new, from_on=JANUARY, by=by_coordinator, at=AT, id=new_id())
    library.refresh_from_db()
    assert library.region == new
    assert {(p.region, p.from_on, p.until_on) for p in library.placements.all()} == {
        (old, None, JANUARY), (new, JANUARY, None)}
    with pytest.raises(act.LibraryRefused):
        act.move_library(library=library, region=old, from_on=date(2025, 1, 1), by=by_coordinator, at=AT, id=new_id())


def test_a_move_of_tomorrow_is_refused(library: Library, by_coordinator: Actor) -> None:
    with pytest.raises(act.LibraryRefused):
        act.move_library(library=library, region=Region.objects.get(code="36.71.01.1002"), from_on=date(2026, 7, 1),
                         by=by_coordinator, at=AT, id=new_id())


def test_a_library_closes_and_reopens(library: Library, by_coordinator: Actor) -> None:
    act.close_library(library=library, closed_on=JUNE, by=by_coordinator, at=AT, id=new_id())
    assert [Library.objects.open_on(day).count() for day in (date(2026, 5, 31), JUNE)] == [1, 0]
    act.reopen_library(library=library, by=by_coordinator, at=AT, id=new_id())
    assert Library.objects.open_on(JUNE).count() == 1


@pytest.mark.parametrize("change", [
    lambda library, by: act.close_library(library=library, closed_on=JUNE, by=by, at=AT, id=new_id()),
    lambda library, by: act.reopen_library(library=library, by=by, at=AT, id=new_id()),
    lambda library, by: act.move_library(library=library, region=library.region, from_on=JUNE, by=by, at=AT,
                                         id=new_id()),
    lambda library, by: add(by),
])
def test_a_librarian_adds_moves_and_closes_nothing(library: Library, by_librarian: Actor, change: Any) -> None:
    with pytest.raises(NotAllowed):
        change(library, by_librarian)


def test_a_position_needs_both_numbers_and_lies_in_indonesia(library: Library, by_librarian: Actor) -> None:
    for latitude, longitude in ((Decimal("-6.2"), None), (Decimal(52), Decimal(13))):
        with pytest.raises(act.LibraryRefused):
            act.change_place(library=library, place=act.Place(latitude=latitude, longitude=longitude),
                             by=by_librarian, at=AT, id=new_id())


def test_rooms_and_stops_leave_the_list_and_come_back(library: Library, by_librarian: Actor) -> None:
    space = act.add_space(library=library, name="Teras", kind="reading", seats=None, area_m2=None, by=by_librarian,
                          at=AT, id=new_id())
    act.close_space(space=space, by=by_librarian, at=AT, id=new_id())
    with pytest.raises(act.SpaceRefused):
        act.close_space(space=space, by=by_librarian, at=AT, id=new_id())
    act.reopen_space(space=space, by=by_librarian, at=AT, id=new_id())
    assert library.spaces.filter(is_closed=False).count() == 1
    with pytest.raises(act.SpaceRefused):
        act.add_stop(library=library, name="Lapangan", region=None, weekday=None, arrives=time(9), leaves=None,
                     by=by_librarian, at=AT, id=new_id())


def test_the_journal_reads_as_sentences_without_faults(library: Library, by_librarian: Actor,
                                                       by_coordinator: Actor) -> None:
    record(library, by_librarian)
    act.record_facts(library=library, values={"ramp": True, "toilet": False}, from_on=JUNE, source="", at=AT,
                     by=by_librarian, id=new_id())
    act.set_opening_hours(library=library, season="usual", hours=[act.Hours(0, time(8), time(9))], from_on=None,
                          by=by_librarian, at=AT, id=new_id())
    act.close_library(library=library, closed_on=JUNE, by=by_coordinator, at=AT, id=new_id())
    told = [sentence.text for sentence in journal.sentences(JournalLine.objects.all(), reader=COMMAND)]
    assert (len(told), [text for text in told if "{" in text or "object (" in text]) == (4, [])
    assert list(journal.faults()) == []


# --- looking up regions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "code"), [
    ("36.71.01.1007", "36.71.01.1007"), ("3671011007", "36.71.01.1007"), ("36.71", "36.71"), ("3671", "36.71"),
    ("sukasari", None), ("99", None)])
def test_a_code_is_found_with_dots_and_without(city: Any, typed: str, code: str | None) -> None:
    found = region_by_code(typed)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(("typed", "codes"), [
    ("Kelurahan Sukasari", ["36.71.01.1007"]),
    ("kota tangerang", ["36.71"]),
    ("tangerang", ["36.71", "36.71.01"]),
    ("suka", ["36.71.01.1001", "36.71.01.1002", "36.71.01.1007"]),
    ("36.71.01.10", []),
    ("367101", ["36.71.01", "36.71.01.1001", "36.71.01.1002", "36.71.01.1007"]),
    ("x", []), ("%", []),
])
def test_regions_are_found_by_name_and_code(city: Any, typed: str, codes: list[str]) -> None:
    assert [region.code for region in find_regions(typed)] == codes


def test_a_found_region_tells_where_it_lies(city: Any) -> None:
    assert [(r.name, r.path) for r in find_regions("sukasari", within="36.71", level=4)] == [
        ("Kelurahan Sukasari", "Kecamatan Tangerang, Kota Tangerang, Banten")]


