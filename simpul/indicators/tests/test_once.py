"""A page about many figures asks each question once, and what the database adds up is what its months add up to."""

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any

import pytest

from simpul.core.ids import new_id
from simpul.core.measure import Measure, discover
from simpul.indicators.definitions import Term
from simpul.indicators.numerators import sums, tally
from simpul.indicators.periods import Period
from simpul.indicators.places import of_city, of_library
from simpul.indicators.rollups.once import asked_once
from simpul.indicators.rollups.reading import month_counts
from simpul.indicators.rollups.refreshing import refresh
from simpul.libraries.models import Library
from simpul.visits.models import Visit

NOW = datetime(2026, 3, 12, 3, 0, tzinfo=UTC)
DAYS = (date(2026, 1, 5), date(2026, 2, 3), date(2026, 3, 10))
YEAR = Period.parse("2026")


@pytest.fixture
def visits() -> Measure:
    return discover()["visits"]


def come(library: Library, on: date, n: int, sex: str) -> None:
    Visit.objects.create(library=library, entry_id=new_id(), how="visitor", sex=sex, age_group="6-12", count=n,
                         happened_at=NOW, local_date=on, recorded_at=NOW)


def added_up(term: Term, place: Any, by: tuple[str, ...] = ()) -> dict[tuple[Any, str], int]:
    found: dict[tuple[Any, str], int] = defaultdict(int)
    for (library, _month, value), n in tally(term, YEAR, place, by).items():
        found[library, value] += n
    return dict(found)


@pytest.mark.parametrize("by", [(), ("sex",)])
@pytest.mark.parametrize("where", [{}, {"age_group": ("6-12",)}])
@pytest.mark.parametrize("is_stock", [False, True])
def test_sums_are_what_the_months_add_up_to(library: Library, other_library: Library, by: tuple[str, ...],
                                            where: dict[str, tuple[str, ...]], is_stock: bool) -> None:
    for n, day in enumerate(DAYS, 1):
        come(library, day, n, "P")
        come(other_library, day, 10 * n, "L")
    refresh(NOW)
    come(library, DAYS[1], 100, "L")  # marked again: its month is counted live
    term = Term(measure="visits", where=where, is_stock=is_stock)
    for place in (of_city(), of_library(library)):
        assert dict(sums(term, YEAR, place, by)) == added_up(term, place, by)
    assert sum(sums(term, YEAR, of_city()).values()) == 166


def test_a_page_asks_once_and_the_next_one_sees_what_came(library: Library, visits: Measure,
                                                         django_assert_num_queries: Any) -> None:
    refresh(NOW)
    with asked_once():
        before = month_counts(visits, [date(2026, 3, 1)], [library.pk])
        with django_assert_num_queries(0), asked_once():
            assert month_counts(visits, [date(2026, 3, 1)], [library.pk]) is before
    come(library, DAYS[2], 2, "P")
    with asked_once():
        assert sum(month_counts(visits, [date(2026, 3, 1)], [library.pk]).values()) == 2
