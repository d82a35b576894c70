"""Returning: fines by the rule, at any library, found again, undone, replayed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from simpul.catalogue.models import Copy
from simpul.circulation.actions import (
    NotLent,
    mark_lost,
    pay_charge,
    renew_loan,
    return_copy,
    undo_lost,
    undo_renewal,
    undo_return,
    waive_charge,
)
from simpul.circulation.models import Charge, Loan, Renewal
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Closure, Library, OpeningHours


def on(day: int, hour: int = 3, month: int = 3) -> datetime:
    """That hour (UTC) of a day in March 2026; the 10th is a Tuesday."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_a_return_ends_the_loan_and_frees_the_copy(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any) -> None:
    copy = make_copy()
    lent = lend(copy, make_member())
    loan = take_back(copy, at=on(12))
    copy.refresh_from_db()
    assert (loan.pk, loan.returned_at, loan.returned_on) == (lent.pk, on(12), date(2026, 3, 12))
    assert (copy.state, Charge.objects.count()) == (Copy.State.AVAILABLE, 0)


def test_what_was_not_lent_is_told_harmlessly(take_back: Any, make_copy: Any) -> None:
    with pytest.raises(NotLent):
        take_back(make_copy())
    assert JournalLine.objects.count() == 0


def test_no_fine_where_no_rule_knows_one(lend: Any, take_back: Any, make_copy: Any, make_member: Any) -> None:
    copy = make_copy()
    lend(copy, make_member())
    take_back(copy, at=on(31))
    assert Charge.objects.count() == 0


@pytest.mark.parametrize(("day", "grace", "cap", "fine"), [
    (17, 0, 0, None),     # on the due day
    (18, 0, 0, 500),
    (20, 0, 0, 1500),
    (20, 2, 0, 500),      # two days of grace
    (19, 2, 0, None),
    (31, 0, 3000, 3000),  # never more than the cap
])
def test_the_fine_counts_days_after_grace_up_to_the_cap(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any, make_rule: Any, library: Library, day: int,
        grace: int, cap: int, fine: int | None) -> None:
    make_rule(library=library, fine_per_day=500, grace_days=grace, fine_at_most=cap)
    copy = make_copy()
    lend(copy, make_member())
    take_back(copy, at=on(day))
    assert [charge.amount for charge in Charge.objects.all()] == ([fine] if fine else [])


def test_days_on_which_the_library_was_closed_cost_nothing(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any, make_rule: Any, library: Library) -> None:
    make_rule(library=library, fine_per_day=500)
    for weekday in range(5):
        OpeningHours.objects.create(library=library, weekday=weekday, opens="08:00", closes="15:00")
    Closure.objects.create(library=library, first_on=date(2026, 3, 23), last_on=date(2026, 3, 24), reason="Lebaran")
    copy = make_copy()
    lend(copy, make_member())                      # due Tuesday the 17th
    take_back(copy, at=on(25))                     # 18, 19, 20, (weekend), (closed 23, 24), 25
    assert Charge.objects.get().amount == 4 * 500


def test_the_due_day_moves_off_closed_days(
        lend: Any, make_copy: Any, make_member: Any, library: Library) -> None:
    for weekday in range(5):
        OpeningHours.objects.create(library=library, weekday=weekday, opens="08:00", closes="15:00")
    Closure.objects.create(library=library, first_on=date(2026, 3, 20), last_on=date(2026, 3, 23), reason="Lebaran")
    loan = lend(make_copy(), make_member(), at=on(13))  # Friday + 7 is closed, then a weekend, then Monday closed
    assert loan.due_on == date(2026, 3, 24)


def test_a_copy_comes_back_at_another_library(
        lend: Any, make_copy: Any, make_member: Any, by_stranger: Any, other_library: Library,
        library: Library) -> None:
    copy = make_copy()
    lend(copy, make_member())
    loan = return_copy(copy=copy, by=by_stranger, at=on(12), id=new_id(), received_at=other_library)
    assert (loan.returned_to_id, JournalLine.objects.get(verb="loan.returned").library_id) == (
        other_library.pk, library.pk)


def test_a_stranger_takes_nothing_back_for_us(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any, by_stranger: Any, library: Library) -> None:
    copy = make_copy()
    lend(copy, make_member())
    with pytest.raises(NotAllowed):
        take_back(copy, by=by_stranger, received_at=library)


def test_a_clock_that_was_ahead_when_lending_does_not_keep_the_book_out(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any) -> None:
    copy, id = make_copy(), new_id()
    loan = lend(copy, make_member(), at=on(10, month=9))
    assert take_back(copy, at=on(12), id=id).returned_at == loan.lent_at
    assert JournalLine.objects.get(pk=id).flags == ["clock"]


def test_a_return_is_undone_with_its_fine(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any, make_rule: Any, library: Library,
        by_librarian: Any) -> None:
    make_rule(library=library, fine_per_day=500)
    copy = make_copy()
    lend(copy, make_member())
    loan = take_back(copy, at=on(20))
    undo_return(loan=loan, by=by_librarian, at=on(20) + timedelta(seconds=40), id=new_id())
    copy.refresh_from_db()
    assert (Loan.objects.get().is_open, copy.state, Charge.objects.valid().count()) == (
        True, Copy.State.ON_LOAN, 0)


