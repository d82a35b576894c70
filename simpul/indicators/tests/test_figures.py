"""Periods, places, coverage, people, receipts: what a figure says and when it says nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.indicators.codes import code_of, read_code
from simpul.indicators.coverage import State as Covered
from simpul.indicators.coverage import coverage, days_of
from simpul.indicators.definitions import indicators
from simpul.indicators.figures import State, table, trend, value
from simpul.indicators.models import SealedPeople
from simpul.indicators.people import people, seal
from simpul.indicators.periods import Kind, Period, WrongPeriod
from simpul.indicators.places import of_city, of_libraries, of_library, of_region
from simpul.indicators.rollups.refreshing import refresh
from simpul.indicators.rollups.verifying import verify
from simpul.libraries.models import Closure, Library, OpeningHours, Placement, Region
from simpul.visits.models import Visit
from simpul.visits.schedule import forget

NOW = datetime(2026, 4, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 4, 20)
MARCH = Period.parse("2026-03")


@pytest.fixture
def come(library: Library, at: datetime) -> Callable[..., Visit]:
    def write(n: int = 1, *, on: date = date(2026, 3, 10), where: Library | None = None, **given: Any) -> Visit:
        return Visit.objects.create(**({"library": where or library, "entry_id": new_id(), "how": "tally", "count": n,
                                        "happened_at": at, "local_date": on, "recorded_at": at} | given))

    return write


@pytest.mark.parametrize(("text", "kind", "first", "last"), [
    ("2025", Kind.YEAR, "2025-01-01", "2025-12-31"), ("2025-03", Kind.MONTH, "2025-03-01", "2025-03-31"),
    ("2024-02", Kind.MONTH, "2024-02-01", "2024-02-29"), ("2025-Q4", Kind.QUARTER, "2025-10-01", "2025-12-31"),
    ("2026-W11", Kind.WEEK, "2026-03-09", "2026-03-15"), ("2026-03-10", Kind.DAY, "2026-03-10", "2026-03-10"),
    ("2026-03-02..2026-03-09", Kind.SPAN, "2026-03-02", "2026-03-09"), ("9999-12", Kind.MONTH, "9999-12-01", "9999-12-31")])
def test_a_period_is_read_and_written_alike(text: str, kind: Kind, first: str, last: str) -> None:
    period = Period.parse(text)
    assert (period.kind, period.first.isoformat(), period.last.isoformat(), period.code) == (kind, first, last, text)
    assert Period.between(period.first, period.last) == period


@pytest.mark.parametrize("text", ["", "25", "2025-13", "2025-02-30", "2025-Q5", "2026-W60", "x", "2025-03-02..2025-03-01",
                                  "0000", "99999", "2025-3", "2025-03-01..x", "'; DROP TABLE"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(WrongPeriod):
        Period.parse(text)


@pytest.mark.parametrize(("text", "before"), [("2025", "2024"), ("2025-03", "2024-03"), ("2024-02", "2023-02"),
                                              ("2025-02", "2024-02"), ("2026-Q1", "2025-Q1"), ("2024-02-29", "2023-02-28")])
def test_a_year_before(text: str, before: str) -> None:
    assert Period.parse(text).year_before().code == before


def test_no_data_is_not_zero(come: Callable[..., Visit], library: Library, other_library: Library,
                             make_library: Callable[..., Library]) -> None:
    closed, born_later, unheard = (make_library(), make_library(opened_on=date(2026, 5, 1)), make_library())
    Closure.objects.create(library=closed, first_on=date(2026, 3, 1), last_on=date(2026, 3, 31), reason="Renovasi")
    come(3)
    come(1, where=other_library, recorded_at=datetime(2026, 4, 15, tzinfo=UTC))
    refresh(NOW)
    covered = coverage(of_city(), MARCH, TODAY, with_late=True)
    assert covered.by_library == {library.pk: Covered.RECEIVED, other_library.pk: Covered.LATE, closed.pk: Covered.CLOSED,
                                  born_later.pk: Covered.NOT_APPLICABLE, unheard.pk: Covered.SILENT}
    assert (covered.expected, covered.received, covered.late, covered.silent) == (3, 2, 1, 1)
    visits, loans = indicators()["visits"], indicators()["loans"]

    def told(where: Library, code: str = "2026-03", indicator: Any = visits) -> tuple[State, Any]:
        figure = value(indicator, Period.parse(code), of_library(where), now=NOW)
        return figure.state, figure.value

    assert told(library) == (State.OK, 3)
    assert told(library, indicator=loans) == (State.OK, 0)  # it recorded, and nothing was lent
    assert told(closed) == (State.CLOSED, None)
    assert told(born_later) == (State.NOT_APPLICABLE, None)
    assert told(unheard) == (State.NO_DATA, None)
    assert told(unheard, "2027") == (State.NOT_YET, None)


def test_a_table_costs_the_same_for_one_and_three_libraries(
        come: Callable[..., Visit], library: Library, make_library: Callable[..., Library],
        django_assert_num_queries: Any) -> None:
    come(3)
    come(2, on=date(2026, 2, 3))
    made = table(indicators()["visits"], Period.parse("2026-02-01..2026-03-31"), of_libraries([library]), now=NOW)
    assert ([line.numbers for line in made.lines], made.totals, made.total) == ([(2, 3)], (2, 3), 5)
    others = [make_library(), make_library()]
    for other in others:
        come(7, where=other)
        come(1, where=other, on=date(2026, 2, 3))
    refresh(NOW)
    place = of_libraries([library, *others])
    with django_assert_num_queries(4):
        made = table(indicators()["visits"], Period.parse("2026-Q1").clipped(date(2026, 2, 1), None), place, now=NOW)  # type: ignore[arg-type]
    assert (made.totals, [line.total for line in made.lines]) == ((4, 17), [5, 8, 8])
    with pytest.raises(ValueError, match="overlap"):
        table(indicators()["visits"], MARCH, place, periods=[MARCH, Period.parse("2026-03-10")])
    assert [n for _period, n in trend(indicators()["visits"], place, until=date(2026, 3, 9), months=2)] == [4, 17]


def test_a_region_has_the_days_on_which_a_library_stood_there(come: Callable[..., Visit], library: Library) -> None:
    here, there = library.region, Region.objects.get(code="36.71.01.1002")
    Placement.objects.create(library=library, region=here, until_on=date(2026, 3, 10))
    Placement.objects.create(library=library, region=there, from_on=date(2026, 3, 10))
    come(3, on=date(2026, 3, 9), sex="P")
    come(40, on=date(2026, 3, 10), sex="P")
    for is_rolled in (False, True):
        if is_rolled:
            refresh(NOW)
        numbers = [value(indicators()["visits"], MARCH, of_region(region), by=("sex",), now=NOW) for region in (
            here, there, Region.objects.get(code="36.71.01"))]
        assert [figure.value for figure in numbers] == [3, 40, 43]
        # a month cut in two would tell three women
        assert [figure.broken.cells if figure.broken else None for figure in numbers][:2] == [None, None]


def test_people_are_sealed_before_they_are_unlinked_and_verify_says_so(
        library: Library, at: datetime, make_member: Callable[..., Any]) -> None:
    one, other = make_member("Siti"), make_member("Ani")
    for n, member in enumerate((one, one, other)):
        Visit.objects.create(library=library, entry_id=new_id(), how="member", person=member.person, sex="P", happened_at=at,
                             local_date=date(2026, 3, 10 + n), recorded_at=at)
    measure = discover()["visits"]
    assert (people(measure, of_library(library), MARCH).most, people(measure, of_city(), MARCH).method) == (2, "exact")
    later = at + timedelta(days=800)
    assert forget(later) == 3
    assert Visit.objects.filter(person__isnull=False).count() == 0
    told = people(measure, of_library(library), MARCH)
    assert (told.least, told.most, told.method, told.is_sealed, told.unlinked) == (2, 2, "sealed", True, 0)
    assert people(measure, of_library(library), Period.parse("2026")).most == 2
    refresh(later)
    assert (verify().sealed, verify().differences) == (SealedPeople.objects.count(), ())
    assert seal("visits", before=date(2027, 1, 1), at=later) == 0


def test_open_days_are_held_against_those_with_records(come: Callable[..., Visit], library: Library) -> None:
    come(3, on=date(2026, 3, 2))
    assert days_of(library, MARCH, TODAY).open is None
    OpeningHours.objects.create(library=library, weekday=0, opens=time(8), closes=time(12))
    days = days_of(library, MARCH, TODAY)
    assert (days.open, days.recorded, days.silent) == (5, 1, tuple(date(2026, 3, n) for n in (9, 16, 23, 30)))


@pytest.mark.parametrize(("place", "period"), [("L001", "2026-03"), ("36.71.01", "2026"), ("kota", "2026-03-02..2026-03-09")])
def test_a_short_code_says_what_where_and_when(place: str, period: str) -> None:
    printed = read_code(code_of("visits", place, period, NOW))
    assert printed is not None
    assert (printed.indicator, printed.place, printed.period, printed.on) == ("visits", place, period, TODAY)


@pytest.mark.parametrize("text", ["", "visits", "visits..2026", "visits.L001.2026.-", "a.b.c.d.e"])
def test_what_is_no_code_leads_nowhere(text: str) -> None:
    assert read_code(text) is None


def test_paper_leads_to_the_receipt_and_what_changed_since(
        come: Callable[..., Visit], library: Library, librarian: Account, stranger: Account, sign_in: Any) -> None:
    first = come(3)
    code = code_of("visits", library.code, "2026-03", first.recorded_at)
    come(2, recorded_at=NOW)
    Visit.objects.filter(pk=first.pk).update(voided_at=NOW)
    answer = sign_in(librarian).get(f"/k/{code}/", follow=True)
    assert (answer.status_code, answer.context["value"]) == (200, 2)
    assert (answer.context["since"]["changes"].came, answer.context["since"]["changes"].taken_back) == (1, 1)
    assert sign_in(stranger).get(f"/k/{code}/", follow=True).status_code == 404
    assert Client().get(f"/k/{code}/").status_code == 302
    assert sign_in(librarian).get("/k/nothing.L001.2026/").status_code == 404


@pytest.mark.parametrize("query", ["periode=2026-13", "sejak=x", "periode=%00", "tempat=36.99", "tempat=%00", "sejak=0001-01-01"])
def test_a_broken_address_is_not_there(query: str, library: Library, librarian: Account, sign_in: Any) -> None:
    assert sign_in(librarian).get(f"/angka/visits/?library={library.code}&{query}").status_code in (404, 200)
    if "tempat" not in query:
        assert sign_in(librarian).get(f"/angka/visits/?library={library.code}&{query}").status_code == 404
