"""Yesterday's reading less today's: a late correction tells nothing of whom it was."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from simpul.core.ids import new_id
from simpul.indicators.definitions import indicators
from simpul.indicators.figures import Figure, value
from simpul.indicators.models import ToldBlock
from simpul.indicators.periods import Period
from simpul.indicators.places import of_city, of_library
from simpul.indicators.protecting import SMALL, Broken, told
from simpul.indicators.rollups.refreshing import rebuild, refresh
from simpul.indicators.telling import may_follow
from simpul.libraries.models import Library
from simpul.visits.models import Visit

NOW = datetime(2027, 1, 5, 3, 0, tzinfo=UTC)
FEBRUARY = Period.parse("2026-02")


@pytest.fixture
def come(library: Library) -> Callable[..., Visit]:
    def write(n: int, **given: Any) -> Visit:
        return Visit.objects.create(**({"library": library, "entry_id": new_id(), "how": "tally", "sex": "P",
                                        "age_group": "18-59", "count": n, "happened_at": NOW,
                                        "local_date": date(2026, 2, 10), "recorded_at": NOW} | given))

    return write


def outside(library: Library, id: str = "visits", by: str = "sex") -> Figure:
    return value(indicators()[id], FEBRUARY, of_library(library), by=(by,) if by else (), now=NOW)


def test_one_late_record_changes_the_total_and_no_cell(come: Callable[..., Visit], library: Library) -> None:
    come(10)
    come(20, sex="L", age_group="6-12")
    refresh(NOW)
    before = {by: outside(library, by=by).broken for by in ("sex", "age_group", "purpose", "how")}
    assert before["sex"] == Broken({"P": 10, "L": 20})
    come(1, age_group="6-12", purpose="read")
    for _when in range(2):  # live, and rolled up again
        after = outside(library)
        assert (after.numerator, after.broken) == (31, Broken({"P": 10, "L": 20}, None, 1))
        assert {by: (one.cells, one.rest) for by in before if (one := outside(library, by=by).broken)} == {
            by: (one.cells, one.rest) for by, one in before.items() if one}
        refresh(NOW)
    rebuild(NOW)
    assert outside(library).broken == Broken({"P": 10, "L": 20}, None, 1)
    assert value(indicators()["visits"], FEBRUARY, of_library(library), by=("sex",), is_outsider=False, now=NOW).broken == Broken(
        {"P": 11, "L": 20})


def test_a_share_of_children_does_not_say_that_the_late_one_was_a_child(come: Callable[..., Visit], library: Library) -> None:
    come(30)
    come(10, age_group="6-12")
    refresh(NOW)
    come(1, age_group="6-12")
    figure = outside(library, "children_share", "")
    assert (figure.numerator, float(figure.denominator or 0)) == (10, 41)


def test_five_late_ones_are_told(come: Callable[..., Visit], library: Library) -> None:
    come(10)
    come(20, sex="L")
    refresh(NOW)
    come(4)
    refresh(NOW)
    assert outside(library).broken == Broken({"P": 10, "L": 20}, None, 4)
    come(1)
    refresh(NOW)
    assert outside(library).broken == Broken({"P": 15, "L": 20})
    Visit.objects.filter(count=4).update(voided_at=NOW)
    refresh(NOW)
    assert outside(library).broken == Broken({"P": 15, "L": 20}, None, -4)


def test_months_that_are_not_over_are_kept_by_nobody(come: Callable[..., Visit]) -> None:
    come(10)
    refresh(datetime(2026, 2, 20, 3, 0, tzinfo=UTC))
    assert ToldBlock.objects.count() == 0
    refresh(datetime(2026, 3, 1, 3, 0, tzinfo=UTC))
    come(1, local_date=date(2026, 2, 27))
    refresh(datetime(2026, 3, 1, 3, 0, tzinfo=UTC))
    assert set(ToldBlock.objects.values_list("measure", flat=True)) == {"visits"}


def test_reading_a_city_asks_once_for_what_was_told(come: Callable[..., Visit], other_library: Library,
                                                    django_assert_max_num_queries: Any) -> None:
    come(10)
    come(12, library=other_library)
    refresh(NOW)
    with django_assert_max_num_queries(12):
        assert value(indicators()["visits"], Period.of_year(2026), of_city(), by=("sex",), now=NOW).broken == Broken({"P": 22})


def test_no_pair_of_tellings_tells_a_small_change() -> None:
    """Every pair of small tables that may follow each other: whoever knows both tellings and both totals cannot name a
    cell that changed by one to four."""
    tables = list(product(range(0, 13, 1), repeat=2))
    alike: dict[Any, set[tuple[int, ...]]] = {}
    for old, new in product(tables, tables):
        first, second = (told(dict(zip("ab", table, strict=True))) for table in (old, new))
        if first == second or not may_follow(first, second):
            continue
        seen = (tuple(sorted(first.cells.items())), first.rest, tuple(sorted(second.cells.items())), second.rest)
        alike.setdefault(seen, set()).add(tuple(b - a for a, b in zip(old, new, strict=True)))
    assert alike
    for (first_cells, _r, second_cells, _s), changes in alike.items():
        both = dict(first_cells).keys() & dict(second_cells).keys()
        for place, name in enumerate("ab"):
            if name in both:
                assert all(change[place] == 0 or abs(change[place]) >= SMALL for change in changes)
