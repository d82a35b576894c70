"""It is Tuesday, 10 March 2026, 10.00 in Tangerang, whatever the machine says."""

from collections.abc import Iterator

import pytest
import time_machine

from conftest import NOON


@pytest.fixture(autouse=True)
def tuesday_morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
