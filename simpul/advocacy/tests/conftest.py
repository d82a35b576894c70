"""What the tests of this room share."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import NOON
from simpul.advocacy.actions import add_partner
from simpul.advocacy.models import Partner
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library


@pytest.fixture(autouse=True)
def tuesday_morning() -> Iterator[time_machine.Traveller]:
    """It is Tuesday, 10 March 2026, 10.00 in Tangerang, whatever the machine says."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def make_partner(library: Library, by_librarian: Actor, at: datetime) -> Callable[..., Partner]:
    def make(name: str = "PKK Sukasari", **given: Any) -> Partner:
        return add_partner(**({"library": library, "name": name, "kind": Partner.Kind.PKK, "by": by_librarian, "at": at,
                               "id": new_id()} | given))

    return make


def queries_of(browser: Client, *addresses: str) -> list[int]:
    """How many queries each page asks; each is opened once before, so that what is kept is kept."""
    found = []
    for address in addresses:
        assert browser.get(address).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        found.append(len(asked))
    return found
