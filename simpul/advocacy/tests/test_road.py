"""The yearly road and its two pages."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from conftest import TODAY
from simpul.advocacy.actions import (
    BudgetLine,
    Texts,
    begin_proposal,
    date_step,
    mark_step,
    open_step,
    set_road_dates,
    write_proposal,
)
from simpul.advocacy.actions.refusals import NameMissing, WrongAmount, WrongChoice, WrongDay
from simpul.advocacy.models import Proposal, RoadStep
from simpul.advocacy.next_steps import the_road_goes_on
from simpul.advocacy.papers import TEMPLATE, proposal_pdf, values_of
from simpul.advocacy.queries.road import road_of
from simpul.advocacy.road import STEPS, current_year, day_of
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.files.papers.pdf import _set
from simpul.libraries.models import Library
from simpul.surveys.actions import MeetingNeed, record_meeting
from simpul.visits.actions import record_visit


@pytest.fixture
def who(by_volunteer: Actor, at: datetime) -> Callable[[], dict[str, Any]]:
    return lambda: {"by": by_volunteer, "at": at, "id": new_id()}


def pages_of(proposal: Proposal) -> int:
    return len(_set(TEMPLATE, values_of(proposal, TODAY), {}, None, "png", 20))


def test_the_steps_stand_in_the_order_of_their_days() -> None:
    days = [day_of(step, 2027, {}) for step in STEPS]
    assert days == sorted(days)
    assert (days[0], days[3]) == (date(2026, 11, 15), date(2027, 1, 20))
    assert day_of(STEPS[5], 2027, {"district": [2, 29]}) == date(2027, 2, 28)


@pytest.mark.parametrize(("day", "year"), [(date(2026, 3, 10), 2026), (date(2026, 7, 31), 2026), (date(2026, 8, 1), 2027)])
def test_from_august_on_one_works_for_the_coming_january(day: date, year: int) -> None:
    assert current_year(day) == year


def test_a_step_is_done_opened_and_dated(library: Library, who: Any) -> None:
    mark_step(library=library, year=2026, step="office", on=TODAY, **who())
    date_step(library=library, year=2026, step="company", on=date(2026, 4, 20), **who())
    told = {one.milestone.key: one for one in road_of(library.pk, 2026, TODAY)}
    assert (told["office"].done_on, told["company"].due_on, told["company"].is_own_day) == (TODAY, date(2026, 4, 20), True)
    open_step(library=library, year=2026, step="office", **who())
    date_step(library=library, year=2026, step="company", on=None, **who())
    told = {one.milestone.key: one for one in road_of(library.pk, 2026, TODAY)}
    assert (told["office"].done_on, told["company"].due_on, told["company"].is_own_day) == (None, date(2026, 4, 15), False)
    assert RoadStep.objects.count() == 2


def test_what_no_road_has(library: Library, who: Any, by_stranger: Actor, at: datetime) -> None:
    with pytest.raises(WrongChoice):
        mark_step(library=library, year=2026, step="dance", on=TODAY, **who())
    with pytest.raises(WrongChoice):
        mark_step(library=library, year=1, step="office", on=TODAY, **who())
    with pytest.raises(WrongDay):
        date_step(library=library, year=2026, step="office", on=date(2031, 1, 1), **who())
    with pytest.raises(NotAllowed):
        mark_step(library=library, year=2026, step="office", on=TODAY, by=by_stranger, at=at, id=new_id())


def test_the_coordinator_sets_the_citys_dates(library: Library, by_coordinator: Actor, by_librarian: Actor,
                                              at: datetime) -> None:
    set_road_dates(dates={"office": (3, 25)}, by=by_coordinator, at=at, id=new_id())
    told = {one.milestone.key: one.due_on for one in road_of(library.pk, 2026, TODAY)}
    assert (told["office"], told["company"]) == (date(2026, 3, 25), date(2026, 4, 15))
    with pytest.raises(NotAllowed):
        set_road_dates(dates={"office": (3, 1)}, by=by_librarian, at=at, id=new_id())
    with pytest.raises(WrongDay):
        set_road_dates(dates={"office": (2, 30)}, by=by_coordinator, at=at, id=new_id())


def test_a_road_that_nobody_began_reminds_of_its_first_step_only(library: Library) -> None:
    assert the_road_goes_on(library, TODAY) is None
    assert the_road_goes_on(library, date(2026, 10, 1)) is None
    step = the_road_goes_on(library, date(2026, 10, 30))
    assert step is not None
    assert step.url == "/perpustakaan/L001/advokasi/tahun/2027/"
    assert the_road_goes_on(library, date(2026, 11, 16)) is None


def test_a_begun_road_reminds_of_what_comes_and_of_what_was_missed(library: Library, who: Any) -> None:
    mark_step(library=library, year=2026, step="meeting", on=date(2025, 11, 12), **who())
    step = the_road_goes_on(library, TODAY)
    assert step is not None
    assert step.heading == "Bicara di musrenbang kelurahan"
    for key in ("musrenbang", "list", "district"):
        mark_step(library=library, year=2026, step=key, on=TODAY, **who())
    step = the_road_goes_on(library, TODAY)
    assert step is not None
    assert step.heading == "Temui OPD atau anggota DPRD"
    mark_step(library=library, year=2026, step="office", on=TODAY, **who())
    assert the_road_goes_on(library, TODAY) is None


def test_a_draft_is_made_of_the_librarys_own_records(library: Library, who: Any) -> None:
    record_visit(library=library, sex="P", age_group="18-59", **who())
    record_meeting(library=library, title="Rembug", held_on=TODAY - timedelta(days=3), people=30, needs=[
        MeetingNeed("Kelas menjahit", "skills", 12), MeetingNeed("Lampu", "place", 4)], **who())
    proposal = begin_proposal(library=library, year=2026, **who())
    assert proposal.need == "1 rembug warga diadakan dengan 30 warga.\n12 warga meminta: keterampilan."
    assert [(row.measure, row.value) for row in proposal.evidence.all()] == [("visits", 1)]
    assert (proposal.known_as, proposal.addressed_to) == ("Lurah Sukasari", "Lurah Sukasari")
    assert begin_proposal(library=library, year=2026, **who()).pk == proposal.pk


def written(library: Library, who: Any, **texts: str) -> Proposal:
    proposal = begin_proposal(library=library, year=2026, **who())
    return write_proposal(proposal=proposal, texts=Texts(**({"title": "Usulan", "addressed_to": "Lurah"} | texts)), budget=[
        BudgetLine("Rak", 3, "buah", 1_500_000), BudgetLine("Buku", 100, "eksemplar", 60_000)], **who())


def test_two_pages_whatever_stands_in_them(library: Library, who: Any) -> None:
    assert pages_of(written(library, who)) == 2
    long = {name: "kata dan lagi " * 60 for name in ("need", "done", "asked", "expected")}
    proposal = written(library, who, **long, title="J" * 140, signer="N" * 80, known_as="L" * 60, known_by="M" * 80)
    proposal.budget = proposal.budget[:1] * 10
    assert pages_of(proposal) == 2
    assert pages_of(written(library, who, need="x" * 900, done="\n".join("abc" * 100), expected="y\n" * 400)) == 2
    proposal.budget = []
    assert pages_of(proposal) == 2


def test_hostile_words_come_out_letter_by_letter(library: Library, who: Any) -> None:
    hostile = '#include("/etc/passwd") <img onerror=x> $x$ \\ [*bold*] =HYPERLINK("a")'
    proposal = written(library, who, need=hostile, title=hostile[:60], signer="#panic()", known_by="//")
    told = values_of(proposal, TODAY)
    assert (told["need"][1], told["signs"][1]["name"]) == ([hostile], "#panic()")
    assert proposal_pdf(proposal, TODAY).startswith(b"%PDF-")
    assert pages_of(proposal) == 2


def test_money_is_told_in_the_readers_way(library: Library, who: Any) -> None:
    proposal = written(library, who)
    with translation.override("id"):
        told = values_of(proposal, TODAY)
    assert (told["total"], told["budget"][0]) == (["Jumlah", "Rp10.500.000"], ["Rak", "3 buah", "Rp1.500.000", "Rp4.500.000"])
    assert proposal.total == 10_500_000


@pytest.mark.parametrize(("line", "refusal"), [
    (BudgetLine("", 1, "", 1), NameMissing), (BudgetLine("Rak", 0, "", 1), WrongAmount),
    (BudgetLine("Rak", 1, "", -1), WrongAmount)])
def test_budget_lines_that_cannot_be(library: Library, who: Any, line: BudgetLine, refusal: type[Exception]) -> None:
    proposal = begin_proposal(library=library, year=2026, **who())
    with pytest.raises(refusal):
        write_proposal(proposal=proposal, texts=Texts("Usulan", "Lurah"), budget=[line], **who())
    assert Proposal.objects.get().budget == []
