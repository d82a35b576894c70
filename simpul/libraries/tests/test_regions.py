"""Regions: all of Indonesia, kept through renamings and divisions."""

import csv
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from simpul.core.actor import COMMAND, Actor
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.libraries.actions import load_regions, official_regions
from simpul.libraries.models import Library, Placement, Region

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
AT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
DAY = date(2026, 3, 10)

OFFICIAL = {
    "36": "Banten", "36.71": "Kota Tangerang", "36.71.01": "Tangerang", "36.71.02": "Jatiuwung",
    "36.71.01.1001": "Sukarasa", "36.71.01.1002": "Sukaasih", "36.71.02.1001": "Keroncong",
}


def load(official: dict[str, str], **given: Any) -> Any:
    return load_regions(**({"official": official, "by": COMMAND, "at": AT, "id": new_id()} | given))


def test_loading_makes_a_tree(db: None) -> None:
    told: list[tuple[int, int]] = []
    loaded = load(OFFICIAL, progress=lambda done, total: told.append((done, total)))
    assert (loaded.read, loaded.added, loaded.renamed, loaded.closed) == (7, 7, 0, 0)
    assert told == [(7, 7)]
    village = Region.objects.get(code="36.71.01.1002")
    assert (village.name, village.level, village.parent.code, village.parent.parent.parent.code) == (
        "Sukaasih", 4, "36.71.01", "36")
    assert (village.is_kelurahan, village.parent.is_kelurahan, village.valid_from) == (True, False, None)
    assert [line.verb for line in JournalLine.objects.all()] == ["regions.loaded"]


def test_loading_again_changes_nothing_and_says_nothing(db: None) -> None:
    load(OFFICIAL)
    again = load(OFFICIAL)
    assert (again.read, again.added, again.renamed, again.closed) == (7, 0, 0, 0)
    assert (Region.objects.count(), JournalLine.objects.count()) == (7, 1)


def test_a_load_that_was_cut_off_is_completed(db: None) -> None:
    load({code: name for code, name in OFFICIAL.items() if not code.startswith("36.71.02")})
    assert load(OFFICIAL).added == 2
    assert Region.objects.count() == 7
    assert Region.objects.get(code="36.71.02.1001").parent.code == "36.71.02"


def test_a_renamed_region_is_closed_and_its_library_stands_in_the_successor(db: None) -> None:
    load(OFFICIAL)
    old = Region.objects.get(code="36.71.01")
    library = Library.objects.create(code="L001", name="Perpustakaan", kind=Library.Kind.DISTRICT, region=old)
    Placement.objects.create(library=library, region=old)
    loaded = load(OFFICIAL | {"36.71.01": "Tangerang Kota"})
    assert (loaded.added, loaded.renamed, loaded.closed) == (0, 1, 0)
    old.refresh_from_db()
    library.refresh_from_db()
    new = Region.objects.current().get(code="36.71.01")
    assert (old.name, old.valid_until, list(old.successors.all())) == ("Tangerang", DAY, [new])
    assert (new.name, new.valid_from, new.parent.code) == ("Tangerang Kota", DAY, "36.71")
    assert Region.objects.get(code="36.71.01.1001").parent == new
    assert library.region == new
    assert {(p.region, p.from_on, p.until_on) for p in library.placements.all()} == {
        (old, None, DAY), (new, DAY, None)}
    assert Region.objects.on(date(2026, 3, 9)).get(code="36.71.01") == old
    assert Region.objects.on(DAY).get(code="36.71.01") == new


def test_a_parent_and_its_child_renamed_together_stay_parent_and_child(db: None) -> None:
    load(OFFICIAL)
    load(OFFICIAL | {"36.71.01": "Tangerang Kota", "36.71.01.1001": "Sukarasa Baru"})
    village = Region.objects.current().get(code="36.71.01.1001")
    assert (village.name, village.parent.name, village.parent.valid_until) == (
        "Sukarasa Baru", "Tangerang Kota", None)


