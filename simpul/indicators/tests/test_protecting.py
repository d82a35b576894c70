"""What outsiders see, attacked: every table that would look the same is tried, and differences of all they can ask."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.accounts.models import Account
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.indicators.definitions import indicators
from simpul.indicators.figures import State, value
from simpul.indicators.periods import Period
from simpul.indicators.places import of_city, of_library
from simpul.indicators.protecting import SMALL, Broken, added_up, may_be_broken_down, told
from simpul.libraries.models import Library
from simpul.visits.models import Visit

NOW = datetime(2027, 1, 5, 3, 0, tzinfo=UTC)
NAMES = ("a", "b", "c", "d")


def seen(table: tuple[int, ...]) -> tuple[Any, ...]:
    block = told(dict(zip(NAMES, table, strict=False)))
    return tuple(sorted(block.cells.items())), block.rest


@pytest.mark.parametrize(("width", "most"), [(1, 9), (2, 12), (3, 9), (4, 7)])
def test_no_small_cell_follows_from_what_is_told_of_a_block(width: int, most: int) -> None:
    """Every table with cells up to `most`: whoever knows the total and the method finds no cell of one to four."""
    alike: dict[tuple[Any, ...], list[tuple[int, ...]]] = {}
    for table in product(range(most + 1), repeat=width):
        alike.setdefault((*seen(table), sum(table)), []).append(table)
    for tables in alike.values():
        for cell in range(width):
            possible = {table[cell] for table in tables}
            if len(possible) == 1:
                # where there is but one value the cell is the total itself, which is no breakdown
                assert not 0 < possible.pop() < SMALL or width == 1, tables


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 60)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_sum_is_made_of_told_cells_and_loses_nothing(blocks: list[dict[str, int]]) -> None:
    whole = added_up({(n,): block for n, block in enumerate(blocks)})
    assert sum(whole.cells.values()) + (whole.rest or 0) == sum(sum(block.values()) for block in blocks)
    parts = [told(block) for block in blocks]
    assert all(n >= SMALL for part in parts for n in part.cells.values())
    for name in NAMES:
        assert whole.cells.get(name, 0) == sum(part.cells.get(name, 0) for part in parts)


@pytest.mark.parametrize(("cells", "seen_"), [
    ({"a": 20, "b": 7}, Broken({"a": 20, "b": 7})),
    ({"a": 20, "b": 7, "c": 3}, Broken({"a": 20}, 10)),
    ({"a": 20, "b": 4, "c": 4}, Broken({}, 28)),
    ({"a": 3}, Broken({}, 3)), ({}, Broken({})), ({"a": 0, "b": 5}, Broken({"b": 5}))])
def test_examples(cells: dict[str, int], seen_: Broken) -> None:
    assert told(cells) == seen_


@pytest.fixture
def year(library: Library, other_library: Library) -> Callable[[], Iterator[tuple[str, int]]]:
    """Two libraries' year in which nearly every month has a small group."""
    rows = []
    for number, place in enumerate((library, other_library)):
        for month in range(1, 13):
            for sex, n in (("P", 3 + month * number), ("L", 17 + month), ("", month % 3)):
                if n:
                    rows.append(Visit(library=place, entry_id=new_id(), how="tally", sex=sex, age_group="18-59", count=n,
                                      happened_at=NOW, local_date=date(2026, month, 10), recorded_at=NOW))
    Visit.objects.bulk_create(rows)

    def everything_asked() -> Iterator[tuple[str, int]]:
        """All breakdowns by sex that an outsider can ask: months, quarters, years, odd spans, each place."""
        codes = ["2026", *(f"2026-{m:02}" for m in range(1, 13)), *(f"2026-Q{q}" for q in range(1, 5)),
                 *(f"2026-01-01..2026-{m:02}-28" for m in range(2, 13)), "2026-01-15..2026-12-31", "2026-W11", "2026-03-10"]
        for place in (of_library(library), of_library(other_library), of_city()):
            for code in codes:
                figure = value(indicators()["visits"], Period.parse(code), place, by=("sex",), now=NOW)
                for name, n in (figure.broken.cells if figure.broken else {}).items():
                    yield f"{place.code} {code} {name}", n
    return everything_asked