def test_a_return_is_not_undone_when_the_copy_is_lent_again(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any, by_librarian: Any) -> None:
    copy = make_copy()
    lend(copy, make_member())
    loan = take_back(copy, at=on(12))
    lend(copy, make_member("Budi"), at=on(12))
    with pytest.raises(Refusal) as refused:
        undo_return(loan=loan, by=by_librarian, at=on(12), id=new_id())
    assert refused.value.code == "lent_again"


def test_a_replayed_return_corrects_the_implied_one(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any, by_volunteer: Any) -> None:
    phone = replace(by_volunteer, is_replay=True)
    copy = make_copy()
    first = lend(copy, make_member(), at=on(10))
    second = lend(copy, make_member("Budi"), at=on(12), by=phone)
    take_back(copy, at=on(11), by=phone)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.returned_at, first.is_implied_return, second.is_open) == (on(11), False, True)


def test_renewing_moves_the_due_day_once(
        lend: Any, make_copy: Any, make_member: Any, by_librarian: Any) -> None:
    loan = lend(make_copy(), make_member())
    renewed = renew_loan(loan=loan, by=by_librarian, at=on(16), id=new_id())
    assert (renewed.due_on, renewed.renewals) == (date(2026, 3, 23), 1)
    assert [(r.due_before, r.due_after) for r in Renewal.objects.all()] == [(date(2026, 3, 17), date(2026, 3, 23))]
    with pytest.raises(Refusal) as refused:
        renew_loan(loan=loan, by=by_librarian, at=on(20), id=new_id())
    assert (refused.value.code, refused.value.is_policy) == ("renewals_used_up", True)
    assert renew_loan(loan=loan, by=by_librarian, at=on(20), id=new_id(), because="sakit").renewals == 2


def test_renewing_on_the_day_of_lending_changes_nothing(
        lend: Any, make_copy: Any, make_member: Any, by_librarian: Any) -> None:
    loan = lend(make_copy(), make_member())
    with pytest.raises(Refusal) as refused:
        renew_loan(loan=loan, by=by_librarian, at=on(10), id=new_id())
    assert refused.value.code == "not_later"


def test_a_late_loan_is_not_renewed_around_its_fine(
        lend: Any, make_copy: Any, make_member: Any, by_librarian: Any, make_rule: Any, library: Library) -> None:
    make_rule(library=library, fine_per_day=500)
    loan = lend(make_copy(), make_member())
    with pytest.raises(Refusal) as refused:
        renew_loan(loan=loan, by=by_librarian, at=on(20), id=new_id())
    assert refused.value.code == "is_late"


def test_a_renewal_is_undone(lend: Any, make_copy: Any, make_member: Any, by_librarian: Any) -> None:
    loan = lend(make_copy(), make_member())
    renew_loan(loan=loan, by=by_librarian, at=on(16), id=new_id())
    back = undo_renewal(loan=loan, by=by_librarian, at=Renewal.objects.get().recorded_at, id=new_id())
    assert (back.due_on, back.renewals, Renewal.objects.valid().count()) == (date(2026, 3, 17), 0, 0)


def test_a_lost_copy_is_charged_and_may_turn_up(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any, by_librarian: Any) -> None:
    copy, member = make_copy(), make_member()
    loan = lend(copy, member)
    mark_lost(loan=loan, amount=45_000, by=by_librarian, at=on(30), id=new_id())
    copy.refresh_from_db()
    assert (copy.state, Loan.objects.open().count()) == (Copy.State.MISSING, 0)
    assert [(c.kind, c.amount) for c in Charge.objects.all()] == [("replacement", 45_000)]
    found = take_back(copy, at=on(31))
    copy.refresh_from_db()
    assert (found.pk, copy.state) == (loan.pk, Copy.State.AVAILABLE)


def test_lost_is_undone(lend: Any, make_copy: Any, make_member: Any, by_librarian: Any) -> None:
    copy = make_copy()
    loan = mark_lost(loan=lend(copy, make_member()), amount=45_000, by=by_librarian, at=on(30), id=new_id())
    undo_lost(loan=loan, by=by_librarian, at=on(30), id=new_id())
    copy.refresh_from_db()
    assert (Loan.objects.open().count(), Charge.objects.valid().count(), copy.state) == (1, 0, Copy.State.ON_LOAN)


def test_a_charge_is_paid_in_parts_and_the_rest_waived(
        lend: Any, make_copy: Any, make_member: Any, by_librarian: Any, by_volunteer: Any) -> None:
    mark_lost(loan=lend(make_copy(), make_member()), amount=45_000, by=by_librarian, at=on(30), id=new_id())
    charge = Charge.objects.get()
    assert pay_charge(charge=charge, amount=20_000, by=by_volunteer, at=on(30), id=new_id()).left == 25_000
    with pytest.raises(Refusal) as refused:
        pay_charge(charge=charge, amount=25_001, by=by_volunteer, at=on(30), id=new_id())
    assert refused.value.field == "amount"
    with pytest.raises(NotAllowed):
        waive_charge(charge=charge, because="kasihan", by=by_volunteer, at=on(30), id=new_id())
    waived = waive_charge(charge=charge, because="rumahnya kebanjiran", by=by_librarian, at=on(30), id=new_id())
    assert (waived.paid, waived.waived, waived.left) == (20_000, 25_000, 0)


def test_returning_asks_few_questions(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any, django_assert_max_num_queries: Any) -> None:
    copy = make_copy()
    lend(copy, make_member())
    with django_assert_max_num_queries(15):
        take_back(copy, at=on(11))
