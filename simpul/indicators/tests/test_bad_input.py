"""What goes wrong in the world: definitions that change in mid-year, moves in mid-month, odd days, overlapping periods."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.indicators import receipts
from simpul.indicators.definitions import Denominator, Indicator, Term, indicators
from simpul.indicators.figures import State, table, value
from simpul.indicators.models import StaleDay
from simpul.indicators.periods import Period, WrongPeriod
from simpul.indicators.places import of_city, of_library, of_region
from simpul.indicators.rollups.refreshing import refresh
from simpul.libraries.models import Library, Placement, Region
from simpul.visits.models import Visit

NOW = datetime(2027, 2, 1, 3, 0, tzinfo=UTC)
CHANGE = date(2026, 3, 16)


@pytest.fixture
def come(library: Library) -> Callable[..., Visit]:
    def write(n: int, on: date, **given: Any) -> Visit:
        return Visit.objects.create(**({"library": library, "entry_id": new_id(), "how": "tally", "count": n, "happened_at": NOW,
                                        "local_date": on, "recorded_at": NOW} | given))

    return write


def changed(id: str = "visits", **second: Any) -> Indicator:
    """An indicator whose second version counts only visits with a computer, from the day of the change on."""
    first = indicators()[id].now
    new = {"number": 2, "valid_from": CHANGE, "numerator": (Term(measure="ict_visits"),), **second}
    return Indicator(id, (replace(first, valid_until=CHANGE), replace(first, **new)))


def test_a_definition_that_changes_is_counted_by_parts_where_it_adds_up(come: Callable[..., Visit], library: Library) -> None:
    come(3, date(2026, 3, 15))
    come(40, date(2026, 3, 16))
    come(2, date(2026, 3, 31), uses_ict=True)
    for _when in range(2):
        figure = value(changed(), Period.parse("2026-03"), of_library(library), now=NOW)
        assert (figure.numerator, [version.number for version in figure.versions]) == (5, [1, 2])
        assert value(changed(), Period.parse("2026-04"), of_library(library), now=NOW).versions[0].number == 2
        refresh(NOW)


@pytest.mark.parametrize("second", [
    {"multiplier": 100}, {"denominator": Denominator("population", name="population")}, {"over_time": "distinct"},
    {"units": {"id": "orang", "en": "people"}}, {"numerator": (Term(measure="visits", is_people=True),)},
    {"numerator": (Term(measure="titles_held"),)}], ids=str)
def test_two_versions_that_do_not_add_up_say_so(second: dict[str, Any], come: Callable[..., Visit], library: Library) -> None:
    come(3, date(2026, 3, 15))
    figure = value(changed(**second), Period.parse("2026-03"), of_library(library), now=NOW)
    assert (figure.state, figure.value, figure.says != "") == (State.MIXED, None, True)
    before = value(changed(**second), Period.parse("2026-03-01..2026-03-15"), of_library(library), now=NOW)
    assert (before.state, before.numerator) == (State.OK, 3)


def test_a_stock_is_that_of_the_last_day_by_the_definition_of_that_day(come: Callable[..., Visit], library: Library,
                                                                       make_copy: Callable[..., Any]) -> None:
    come(1, date(2026, 3, 1))
    for _n in range(3):
        make_copy(received_on=date(2026, 3, 1))
    held = changed("copies_held", numerator=(Term(measure="copies", is_stock=True),))
    assert value(held, Period.parse("2026"), of_library(library), now=NOW).numerator == 3


def test_a_move_in_mid_month_gives_rows_lines_and_number_alike(come: Callable[..., Visit], library: Library) -> None:
    elsewhere = Region.objects.get(code="36.71.01.1002")
    Placement.objects.filter(library=library).delete()
    Placement.objects.create(library=library, region=library.region, until_on=CHANGE)
    Placement.objects.create(library=library, region=elsewhere, from_on=CHANGE)
    come(3, date(2026, 3, 15))
    come(40, date(2026, 3, 16))
    visits, march = discover()["visits"], Period.parse("2026-03")
    for code, n in (("36.71.01.1007", 3), ("36.71.01.1002", 40), ("36.71.01", 43)):
        place = of_region(Region.objects.get(code=code))
        assert value(indicators()["visits"], march, place, now=NOW).numerator == n
        assert sum(row.count for row in receipts.rows_of(visits, place, march)) == n
        assert sum(of for _library, _day, of in receipts.days_of(visits, place, march)) == n


def test_week_53_and_leap_days_are_days_like_others(come: Callable[..., Visit], library: Library) -> None:
    for n, on in enumerate((date(2024, 2, 29), date(2026, 12, 28), date(2027, 1, 3)), 1):
        come(10 ** n, on)
    for _when in range(2):
        got = {code: value(indicators()["visits"], Period.parse(code), of_library(library), now=NOW).numerator
               for code in ("2024-02", "2024", "2024-02-29", "2026-W53", "2026", "2027-01")}
        assert got == {"2024-02": 10, "2024": 10, "2024-02-29": 10, "2026-W53": 1100, "2026": 100, "2027-01": 1000}
        refresh(NOW)
    assert Period.parse("2024-02-29").year_before() == Period.parse("2023-02-28")
    with pytest.raises(WrongPeriod):
        Period.parse("2025-W53")


def test_the_future_and_the_time_before_a_library_stay_in_their_own_periods(come: Callable[..., Visit], library: Library) -> None:
    Library.objects.filter(pk=library.pk).update(opened_on=date(2026, 6, 1))
    come(5, date(2026, 3, 1))
    come(7, date(2027, 5, 1))
    refresh(NOW)
    got = {code: value(indicators()["visits"], Period.parse(code), of_city(), now=NOW).numerator
           for code in ("2026", "2027-05", "2027-01")}
    assert (got, list(StaleDay.objects.values_list("local_date", flat=True))) == (
        {"2026": 5, "2027-05": 7, "2027-01": None}, [date(2027, 5, 1)])


def test_overlapping_periods_are_refused(library: Library) -> None:
    with pytest.raises(ValueError, match="overlap"):
        table(indicators()["visits"], Period.parse("2026"), of_city(), now=NOW,
              periods=[Period.parse("2026-03"), Period.parse("2026-03-31..2026-04-02")])
