"""What the guest book takes, what it asks about, what it refuses; and how a wrong entry is put right."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from simpul.core.actor import COMMAND, Actor, ActorKind
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import ChangeIdReused, Refusal
from simpul.files.models import StoredFile
from simpul.libraries.models import Closure, Library, OpeningHours, Stop
from simpul.people.models import Card, Member
from simpul.visits.actions import (
    record_group,
    record_sheet,
    record_tally,
    record_visit,
    void_entry,
)
from simpul.visits.models import Cell, Details, Visit
from simpul.visits.queries import count_on

GIRLS, BOYS = Cell("P", "6-12", 15), Cell("L", "6-12", 12)


def device(library: Library) -> Actor:
    return Actor(kind=ActorKind.DEVICE, id=new_id(), volunteer_of=frozenset({library.pk}),
                 only=frozenset({"visits.record"}))


def flags() -> list[str]:
    return [flag for line in JournalLine.objects.order_by("pk") for flag in line.flags]


def code_of(do: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as caught:
        do()
    return caught.value.code


# --- one visit ----------------------------------------------------------------------------------------------


def test_a_visitor_is_written_down_without_a_name(library: Library, by_volunteer: Actor, at: datetime) -> None:
    id = new_id()
    visit = record_visit(library=library, sex="P", age_group="6-12", by=by_volunteer, at=at, id=id)
    assert (visit.pk, visit.entry_id, visit.how, visit.cell, visit.person_id, visit.local_date, visit.happened_at) == (
        id, id, "visitor", Cell("P", "6-12", 1), None, date(2026, 3, 10), at)
    line = JournalLine.objects.get()
    assert (line.verb, line.library_id, line.facts, line.flags) == ("visit.recorded", library.pk, {"n": 1}, [])


def test_the_same_change_again_is_one_visit_and_other_contents_are_refused(
        library: Library, by_volunteer: Actor, at: datetime) -> None:
    id = new_id()
    for _ in range(3):
        record_visit(library=library, sex="P", age_group="6-12", by=by_volunteer, at=at, id=id)
    with pytest.raises(ChangeIdReused):
        record_visit(library=library, sex="L", age_group="6-12", by=by_volunteer, at=at, id=id)
    assert Visit.objects.count() == 1


def test_a_member_is_known_by_her_card_in_any_grouping_or_by_her_number(
        library: Library, by_volunteer: Actor, at: datetime, make_member: Callable[..., Member]) -> None:
    member = make_member(card="K7QM2X9P", birth_year=2015, sex="P", occupation="Pelajar", education="SD")
    for typed in ("K7QM2X9P", " k7qm-2x9p ", member.number):
        record_visit(library=library, card=typed, is_sure=True, by=by_volunteer, at=at, id=new_id())
    assert set(Visit.objects.values_list("how", "sex", "age_group", "occupation", "education", "person")) == {
        ("member", "P", "6-12", "Pelajar", "SD", member.person_id)}
    assert Visit.objects.count() == 3


def test_the_journal_does_not_tell_who_came(
        library: Library, by_volunteer: Actor, at: datetime, make_member: Callable[..., Member]) -> None:
    member = make_member(card="K7QM2X9P")
    record_visit(library=library, card="K7QM2X9P", by=by_volunteer, at=at, id=new_id())
    line = JournalLine.objects.get()
    assert [ref.split(":")[0] for ref in sorted(line.refs.values())] == ["libraries.Library", "visits.Visit"]
    assert str(member.person_id) not in str([line.refs, line.facts, line.result])


def test_a_card_of_another_library_counts_and_keeps_no_link_to_her(
        library: Library, other_library: Library, by_volunteer: Actor, at: datetime,
        make_member: Callable[..., Member]) -> None:
    make_member(card="K7QM2X9P", library=other_library, sex="L", birth_year=2010)
    visit = record_visit(library=library, card="K7QM2X9P", by=by_volunteer, at=at, id=new_id())
    assert (visit.how, visit.sex, visit.age_group, visit.person_id) == ("member", "L", "13-17", None)


def test_a_card_that_was_replaced_opens_nothing(
        library: Library, by_volunteer: Actor, at: datetime, make_member: Callable[..., Member]) -> None:
    make_member(card="K7QM2X9P")
    Card.objects.update(ended_at=at)
    assert code_of(lambda: record_visit(
        library=library, card="K7QM2X9P", by=by_volunteer, at=at, id=new_id())) == "unknown_card"


def test_a_replayed_visit_with_an_unknown_card_happened(library: Library, by_volunteer: Actor, at: datetime) -> None:
    visit = record_visit(library=library, card="TAKADA", sex="P", by=replace(by_volunteer, is_replay=True), at=at,
                         id=new_id())
    assert (visit.how, visit.sex, flags()) == ("visitor", "P", ["unknown_card"])


@pytest.mark.parametrize(("minutes", "outcome"), [(0, "already_in"), (9, "already_in"), (10, 2), (240, 2)])
def test_the_same_card_within_ten_minutes_is_asked_about_and_after_lunch_is_a_new_visit(
        library: Library, by_volunteer: Actor, at: datetime, make_member: Callable[..., Member],
        minutes: int, outcome: str | int) -> None:
    make_member(card="K7QM2X9P")
    record_visit(library=library, card="K7QM2X9P", by=by_volunteer, at=at - timedelta(minutes=minutes), id=new_id())

    def again() -> Visit:
        return record_visit(library=library, card="K7QM2X9P", by=by_volunteer, at=at, id=new_id())

    if isinstance(outcome, str):
        assert code_of(again) == outcome
    else:
        again()
        assert Visit.objects.count() == outcome


def test_a_double_scan_is_taken_when_confirmed_or_replayed_and_when_the_first_was_taken_back(
        library: Library, by_volunteer: Actor, at: datetime, make_member: Callable[..., Member]) -> None:
    make_member(card="K7QM2X9P")

    def scan(**more: Any) -> Visit:
        return record_visit(**{"library": library, "card": "K7QM2X9P", "by": by_volunteer, "at": at, "id": new_id(),
                               **more})

    first = scan()
    scan(is_sure=True)
    scan(by=replace(by_volunteer, is_replay=True))
    assert (Visit.objects.valid().count(), flags()) == (3, ["already_in"])
    for row in (first, *Visit.objects.valid().exclude(pk=first.pk)):
        void_entry(entry=row, by=by_volunteer, at=at, id=new_id())
    scan()
    assert Visit.objects.valid().count() == 1


@pytest.mark.parametrize(("given", "code"), [
    ({"sex": "X"}, "wrong_category"), ({"age_group": "7-9"}, "wrong_category"),
    ({"details": Details(purpose="sleep")}, "wrong_category"),
    ({"details": Details(occupation="Raja")}, "wrong_category"),
    ({"details": Details(education="S9")}, "wrong_category"),
])
def test_unknown_categories_are_refused(
        library: Library, by_volunteer: Actor, at: datetime, given: dict[str, Any], code: str) -> None:
    assert code_of(lambda: record_visit(library=library, by=by_volunteer, at=at, id=new_id(), **given)) == code


# --- moments ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("zone", "utc", "day"), [
    ("Asia/Jakarta", (2026, 3, 9, 16, 59), date(2026, 3, 9)), ("Asia/Jakarta", (2026, 3, 9, 17, 0), date(2026, 3, 10)),
    ("Asia/Makassar", (2026, 3, 9, 15, 59), date(2026, 3, 9)),
    ("Asia/Makassar", (2026, 3, 9, 16, 0), date(2026, 3, 10)),
    ("Asia/Jayapura", (2026, 3, 9, 14, 59), date(2026, 3, 9)),
    ("Asia/Jayapura", (2026, 3, 9, 15, 0), date(2026, 3, 10)),
])
def test_the_day_is_the_librarys_own(
        library: Library, by_volunteer: Actor, zone: str, utc: tuple[int, ...], day: date) -> None:
    library.time_zone = zone
    library.save()
    visit = record_visit(library=library, by=by_volunteer, at=datetime(*utc, tzinfo=UTC), id=new_id())  # type: ignore[arg-type]
    assert visit.local_date == day


@pytest.mark.parametrize(("apart", "outcome"), [
    (timedelta(minutes=9), "taken"), (timedelta(minutes=11), "wrong_moment"), (timedelta(days=365), "wrong_moment"),
    (-timedelta(days=3), "taken"), (-timedelta(days=30 * 365), "wrong_moment"),
])
def test_a_clock_that_is_wrong_is_refused(
        library: Library, by_volunteer: Actor, at: datetime, apart: timedelta, outcome: str) -> None:
    def write() -> Visit:
        return record_visit(library=library, by=by_volunteer, at=at + apart, id=new_id())

    if outcome == "taken":
        assert write().happened_at == at + apart
    else:
        assert (code_of(write), Visit.objects.count()) == (outcome, 0)


def test_a_replayed_visit_from_the_future_happened_no_later_than_now(
        library: Library, by_volunteer: Actor, at: datetime) -> None:
    by = replace(by_volunteer, is_replay=True)
    ahead = record_visit(library=library, by=by, at=at + timedelta(days=2), id=new_id())
    behind = record_visit(library=library, by=by, at=at - timedelta(days=30 * 365), id=new_id())
    assert (ahead.happened_at, ahead.local_date) == (at, date(2026, 3, 10))
    assert (behind.happened_at.year, flags()) == (1996, ["wrong_moment", "wrong_moment"])


def test_the_command_line_brings_history_of_any_age(library: Library, at: datetime) -> None:
    visit = record_visit(library=library, by=COMMAND, at=at - timedelta(days=12 * 365), id=new_id())
    assert visit.local_date.year == 2014


@pytest.mark.parametrize("closes", ["closure", "weekday"])
def test_a_closed_day_is_noticed_and_allowed(library: Library, by_volunteer: Actor, at: datetime, closes: str) -> None:
    if closes == "closure":
        Closure.objects.create(library=library, first_on=date(2026, 3, 10), last_on=date(2026, 3, 11), reason="banjir")
    else:
        OpeningHours.objects.create(library=library, weekday=0, opens="08:00", closes="16:00")
        OpeningHours.objects.create(library=library, weekday=0, opens="08:00", closes="16:00", season="ramadan")
    record_visit(library=library, by=by_volunteer, at=at, id=new_id())
    assert (Visit.objects.count(), flags()) == (1, ["closed_day"])


def test_a_stop_must_be_the_librarys(
        library: Library, other_library: Library, by_volunteer: Actor, at: datetime) -> None:
    own = Stop.objects.create(library=library, name="Taman Potret")
    strange = Stop.objects.create(library=other_library, name="Pasar Lama")
    assert record_visit(library=library, stop=own, by=by_volunteer, at=at, id=new_id()).stop == own
    assert code_of(lambda: record_visit(
        library=library, stop=strange, by=by_volunteer, at=at, id=new_id())) == "wrong_stop"


# --- many ---------------------------------------------------------------------------------------------------


def test_a_group_holds_its_l_and_p_and_where_it_comes_from(library: Library, by_volunteer: Actor, at: datetime) -> None:
    visit = record_group(library=library, cells=[BOYS, GIRLS], origin=" SDN Sukasari 4 ",
                         details=Details(purpose="study"), by=by_volunteer, at=at, id=new_id())
    rows = Visit.objects.of_entry(visit.entry_id).order_by("sex")
    assert [(row.how, row.cell, row.origin, row.purpose) for row in rows] == [
        ("group", BOYS, "SDN Sukasari 4", "study"), ("group", GIRLS, "SDN Sukasari 4", "study")]
    assert JournalLine.objects.get().facts == {"n": 27}


@pytest.mark.parametrize(("cells", "code"), [
    ([], "nobody_counted"), ([Cell("P", "", 0)], "nobody_counted"), ([Cell("P", "", -3)], "nobody_counted"),
    ([Cell("P", "", 5_001)], "please_check"), ([Cell("P", "", 3_000), Cell("L", "", 2_001)], "please_check"),
    ([Cell("P", "", 100_001)], "too_many"),
])
def test_impossible_counts_are_refused_and_large_ones_asked_about(
        library: Library, by_volunteer: Actor, at: datetime, cells: list[Cell], code: str) -> None:
    assert code_of(lambda: record_tally(library=library, cells=cells, by=by_volunteer, at=at, id=new_id())) == code
    assert JournalLine.objects.count() == 0


def test_a_large_count_that_is_confirmed_is_taken(library: Library, by_volunteer: Actor, at: datetime) -> None:
    record_tally(library=library, cells=[Cell("P", "", 6_000)], is_sure=True, by=by_volunteer, at=at, id=new_id())
    assert count_on(library.pk, date(2026, 3, 10)) == 6_000


def page_photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(out, "JPEG")
    return SimpleUploadedFile("halaman.jpg", out.getvalue())


def test_a_paper_page_is_a_days_totals_with_its_photo(
        library: Library, by_volunteer: Actor, at: datetime, settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    visit = record_sheet(library=library, day=date(2026, 2, 27), cells=[BOYS, GIRLS, Cell("", "", 3)],
                         photo=page_photo(), by=by_volunteer, at=at, id=new_id())
    assert count_on(library.pk, date(2026, 2, 27)) == 30
    stored = StoredFile.objects.get()
    assert (visit.evidence, stored.library_id, visit.local_date) == (stored, library.pk, date(2026, 2, 27))


def test_a_second_page_of_a_day_is_asked_about(library: Library, by_volunteer: Actor, at: datetime) -> None:
    def page(**more: Any) -> Visit:
        return record_sheet(library=library, day=date(2026, 3, 9), cells=[GIRLS], by=by_volunteer, at=at, id=new_id(),
                            **more)

    page()
    assert code_of(page) == "sheet_already_there"
    page(is_sure=True)
    assert count_on(library.pk, date(2026, 3, 9)) == 30


@pytest.mark.parametrize("day", [date(2026, 3, 11), date(2019, 3, 10)])
def test_a_page_of_tomorrow_or_of_long_ago_is_refused(
        library: Library, by_volunteer: Actor, at: datetime, day: date) -> None:
    assert code_of(lambda: record_sheet(
        library=library, day=day, cells=[GIRLS], by=by_volunteer, at=at, id=new_id())) == "wrong_moment"
