"""What the tests of this room share."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine

from conftest import NOON
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.volunteers.actions import HelperGiven, add_helper, set_pattern
from simpul.volunteers.models import Helper, Pattern


@pytest.fixture(autouse=True)
def tuesday_morning() -> Iterator[time_machine.Traveller]:
    """It is Tuesday, 10 March 2026, 10.00 in Tangerang, whatever the machine says."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def who(by_librarian: Actor, at: datetime) -> Callable[..., dict[str, Any]]:
    return lambda **given: {"by": by_librarian, "at": at, "id": new_id()} | given


@pytest.fixture
def make_helper(library: Library, who: Any) -> Callable[..., Helper]:
    def make(name: str = "Siti Aminah", account: Any = None, **given: Any) -> Helper:
        return add_helper(library=library, given=HelperGiven(name=name, since_on=date(2025, 1, 6), **given),
                          account=account, **who())

    return make


@pytest.fixture
def make_pattern(who: Any) -> Callable[..., Pattern]:
    """Tuesdays from one to four."""
    def make(helper: Helper, **given: Any) -> Pattern:
        return set_pattern(**({"helper": helper, "weekday": 1, "starts": time(13), "ends": time(16),
                               "from_on": date(2026, 1, 6)} | given), **who())

    return make
