"""Phones of the named cast."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.sync.actions import offer_phone
from simpul.sync.models import Phone
from simpul.sync.tests.phone import WIB, PhoneInTests

MORNING = datetime(2026, 3, 10, 9, 0, tzinfo=WIB)


@pytest.fixture
def node_clock() -> Iterator[Any]:
    """The node's clock, standing at Tuesday morning."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pair(library: Library, by_librarian: Actor, volunteer: Account, node_clock: Any) -> Callable[..., PhoneInTests]:
    """A phone that the volunteer carries for the library, paired an hour before noon of the node."""

    def make(name: str = "HP Budi", **given: Any) -> PhoneInTests:
        offered = offer_phone(library=library, account=volunteer, name=name, by=by_librarian, at=MORNING, id=new_id())
        return PhoneInTests.paired(Client(), offered.code, **({"clock": MORNING + timedelta(minutes=1)} | given))

    return make


@pytest.fixture
def phone(pair: Callable[..., PhoneInTests], node_clock: Any) -> PhoneInTests:
    """A paired phone, an hour later."""
    made = pair()
    node_clock.move_to(MORNING + timedelta(hours=1))
    made.greet()
    return made


@pytest.fixture
def phone_row(phone: PhoneInTests) -> Phone:
    return Phone.objects.get(pk=phone.device)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    settings.REQUEST_COUNTER = "simpul.sync.tests.conftest.never_too_fast"


def never_too_fast(_request: Any, _what: str, _limit: int) -> bool:
    return False