def test_a_village_that_moves_to_a_new_district_is_succeeded_by_its_namesake(db: None) -> None:
    load(OFFICIAL)
    old = Region.objects.get(code="36.71.01.1002")
    moved = {code: name for code, name in OFFICIAL.items() if code != "36.71.01.1002"}
    loaded = load(moved | {"36.71.14": "Sukaasih Raya", "36.71.14.1001": "Sukaasih"})
    assert (loaded.added, loaded.closed) == (2, 1)
    old.refresh_from_db()
    assert (old.valid_until, [r.code for r in old.successors.all()]) == (DAY, ["36.71.14.1001"])


def test_a_dropped_region_without_namesake_is_closed_and_keeps_its_library(db: None) -> None:
    load(OFFICIAL)
    old = Region.objects.get(code="36.71.02.1001")
    library = Library.objects.create(code="L001", name="Perpustakaan", kind=Library.Kind.VILLAGE, region=old)
    load({code: name for code, name in OFFICIAL.items() if code != "36.71.02.1001"})
    library.refresh_from_db()
    old.refresh_from_db()
    assert (old.valid_until, old.successors.count(), library.region) == (DAY, 0, old)


def test_a_code_that_comes_back_opens_a_new_region(db: None) -> None:
    load(OFFICIAL)
    load({code: name for code, name in OFFICIAL.items() if code != "36.71.02.1001"})
    load(OFFICIAL, at=datetime(2027, 1, 1, 3, 0, tzinfo=UTC))
    assert {(r.valid_from, r.valid_until) for r in Region.objects.filter(code="36.71.02.1001")} == {
        (None, DAY), (date(2027, 1, 1), None)}


def test_a_partial_load_closes_nothing_outside_it(db: None) -> None:
    load(OFFICIAL | {"31": "Daerah Khusus Jakarta"})
    load(OFFICIAL, within="36.71")
    assert Region.objects.current().filter(code="31").count() == 1


def test_a_librarian_loads_no_regions(by_librarian: Actor) -> None:
    with pytest.raises(NotAllowed):
        load(OFFICIAL, by=by_librarian)


def test_the_package_narrowed_to_a_city_brings_it_and_what_is_above() -> None:
    found = official_regions("36.71")
    assert [code for code in found if code.count(".") < 2] == ["36", "36.71"]
    assert sum(code.count(".") == 3 for code in found) == 104


@pytest.mark.shared_data
def test_all_of_indonesia_as_in_the_reference() -> None:
    if not SHARED.is_dir():
        pytest.skip("the reference tables are not beside the repository")
    reference: set[str] = set()
    for name in ("provinces", "regencies", "districts", "villages"):
        with open(SHARED / "ref" / f"wilayah_{name}.csv", newline="") as file:
            reference |= {row["code"] for row in csv.DictReader(file)}
    ours = official_regions()
    assert set(ours) == reference
    assert [sum(code.count(".") == level for code in ours) for level in range(4)] == [38, 514, 7285, 83762]


@pytest.mark.shared_data
def test_kota_tangerang_as_in_the_reference(db: None) -> None:
    if not SHARED.is_dir():
        pytest.skip("the reference tables are not beside the repository")
    with open(SHARED / "kota_tangerang_wilayah.tsv") as file:
        reference = sorted(tuple(line.rstrip("\n").split("\t")) for line in file if line.strip())
    load(official_regions("36.71"))
    assert sorted(Region.objects.filter(code__startswith="36.71").values_list("code", "name")) == reference


def test_all_of_indonesia_is_loaded_in_short_transactions(db: None) -> None:
    told: list[tuple[int, int]] = []
    loaded = load_regions(by=COMMAND, at=AT, id=new_id(), progress=lambda *given: told.append(given))
    assert (loaded.added, Region.objects.count()) == (91_599, 91_599)
    assert max(after[0] - before[0] for before, after in pairwise(told)) <= 1000
    assert told[-1] == (91_599, 91_599)
