"""Lending: one open loan a copy, the rules, who may set them aside, and what a replay brings."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from simpul.catalogue.models import Copy
from simpul.circulation.actions import CopyIsLent, lend_copy, undo_loan
from simpul.circulation.models import Loan
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Library


def test_a_loan_says_who_has_what_until_when(lend: Any, make_copy: Any, make_member: Any, at: datetime) -> None:
    copy, member, id = make_copy(), make_member(birth_year=1990, sex="P"), new_id()
    loan = lend(copy, member, id=id)
    copy.refresh_from_db()
    assert (loan.pk, loan.copy_id, loan.member_id, loan.local_date, loan.due_on, loan.sex, loan.age_group) == (
        id, copy.pk, member.pk, date(2026, 3, 10), date(2026, 3, 17), "P", "18-59")
    assert copy.state == Copy.State.ON_LOAN
    line = JournalLine.objects.get(pk=id)
    assert (line.verb, line.library_id, line.flags) == ("loan.lent", copy.library_id, [])


def test_a_double_click_is_one_loan(lend: Any, make_copy: Any, make_member: Any) -> None:
    copy, member, id = make_copy(), make_member(), new_id()
    assert lend(copy, member, id=id) == lend(copy, member, id=id)
    assert Loan.objects.count() == 1


def test_a_lent_copy_is_refused_and_says_until_when(lend: Any, make_copy: Any, make_member: Any) -> None:
    copy = make_copy()
    lend(copy, make_member())
    with pytest.raises(CopyIsLent) as refused:
        lend(copy, make_member("Budi"))
    assert refused.value.facts["due_on"] == "2026-03-17"
    assert not refused.value.is_policy


def test_no_reason_sets_a_lent_copy_free(lend: Any, make_copy: Any, make_member: Any) -> None:
    copy = make_copy()
    lend(copy, make_member())
    with pytest.raises(CopyIsLent):
        lend(copy, make_member("Budi"), because="dia menunggu")


@pytest.mark.django_db(transaction=True)
def test_two_desks_lending_one_copy_exactly_one_succeeds(
        make_copy: Any, make_member: Any, by_librarian: Any, at: datetime) -> None:
    copy, members = make_copy(), [make_member(f"Anggota {n}") for n in range(6)]
    start, told = Barrier(len(members)), []

    def desk(member: Any) -> None:
        try:
            start.wait()
            lend_copy(copy=copy, to=member, by=by_librarian, at=at, id=new_id())
            told.append("lent")
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    desks = [Thread(target=desk, args=[member]) for member in members]
    for thread in desks:
        thread.start()
    for thread in desks:
        thread.join()
    assert sorted(told) == ["copy_is_lent"] * 5 + ["lent"]
    assert Loan.objects.open().filter(copy=copy).count() == 1
    assert JournalLine.objects.filter(verb="loan.lent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_desks_lending_to_one_member_keep_her_limit(
        make_copy: Any, make_member: Any, by_librarian: Any, at: datetime) -> None:
    member, copies = make_member(), [make_copy() for _ in range(5)]
    start, told = Barrier(len(copies)), []

    def desk(copy: Any) -> None:
        try:
            start.wait()
            lend_copy(copy=copy, to=member, by=by_librarian, at=at, id=new_id())
            told.append("lent")
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    desks = [Thread(target=desk, args=[copy]) for copy in copies]
    for thread in desks:
        thread.start()
    for thread in desks:
        thread.join()
    assert sorted(told) == ["lent"] * 3 + ["limit_reached"] * 2


def test_the_limit_is_refused_until_one_comes_back(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any) -> None:
    member, copies = make_member(), [make_copy() for _ in range(4)]
    for copy in copies[:3]:
        lend(copy, member)
    with pytest.raises(Refusal) as refused:
        lend(copies[3], member)
    assert (refused.value.code, refused.value.is_policy, refused.value.facts) == (
        "limit_reached", True, {"has": 3, "limit": 3})
    take_back(copies[0])
    assert lend(copies[3], member).is_open


@pytest.mark.parametrize(("given", "code"), [
    ({"ended_on": date(2026, 3, 1)}, "membership_ended"),
    ({"until_on": date(2026, 3, 9)}, "membership_expired"),
    ({"blocked_because": "dua buku belum kembali"}, "blocked"),
])
def test_who_may_not_borrow_is_told_why(
        lend: Any, make_copy: Any, make_member: Any, given: dict[str, Any], code: str) -> None:
    member = make_member()
    for name, value in given.items():
        setattr(member, name, value)
    member.save()
    with pytest.raises(Refusal) as refused:
        lend(make_copy(), member)
    assert (refused.value.code, refused.value.is_policy) == (code, True)


@pytest.mark.parametrize(("state", "code"), [
    (Copy.State.REFERENCE, "reference_only"), (Copy.State.DAMAGED, "damaged"), (Copy.State.WITHDRAWN, "withdrawn")])
def test_what_is_not_for_lending_is_refused(
        lend: Any, make_copy: Any, make_member: Any, state: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        lend(make_copy(state=state), make_member())
    assert refused.value.code == code


def test_the_librarian_sets_a_rule_aside_with_a_reason(lend: Any, make_copy: Any, make_member: Any) -> None:
    copy, id = make_copy(state=Copy.State.REFERENCE), new_id()
    loan = lend(copy, make_member(), because="untuk lomba besok", id=id)
    copy.refresh_from_db()
    assert loan.lent_although == "untuk lomba besok"
    assert JournalLine.objects.get(pk=id).flags == ["reference_only"]
    assert copy.state == Copy.State.REFERENCE  # it stays a reference copy when it is back


def test_a_volunteer_does_not_set_rules_aside(
        lend: Any, make_copy: Any, make_member: Any, by_volunteer: Any) -> None:
    with pytest.raises(NotAllowed):
        lend(make_copy(state=Copy.State.REFERENCE), make_member(), because="boleh ya", by=by_volunteer)


def test_no_reason_replaces_a_guardians_consent(lend: Any, make_copy: Any, make_member: Any) -> None:
    with pytest.raises(Refusal) as refused:
        lend(make_copy(), make_member("Adi", birth_year=2017), because="anaknya baik")
    assert refused.value.code == "no_consent"


def test_a_withdrawn_copy_is_not_lent_for_any_reason(lend: Any, make_copy: Any, make_member: Any) -> None:
    with pytest.raises(Refusal) as refused:
        lend(make_copy(state=Copy.State.WITHDRAWN), make_member(), because="ada di sini")
    assert refused.value.code == "withdrawn"


def test_a_missing_copy_that_turns_up_is_simply_lent(lend: Any, make_copy: Any, make_member: Any) -> None:
    copy = make_copy(state=Copy.State.MISSING)
    lend(copy, make_member())
    copy.refresh_from_db()
    assert copy.state == Copy.State.ON_LOAN


def test_a_replayed_loan_is_recorded_and_flagged(
        lend: Any, make_copy: Any, make_member: Any, by_volunteer: Any) -> None:
    phone, id = replace(by_volunteer, is_replay=True), new_id()
    copy, child = make_copy(state=Copy.State.REFERENCE), make_member("Adi", birth_year=2017)
    assert lend(copy, child, by=phone, id=id).is_open
    assert JournalLine.objects.get(pk=id).flags == ["reference_only", "no_consent"]


def test_a_replayed_loan_of_a_copy_that_is_out_implies_its_return(
        lend: Any, make_copy: Any, make_member: Any, by_volunteer: Any, at: datetime) -> None:
    copy, later, id = make_copy(), at + timedelta(hours=1), new_id()
    first = lend(copy, make_member())
    second = lend(copy, make_member("Budi"), by=replace(by_volunteer, is_replay=True), at=later, id=id)
    first.refresh_from_db()
    copy.refresh_from_db()
    assert (first.returned_at, first.is_implied_return, second.is_open) == (later, True, True)
    assert JournalLine.objects.get(pk=id).flags == ["implied_return"]
    assert copy.state == Copy.State.ON_LOAN


def test_an_older_replayed_loan_ended_when_the_known_one_began(
        lend: Any, make_copy: Any, make_member: Any, by_volunteer: Any, at: datetime) -> None:
    copy = make_copy()
    known = lend(copy, make_member())
    older = lend(copy, make_member("Budi"), by=replace(by_volunteer, is_replay=True), at=at - timedelta(hours=1))
    known.refresh_from_db()
    assert (known.is_open, older.returned_at, older.is_implied_return) == (True, at, True)


def test_strangers_mentors_and_coordinators_do_not_lend(
        lend: Any, make_copy: Any, make_member: Any, by_stranger: Any, by_mentor: Any, by_coordinator: Any) -> None:
    copy, member = make_copy(), make_member()
    for actor in (by_stranger, by_mentor, by_coordinator):
        with pytest.raises(NotAllowed):
            lend(copy, member, by=actor)
    assert Loan.objects.count() == 0


def test_the_day_is_the_librarys_own(lend: Any, make_copy: Any, make_member: Any, library: Library) -> None:
    library.time_zone = Library.TimeZone.WIT
    library.save()
    before_midnight_in_wib = datetime(2026, 3, 10, 15, 30, tzinfo=UTC)  # 00.30 WIT, 11 March
    loan = lend(make_copy(), make_member(), at=before_midnight_in_wib)
    assert (loan.local_date, loan.due_on) == (date(2026, 3, 11), date(2026, 3, 18))


def test_a_loan_is_undone_within_minutes_and_stays_as_voided(
        lend: Any, make_copy: Any, make_member: Any, by_librarian: Any) -> None:
    copy = make_copy()
    loan = lend(copy, make_member())
    at = loan.recorded_at + timedelta(seconds=50)
    undo_loan(loan=loan, by=by_librarian, at=at, id=new_id())
    copy.refresh_from_db()
    assert (Loan.objects.get().voided_at, copy.state) == (at, Copy.State.AVAILABLE)


def test_a_loan_is_not_undone_an_hour_later(lend: Any, make_copy: Any, make_member: Any, by_librarian: Any) -> None:
    loan = lend(make_copy(), make_member())
    with pytest.raises(Refusal) as refused:
        undo_loan(loan=loan, by=by_librarian, at=loan.recorded_at + timedelta(hours=1), id=new_id())
    assert refused.value.code == "too_late"


def test_a_member_of_another_library_borrows_with_her_card(
        lend: Any, make_copy: Any, make_member: Any, other_library: Library) -> None:
    loan = lend(make_copy(), make_member("Tamu", library=other_library))
    assert loan.library.code == "L001"


def test_lending_asks_few_questions(
        lend: Any, make_copy: Any, make_member: Any, django_assert_max_num_queries: Any) -> None:
    copy, member = make_copy(), make_member()
    with django_assert_max_num_queries(24):
        lend(copy, member)
