"""How a wrong entry is put right, who may write, and what is counted and forgotten."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from simpul.core import journal
from simpul.core.actor import SCHEDULE, Actor
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.visits.actions import (
    complete_entry,
    correct_entry,
    forget_visitors,
    record_group,
    record_sheet,
    record_tally,
    record_visit,
    void_entry,
)
from simpul.visits.actions.retention import due_before
from simpul.visits.erasure import tells
from simpul.visits.models import Cell, Details, Visit
from simpul.visits.queries import count_on, entries_of, visit_counts
from simpul.visits.schedule import forget
from simpul.visits.tests.test_actions import BOYS, GIRLS, code_of, device

# --- putting right ------------------------------------------------------------------------------------------


@pytest.fixture
def entry(library: Library, by_volunteer: Actor, at: datetime) -> Visit:
    return record_visit(library=library, sex="P", age_group="6-12", by=by_volunteer, at=at - timedelta(hours=1),
                        id=new_id())


def test_a_correction_voids_and_replaces_visibly(
        entry: Visit, library: Library, by_volunteer: Actor, at: datetime) -> None:
    new = correct_entry(entry=entry, cells=[Cell("L", "13-17")], why="wrong_group", by=by_volunteer, at=at, id=new_id())
    entry.refresh_from_db()
    assert (entry.voided_at, entry.voided_because, entry.cell) == (at, "wrong_group", Cell("P", "6-12", 1))
    assert (new.replaces_entry_id, new.happened_at, new.local_date, new.cell) == (
        entry.entry_id, entry.happened_at, entry.local_date, Cell("L", "13-17", 1))
    assert count_on(library.pk, date(2026, 3, 10)) == 1
    shown = entries_of(library.pk, date(2026, 3, 10))
    assert sorted((e.is_voided, e.is_correction) for e in shown) == [(False, True), (True, False)]


def test_details_are_completed_without_looking_like_a_correction(
        entry: Visit, library: Library, by_volunteer: Actor, at: datetime) -> None:
    complete_entry(entry=entry, details=Details(occupation="Pelajar", uses_ict=True),
                   by=by_volunteer, at=at, id=new_id())
    shown = entries_of(library.pk, date(2026, 3, 10))
    assert [(e.is_voided, e.is_correction, e.details.occupation, e.details.uses_ict, e.count) for e in shown] == [
        (False, False, "Pelajar", True, 1)]


def test_a_member_stays_linked_when_details_are_added_and_not_when_it_becomes_many(
        library: Library, by_volunteer: Actor, at: datetime, make_member: Callable[..., Member]) -> None:
    member = make_member(card="K7QM2X9P")
    visit = record_visit(library=library, card="K7QM2X9P", by=by_volunteer, at=at, id=new_id())
    visit = complete_entry(entry=visit, details=Details(purpose="read"), by=by_volunteer, at=at, id=new_id())
    assert visit.person_id == member.person_id
    visit = correct_entry(entry=visit, cells=[Cell("P", "18-59", 2)], why="wrong_count", by=by_volunteer, at=at,
                          id=new_id())
    assert visit.person_id is None


def test_an_entry_is_taken_back_once(entry: Visit, library: Library, by_volunteer: Actor, at: datetime) -> None:
    void_entry(entry=entry, by=by_volunteer, at=at, id=new_id())
    assert count_on(library.pk, date(2026, 3, 10)) == 0
    assert code_of(lambda: void_entry(entry=entry, by=by_volunteer, at=at, id=new_id())) == "already_voided"
    assert code_of(lambda: correct_entry(
        entry=entry, cells=[Cell()], why="twice", by=by_volunteer, at=at, id=new_id())) == "already_voided"


@pytest.mark.parametrize("why", ["", "undone", "completed", "because"])
def test_who_corrects_says_why(entry: Visit, by_volunteer: Actor, at: datetime, why: str) -> None:
    assert code_of(lambda: correct_entry(
        entry=entry, cells=[Cell()], why=why, by=by_volunteer, at=at, id=new_id())) == "wrong_category"


def test_a_correction_that_is_refused_leaves_the_entry(
        entry: Visit, library: Library, by_volunteer: Actor, at: datetime) -> None:
    assert code_of(lambda: correct_entry(
        entry=entry, cells=[], why="wrong_count", by=by_volunteer, at=at, id=new_id())) == "nobody_counted"
    assert count_on(library.pk, date(2026, 3, 10)) == 1


# --- who ----------------------------------------------------------------------------------------------------


def everything(library: Library, entry: Visit, by: Actor, at: datetime) -> list[Callable[[], Any]]:
    common: dict[str, Any] = {"by": by, "at": at}
    return [
        lambda: record_visit(library=library, id=new_id(), **common),
        lambda: record_group(library=library, cells=[GIRLS], id=new_id(), **common),
        lambda: record_tally(library=library, cells=[GIRLS], id=new_id(), **common),
        lambda: record_sheet(library=library, day=date(2026, 3, 1), cells=[GIRLS], id=new_id(), **common),
        lambda: correct_entry(entry=entry, cells=[GIRLS], why="twice", id=new_id(), **common),
        lambda: complete_entry(entry=entry, details=Details(), id=new_id(), **common),
        lambda: void_entry(entry=entry, id=new_id(), **common),
    ]


def test_strangers_mentors_and_the_coordinator_write_nothing(
        library: Library, entry: Visit, at: datetime, by_stranger: Actor, by_mentor: Actor,
        by_coordinator: Actor) -> None:
    for by in (by_stranger, by_mentor, by_coordinator):
        for attempt in everything(library, entry, by, at):
            with pytest.raises(NotAllowed):
                attempt()
    assert Visit.objects.valid().count() == 1


def test_a_kiosk_writes_visits_and_takes_back_its_own_for_two_minutes(
        library: Library, entry: Visit, at: datetime) -> None:
    kiosk = device(library)
    own = record_visit(library=library, sex="L", by=kiosk, at=at, id=new_id())
    with pytest.raises(NotAllowed):
        correct_entry(entry=own, cells=[GIRLS], why="twice", by=kiosk, at=at, id=new_id())
    with pytest.raises(NotAllowed):
        void_entry(entry=entry, by=kiosk, at=at, id=new_id())
    late = at + timedelta(minutes=3)
    assert code_of(lambda: void_entry(entry=own, by=kiosk, at=late, id=new_id())) == "undo_is_over"
    void_entry(entry=own, by=kiosk, at=at + timedelta(minutes=1), id=new_id())
    assert Visit.objects.valid().count() == 1


def test_a_kiosk_knows_no_member_numbers(library: Library, at: datetime, make_member: Callable[..., Member]) -> None:
    member = make_member(card="K7QM2X9P")
    assert code_of(lambda: record_visit(
        library=library, card=member.number, by=device(library), at=at, id=new_id())) == "unknown_card"


# --- counts, forgetting, database -------------------------------------------------------------------------


def test_counts_by_what_the_reports_ask(library: Library, other_library: Library, by_volunteer: Actor,
                                        by_stranger: Actor, at: datetime) -> None:
    record_tally(library=library, cells=[BOYS, GIRLS], by=by_volunteer, at=at, id=new_id())
    record_visit(library=library, sex="P", age_group="60+", details=Details(uses_ict=True), by=by_volunteer,
                 at=at - timedelta(days=1), id=new_id())
    record_visit(library=other_library, sex="P", by=by_stranger, at=at, id=new_id())

    def told(by: str | None) -> list[tuple[Any, int | None]]:
        return [(c.group, c.count) for c in visit_counts([library.pk], date(2026, 3, 9), date(2026, 3, 10), by)]

    assert told(None) == [(None, 28)]
    assert told("sex") == [("L", 12), ("P", 16)]
    assert told("day") == [(date(2026, 3, 9), 1), (date(2026, 3, 10), 27)]
    assert told("ict") == [(False, 27), (True, 1)]
    assert visit_counts(None, date(2026, 3, 9), date(2026, 3, 10))[0].count == 29
    assert visit_counts([], date(2026, 3, 9), date(2026, 3, 10))[0].count == 0


def test_after_twelve_months_it_is_not_known_who_came_and_the_count_stays(
        library: Library, by_volunteer: Actor, at: datetime, make_member: Callable[..., Member]) -> None:
    member = make_member(card="K7QM2X9P")
    for days in (1, 400):
        record_visit(library=library, card="K7QM2X9P", by=by_volunteer, at=at - timedelta(days=days), id=new_id())
    assert [len(part.rows) for part in tells(member.person)] == [2]
    assert (forget(at), forget(at)) == (1, 0)
    assert [len(part.rows) for part in tells(member.person)] == [1]
    assert list(Visit.objects.valid().order_by("local_date").values_list("person", "count")) == [
        (None, 1), (member.person_id, 1)]
    with pytest.raises(NotAllowed):
        forget_visitors(before=due_before(at), by=by_volunteer, at=at, id=new_id())
    assert forget_visitors(before=due_before(at), by=SCHEDULE, at=at, id=new_id()) == 0


@pytest.mark.parametrize("wrong", [{"count": 0}, {"sex": "X"}, {"age_group": "7-9"}])
def test_the_database_has_the_last_word(entry: Visit, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=entry.pk).update(**wrong)


def test_the_journal_reads_as_sentences(entry: Visit, library: Library, by_volunteer: Actor, at: datetime) -> None:
    from django.utils.translation import override

    correct_entry(entry=entry, cells=[GIRLS], why="wrong_count", by=by_volunteer, at=at, id=new_id())
    record_sheet(library=library, day=date(2026, 3, 1), cells=[GIRLS], by=by_volunteer, at=at, id=new_id())
    with override("en"):
        told = [s.text for s in journal.sentences(JournalLine.objects.order_by("position"), reader=by_volunteer)]
    name = library.name
    assert told == [
        f"Budi Santoso wrote down a visit at {name}", f"Budi Santoso corrected an entry at {name}: 1 became 15",
        f"Budi Santoso entered a page of the paper guest book of {name}: 15 people on 2026-03-01"]
    assert list(journal.faults()) == []
