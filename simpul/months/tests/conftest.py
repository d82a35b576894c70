"""What the tests of this room share: a library with hours and an October of records, read in November."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.indicators.periods import Period
from simpul.libraries.models import Library, OpeningHours
from simpul.months.actions import sign_month
from simpul.months.models import Signature
from simpul.visits.models import Visit

OCTOBER = date(2026, 10, 1)
#: Tuesday, 3 November 2026, 10.00 in Tangerang
NOVEMBER = datetime(2026, 11, 3, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def third_of_november() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOVEMBER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hours(library: Library) -> None:
    """Open on Mondays to Fridays."""
    OpeningHours.objects.bulk_create([
        OpeningHours(library=library, weekday=n, opens=time(8), closes=time(15)) for n in range(5)])


@pytest.fixture
def visit(library: Library) -> Callable[..., Visit]:
    """Alike persons on a day."""

    def make(day: date, n: int = 1, **given: Any) -> Visit:
        values: dict[str, Any] = {"library": library, "entry_id": new_id(), "how": Visit.How.TALLY, "sex": "P",
                                  "age_group": "18-59", "count": n, "local_date": day,
                                  "recorded_at": NOVEMBER - timedelta(days=1),
                                  "happened_at": datetime(day.year, day.month, day.day, 3, tzinfo=UTC)}
        return Visit.objects.create(**values | given)

    return make


@pytest.fixture
def october(hours: None, visit: Callable[..., Visit]) -> Period:
    """Two visits on each of its 22 open days, 40 in September, 10 a year ago."""
    for n in range(31):
        day = OCTOBER + timedelta(days=n)
        if day.weekday() < 5:
            visit(day, 2)
    visit(date(2026, 9, 9), 40)
    visit(date(2025, 10, 9), 10)
    return Period.of_month(OCTOBER)


@pytest.fixture
def signed(october: Period, library: Library, by_librarian: Actor) -> Signature:
    return sign_month(library=library, month=OCTOBER, by=by_librarian, at=NOVEMBER, id=new_id())


@pytest.fixture
def later(third_of_november: time_machine.Traveller) -> datetime:
    """It is five days later."""
    third_of_november.shift(timedelta(days=5))
    return NOVEMBER + timedelta(days=5)
