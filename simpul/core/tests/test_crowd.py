"""Public forms: machines are slowed down, a whole group behind one address is not locked out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import RequestFactory

from simpul.core import counters
from simpul.core.actor import VISITOR, Actor, ActorKind
from simpul.core.crowd import NotAPerson, TooMany, admit, is_quick
from simpul.core.ids import new_id

_address = count(1)


@pytest.fixture
def send(settings: Any) -> Callable[..., bool]:
    """A form that was made ten seconds ago; True where it was let through."""
    settings.PUBLIC_FORMS_PER_ADDRESS = 40
    where = f"203.0.113.{next(_address)}"

    def sent(browser: str = "", *, at: datetime | None = None, change: UUID | None = None, by: Actor = VISITOR,
             address: str = where, trap: str = "") -> bool:
        request = RequestFactory().post("/", REMOTE_ADDR=address)
        request.COOKIES = {"csrftoken": browser} if browser else {}
        request.actor = by
        moment = at or datetime.now(UTC) + timedelta(seconds=10)
        try:
            admit(request, change or new_id(), trap=trap, at=moment)
        except TooMany:
            return False
        return True

    return sent


def test_a_whole_group_behind_one_address_gets_through_and_a_flood_does_not(send: Any) -> None:
    assert [send(f"telepon {n} {id(send)}") for n in range(41)] == [True] * 40 + [False]
    assert send(f"lain {id(send)}", address="198.51.100.77")
    assert send(f"nanti {id(send)}", at=datetime.now(UTC) + timedelta(minutes=11))


def test_one_phone_sends_for_a_family_and_not_for_a_city(send: Any, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_ADDRESS = 0
    phone = f"satu {id(send)}"
    assert [send(phone) for _n in range(21)] == [True] * 20 + [False]
    assert send(f"dua {id(send)}")


def test_faster_than_anybody_types_counts_four_times(send: Any) -> None:
    now = datetime.now(UTC)
    assert [send(at=now) for _n in range(11)] == [True] * 10 + [False]


@pytest.mark.parametrize(("age", "quick"), [(0, True), (1.5, True), (2.5, False), (7200, False), (-60, True)])
def test_the_change_id_tells_when_the_form_was_made(age: float, quick: bool) -> None:
    made = new_id()
    begun = (made.int >> 80) / 1000
    assert is_quick(made, datetime.fromtimestamp(begun + age, UTC)) is quick


def test_an_id_that_tells_no_time_is_a_machines() -> None:
    assert is_quick(uuid4(), datetime.now(UTC))


def test_staff_and_the_tablet_are_not_counted(send: Any) -> None:
    for kind in (ActorKind.ACCOUNT, ActorKind.DEVICE):
        assert all(send("meja", by=Actor(kind=kind)) for _n in range(60))


def test_the_field_that_people_do_not_see_is_a_trap(send: Any) -> None:
    with pytest.raises(NotAPerson):
        send(trap="http://x")
    assert send(trap="  ")


def test_behind_a_proxy_on_this_machine_five_times_as_many(send: Any, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_ADDRESS = 1
    minute = datetime(2031, 1, 1, tzinfo=UTC)
    assert [send(address="127.0.0.1", at=minute) for _n in range(6)] == [True] * 5 + [False]


def test_a_slot_is_anothers_in_the_next_span(tmp_path: Any, settings: Any) -> None:
    settings.DATA = tmp_path
    assert [counters.count("c", "a", seconds=60, now=float(now)) for now in (0, 1, 59, 60)] == [1, 2, 3, 1]
    assert counters.count("c", "b", seconds=60, now=1.0, weight=4) == 4


def test_an_address_is_the_line_or_what_our_own_proxy_noted(settings: Any) -> None:
    def asked(**meta: str) -> str:
        return counters.address_of(SimpleNamespace(META={"REMOTE_ADDR": "10.0.0.1"} | meta))  # type: ignore[arg-type]

    assert asked(HTTP_X_FORWARDED_FOR="9.9.9.9") == "10.0.0.1"
    settings.TRUSTS_PROXY = True
    assert asked(HTTP_X_FORWARDED_FOR="9.9.9.9, 8.8.8.8") == "8.8.8.8"
    assert asked(HTTP_X_FORWARDED_FOR="2001:db8::1:2:3") == "2001:db8::/64"
