"""What the tests of this room share: a workshop of two days, people of two libraries."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from conftest import NOON
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.training.actions import (
    announce_workshop,
    confirm_participant,
    invite_libraries,
    name_participant,
    plan_workshop,
    tick_present,
)
from simpul.training.models import Lesson, Participant, Workshop

FIRST = date(2026, 3, 17)  # a Tuesday, a week after NOON
DAY_ONE = datetime(2026, 3, 17, 2, 35, tzinfo=UTC)   # 09.35, five minutes into the first lesson
LAST_HOUR = datetime(2026, 3, 18, 8, 10, tzinfo=UTC)  # 15.10 on the second day


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[time_machine.Traveller]:
    """The workshop was a fortnight ago: actions are told their moment, none lies in the future."""
    with time_machine.travel(NOON + timedelta(days=22), tick=False) as traveller:
        yield traveller


@pytest.fixture
def host(make_library: Callable[..., Library]) -> Library:
    return make_library(code="L000", name="Perpustakaan Kota Tangerang", kind=Library.Kind.CITY)


@pytest.fixture
def who(by_coordinator: Actor) -> Callable[..., dict[str, Any]]:
    def make(at: datetime = NOON, by: Actor | None = None) -> dict[str, Any]:
        return {"by": by or by_coordinator, "at": at, "id": new_id()}

    return make


@pytest.fixture
def workshop(host: Library, library: Library, other_library: Library, who: Any) -> Workshop:
    """Open, two libraries invited, three places."""
    made = plan_workshop(library=host, programme="replication", first_on=FIRST, venue="Aula lantai 2", **who())
    made.gathering.capacity = 3
    made.gathering.save()
    announce_workshop(workshop=made, **who())
    invite_libraries(workshop=made, libraries=[library.pk, other_library.pk], **who())
    return Workshop.objects.select_related("gathering", "library").get(pk=made.pk)


@pytest.fixture
def come(workshop: Workshop, library: Library, who: Any) -> Callable[..., Participant]:
    """Somebody named and, unless told otherwise, confirmed."""
    def make(name: str = "Sari Utami", phone: str = "0812 3456 7890", *, of: Library | None = None, confirmed: bool = True,
             **given: Any) -> Participant:
        row = name_participant(workshop=workshop, library=of or library, name=name, phone=phone,
                               role=given.pop("role", "Pengelola"), **given, **who())
        return confirm_participant(participant=row, **who()) if confirmed else row

    return make


@pytest.fixture
def attend(workshop: Workshop, who: Any) -> Callable[..., None]:
    """Ticks somebody at the first `n` lessons with JP (all of them without)."""
    def make(participant: Participant, n: int | None = None) -> None:
        lessons = Lesson.objects.filter(workshop=workshop, jp__gt=0).select_related(
            "day__library", "workshop__gathering", "workshop__library")
        for lesson in list(lessons)[:n]:
            tick_present(lesson=lesson, participant=participant, **who(lesson.starts_at + timedelta(minutes=1)))

    return make
