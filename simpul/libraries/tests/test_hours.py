"""When a library is open."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.actions import (
    Hours,
    HoursRefused,
    declare_closure,
    restore_closure,
    set_opening_hours,
    withdraw_closure,
)
from simpul.libraries.models import Library
from simpul.libraries.queries import days_open, hours_on, is_closed_by_choice, is_open, next_open_day, week_of
from simpul.libraries.ramadan import RAMADAN, is_ramadan

AT = datetime(2026, 6, 8, 3, 0, tzinfo=UTC)
MONDAY = date(2026, 6, 8)
WORKDAYS = [Hours(day, time(8), time(15)) for day in range(5)]


@pytest.fixture
def told(library: Library, by_librarian: Actor) -> Library:
    """Monday to Friday, 8 to 15, always."""
    tell(library, by_librarian)
    return library


def tell(library: Library, by: Actor, **given: Any) -> None:
    set_opening_hours(**({"library": library, "season": "usual", "hours": WORKDAYS, "from_on": None, "by": by,
                          "at": AT, "id": new_id()} | given))


def close(library: Library, by: Actor, first_on: date, last_on: date, **given: Any) -> Any:
    return declare_closure(**({"library": library, "first_on": first_on, "last_on": last_on, "reason": "Libur",
                               "by": by, "at": AT, "id": new_id()} | given))


def test_unknown_hours_are_neither_open_nor_closed(library: Library) -> None:
    assert (hours_on(library, MONDAY), is_open(library, AT), days_open(library, MONDAY, MONDAY)) == (None, None, None)
    assert (is_closed_by_choice(library, MONDAY), next_open_day(library, MONDAY)) == (False, MONDAY)


@pytest.mark.parametrize(("utc", "is_it"), [
    ((2026, 6, 8, 0, 59), False),   # 07.59 WIB
    ((2026, 6, 8, 1, 0), True),     # 08.00
    ((2026, 6, 8, 7, 59), True),    # 14.59
    ((2026, 6, 8, 8, 0), False),    # 15.00
    ((2026, 6, 7, 3, 0), False),    # Sunday
    ((2026, 6, 6, 18, 0), False),   # already Sunday in Tangerang
])
def test_doors_follow_the_librarys_own_clock(told: Library, utc: tuple[int, ...], is_it: bool) -> None:
    assert is_open(told, datetime(*utc, tzinfo=UTC)) is is_it  # type: ignore[misc,arg-type]


def test_two_hours_east_it_opens_two_hours_earlier(told: Library) -> None:
    told.time_zone = "Asia/Jayapura"
    assert is_open(told, datetime(2026, 6, 7, 23, 0, tzinfo=UTC)) is True


def test_a_break_at_noon_is_closed(library: Library, by_librarian: Actor) -> None:
    tell(library, by_librarian, hours=[Hours(0, time(8), time(12)), Hours(0, time(13), time(16))])
    assert hours_on(library, MONDAY) == ((time(8), time(12)), (time(13), time(16)))
    assert is_open(library, datetime(2026, 6, 8, 5, 30, tzinfo=UTC)) is False
    assert hours_on(library, MONDAY + timedelta(days=1)) == ()


def test_ramadan_has_its_own_week_or_the_usual_one(told: Library, by_librarian: Actor) -> None:
    fasting = date(2026, 3, 10)
    assert hours_on(told, fasting) == ((time(8), time(15)),)
    tell(told, by_librarian, season="ramadan", hours=[Hours(day, time(9), time(13)) for day in range(5)])
    assert hours_on(told, fasting) == ((time(9), time(13)),)
    assert hours_on(told, MONDAY) == ((time(8), time(15)),)


def test_ramadan_months_follow_each_other_by_a_lunar_year() -> None:
    assert all(29 <= (last - first).days + 1 <= 30 for first, last in RAMADAN)
    starts = [first for first, _last in RAMADAN]
    assert all(353 <= (after - before).days <= 356 for before, after in pairwise(starts))
    assert (is_ramadan(date(2026, 2, 19)), is_ramadan(date(2026, 3, 21))) == (True, False)


def test_a_change_of_hours_leaves_the_past_alone(told: Library, by_librarian: Actor) -> None:
    tell(told, by_librarian, hours=[Hours(5, time(9), time(12))], from_on=MONDAY)
    assert hours_on(told, MONDAY - timedelta(days=3)) == ((time(8), time(15)),)
    assert hours_on(told, MONDAY) == ()
    assert hours_on(told, MONDAY + timedelta(days=5)) == ((time(9), time(12)),)


def test_hours_told_twice_for_one_day_are_replaced(told: Library, by_librarian: Actor) -> None:
    for closes in (16, 17):
        tell(told, by_librarian, hours=[Hours(0, time(8), time(closes))], from_on=MONDAY)
    assert hours_on(told, MONDAY) == ((time(8), time(17)),)
    assert hours_on(told, MONDAY - timedelta(days=7)) == ((time(8), time(15)),)


def test_hours_of_last_month_may_be_corrected_before_later_ones(told: Library, by_librarian: Actor) -> None:
    tell(told, by_librarian, hours=[Hours(0, time(8), time(16))], from_on=MONDAY + timedelta(days=14))
    tell(told, by_librarian, hours=[Hours(0, time(8), time(17))], from_on=MONDAY)
    assert hours_on(told, MONDAY + timedelta(days=21)) == ((time(8), time(17)),)


def test_declared_days_are_closed_until_withdrawn(told: Library, by_librarian: Actor) -> None:
    closure = close(told, by_librarian, MONDAY, MONDAY + timedelta(days=1))
    assert [hours_on(told, MONDAY + timedelta(days=n)) == () for n in range(3)] == [True, True, False]
    withdraw_closure(closure=closure, by=by_librarian, at=AT, id=new_id())
    assert hours_on(told, MONDAY) == ((time(8), time(15)),)
    restore_closure(closure=closure, by=by_librarian, at=AT, id=new_id())
    assert hours_on(told, MONDAY) == ()


def test_open_days_and_the_next_one(told: Library, by_librarian: Actor) -> None:
    close(told, by_librarian, MONDAY, MONDAY + timedelta(days=2))
    sunday = MONDAY - timedelta(days=1)
    assert days_open(told, sunday, MONDAY + timedelta(days=6)) == (date(2026, 6, 11), date(2026, 6, 12))
    assert next_open_day(told, sunday) == date(2026, 6, 11)
    assert next_open_day(told, date(2026, 6, 11)) == date(2026, 6, 11)


def test_unknown_hours_still_move_past_declared_days(library: Library, by_librarian: Actor) -> None:
    close(library, by_librarian, MONDAY, MONDAY)
    assert next_open_day(library, MONDAY) == MONDAY + timedelta(days=1)


def test_a_library_closed_for_good_has_no_next_open_day(told: Library) -> None:
    told.closed_on = MONDAY
    assert (hours_on(told, MONDAY), next_open_day(told, MONDAY)) == ((), MONDAY)
    assert hours_on(told, MONDAY - timedelta(days=3)) == ((time(8), time(15)),)


def test_the_week_begins_today(told: Library) -> None:
    week = week_of(told, MONDAY)
    assert [(day.day.day, bool(day.spans), day.is_today) for day in week] == [
        (8, True, True), (9, True, False), (10, True, False), (11, True, False), (12, True, False),
        (13, False, False), (14, False, False)]


def test_many_libraries_are_asked_in_three_queries(told: Library, other_library: Library,
                                                   django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        found = [days_open(one, MONDAY, MONDAY + timedelta(days=60))
                 for one in Library.objects.with_hours().order_by("code")]
    assert [days is None for days in found] == [False, True]


@pytest.mark.parametrize(("hours", "code"), [
    ([Hours(0, time(15), time(8))], "closes_before_opens"),
    ([Hours(0, time(8), time(12)), Hours(0, time(11), time(15))], "hours_overlap"),
    ([Hours(7, time(8), time(12))], "no_such_weekday"),
])
def test_impossible_hours_are_refused(library: Library, by_librarian: Actor, hours: list[Hours], code: str) -> None:
    with pytest.raises(HoursRefused) as refused:
        tell(library, by_librarian, hours=hours)
    assert (refused.value.code, library.opening_hours.count()) == (code, 0)


@pytest.mark.parametrize(("days", "reason", "code"), [
    (-1, "Libur", "ends_before_start"), (400, "Libur", "too_long"), (0, " ", "reason_missing")])
def test_impossible_closures_are_refused(library: Library, by_librarian: Actor, days: int, reason: str,
                                         code: str) -> None:
    with pytest.raises(HoursRefused) as refused:
        close(library, by_librarian, MONDAY, MONDAY + timedelta(days=days), reason=reason)
    assert refused.value.code == code


def test_volunteers_strangers_and_mentors_set_no_hours(library: Library, by_volunteer: Actor, by_stranger: Actor,
                                                       by_mentor: Actor) -> None:
    for actor in (by_volunteer, by_stranger, by_mentor):
        with pytest.raises(NotAllowed):
            tell(library, actor)
        with pytest.raises(NotAllowed):
            close(library, actor, MONDAY, MONDAY)