def test_differences_of_everything_that_can_be_asked_tell_no_small_group(
        year: Callable[[], Iterator[tuple[str, int]]], library: Library) -> None:
    """Year less its other months, city less the other library: what comes out is a told cell or a sum of told ones."""
    asked = dict(year())
    women = {code: n for code, n in asked.items() if code.endswith(" P")}
    months = [women.get(f"{library.code} 2026-{m:02} P", 0) for m in range(1, 13)]
    assert months == [0] * 12  # three women a month at the librarian's library: never told
    assert women.get(f"{library.code} 2026 P", 0) == sum(months)
    theirs = [women.get(f"L002 2026-{m:02} P", 0) for m in range(1, 13)]
    assert [n for n in theirs if n] == [n for n in theirs if n >= SMALL] != []
    assert women["kota 2026 P"] == sum(months) + sum(theirs)
    quarters = [women.get(f"L002 2026-Q{q} P", 0) for q in range(1, 5)]
    assert quarters == [sum(theirs[3 * q:3 * q + 3]) for q in range(4)]


def test_days_weeks_and_months_that_are_not_over_are_not_broken_down(library: Library, at: datetime) -> None:
    Visit.objects.create(library=library, entry_id=new_id(), how="tally", sex="P", count=50, happened_at=at,
                         local_date=date(2026, 3, 10), recorded_at=at)
    place, visits = of_library(library), indicators()["visits"]

    def broken(code: str, *by: str, own: bool = False, now: datetime = NOW) -> Any:
        return value(visits, Period.parse(code), place, by=by, is_outsider=not own, now=now).broken

    assert broken("2026-03", "sex") == Broken({"P": 50})
    for code in ("2026-03-10", "2026-W11", "2026-03-01..2026-03-30"):
        assert (broken(code, "sex"), broken(code, "sex", own=True)) == (None, Broken({"P": 50}))
    middle = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)
    assert (broken("2026-03", "sex", now=middle), broken("2026-03", "sex", own=True, now=middle)) == (
        None, Broken({"P": 50}))
    assert (broken("2026-03", "sex", "age_group"), broken("2026-03", "sex", "age_group", own=True)) == (
        None, Broken({"P|": 50}))
    assert broken("2026-03", "ict") is None


def test_parts_and_what_is_now_are_not_broken_down_for_outsiders() -> None:
    measures = discover()
    assert {name for name, m in measures.items() if m.is_about_people and not may_be_broken_down(m, "sex")} >= {
        "ict_visits", "returns", "due", "members", "literacy_participants"}
    assert may_be_broken_down(measures["visits"], "sex")
    assert not may_be_broken_down(measures["visits"], "ict")
    parts = {m.part_of for m in measures.values() if m.part_of}
    assert parts <= set(measures)


def test_a_share_of_a_small_group_is_withheld_and_told_to_its_own_staff(library: Library, at: datetime) -> None:
    for age, n in (("6-12", 2), ("18-59", 60)):
        Visit.objects.create(library=library, entry_id=new_id(), how="tally", age_group=age, count=n, happened_at=at,
                             local_date=date(2026, 3, 10), recorded_at=at)
    share, march = indicators()["children_share"], Period.parse("2026-03")
    outside = value(share, march, of_library(library), now=NOW)
    assert (outside.state, outside.value, outside.numerator) == (State.WITHHELD, None, None)
    inside = value(share, march, of_library(library), is_outsider=False, now=NOW)
    assert (inside.state, inside.numerator, float(inside.value or 0)) == (State.OK, 2, 3.2)


@pytest.mark.parametrize("who", ["mentor", "coordinator"])
@pytest.mark.parametrize("form", ["", "&format=csv", "&format=xlsx"])
def test_no_page_and_no_file_tells_outsiders_of_a_small_group(
        who: str, form: str, library: Library, request: Any, sign_in: Any, at: datetime) -> None:
    for sex, n in (("P", 3), ("L", 20)):
        Visit.objects.create(library=library, entry_id=new_id(), how="tally", sex=sex, count=n, happened_at=at,
                             local_date=date(2026, 2, 10), recorded_at=at)
    account: Account = request.getfixturevalue(who)
    answer = sign_in(account).get(f"/angka/visits/?tempat={library.code}&periode=2026-02&by=sex{form}")
    if not form:
        assert [group["value"] for group in answer.context["groups"]] == [23]
        return
    body = answer.getvalue() if not answer.streaming else b"".join(answer.streaming_content)
    if "csv" in form:
        assert body.decode().splitlines()[1:] == [f"{library.code},2026-02-10,23"]
    else:
        assert body[:2] == b"PK"
