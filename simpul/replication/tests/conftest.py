"""What the tests of this room share: a Tuesday morning, records of days, a workshop with somebody of the library."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from conftest import NOON, TODAY
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.gatherings.models import Gathering, Session
from simpul.libraries.models import Library, OpeningHours
from simpul.months.models import MonthReport, Signature
from simpul.plans.actions import PlanGiven, StepGiven, hand_in_plan, write_plan
from simpul.plans.models import Plan
from simpul.training.models import Lesson, Participant, Presence, Speaker, Workshop
from simpul.visits.models import Visit


@pytest.fixture(autouse=True)
def tuesday_morning() -> Iterator[time_machine.Traveller]:
    """It is Tuesday, 10 March 2026, 10.00 in Tangerang, whatever the machine says."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, 0, tzinfo=UTC)


def visits_on(library: Library, days: Iterable[date]) -> None:
    """One visit a day."""
    rows = []
    for day in days:
        id = new_id()
        rows.append(Visit(id=id, entry_id=id, library=library, how=Visit.How.TALLY, count=3, sex="P", age_group="6-12",
                          happened_at=noon(day), local_date=day, recorded_at=noon(day)))
    Visit.objects.bulk_create(rows)


def signed(library: Library, *months: date) -> None:
    """Somebody stood for these months."""
    for month in months:
        report = MonthReport.objects.create(library=library, month=month)
        Signature.objects.create(report=report, library=library, month=month, version=1, code=new_id().hex[-10:], signer="Sari",
                                 signed_at=NOON, signed_on=TODAY, snapshot={})


def hours(library: Library, weekdays: Iterable[int], season: str = "usual") -> None:
    from datetime import time
    OpeningHours.objects.bulk_create([
        OpeningHours(library=library, weekday=day, opens=time(8), closes=time(15), season=season) for day in weekdays])


def weekdays_of(first: date, last: date, weekdays: Iterable[int]) -> list[date]:
    wanted = set(weekdays)
    return [day for n in range((last - first).days + 1) if (day := first + timedelta(days=n)).weekday() in wanted]


@pytest.fixture
def who(by_mentor: Actor, at: datetime) -> Callable[..., dict[str, Any]]:
    return lambda **given: {"by": by_mentor, "at": at, "id": new_id()} | given


@pytest.fixture
def make_workshop(make_library: Callable[..., Library]) -> Callable[..., Workshop]:
    """Held a while ago with two lessons and a speaker; `people` are pairs of library and name who were at both."""
    host: list[Library] = []

    def make(*people: tuple[Library, str], day: date = TODAY - timedelta(days=200), title: str = "Bimtek") -> Workshop:
        if not host:
            host.append(make_library(code=f"H{new_id().hex[-6:]}", kind=Library.Kind.CITY))
        gathering = Gathering.objects.create(library=host[0], purpose="workshop", title=title, state="published",
                                             first_on=day, last_on=day, is_public=False)
        session = Session.objects.create(gathering=gathering, library=host[0], starts_at=noon(day), local_date=day,
                                         ends_at=noon(day) + timedelta(hours=4))
        workshop = Workshop.objects.create(gathering=gathering, library=host[0])
        speaker = Speaker.objects.create(workshop=workshop, name="Ibu Narasumber")
        lessons = [Lesson.objects.create(
            workshop=workshop, day=session, title=name, jp=2, speaker=speaker, starts_at=noon(day) + timedelta(hours=n),
            ends_at=noon(day) + timedelta(hours=n + 1)) for n, name in enumerate(("Pelibatan masyarakat", "TI dan pelaporan"))]
        for library, name in people:
            one = Participant.objects.create(
                workshop=workshop, library=library, name=name, name_key=name.lower(), state="confirmed", outcome="certificate",
                jp=4, completed_on=day, token_hash=new_id().hex, named_at=noon(day))
            Presence.objects.bulk_create([Presence(lesson=lesson, participant=one, library=library, how="tick",
                                                   happened_at=noon(day), local_date=day) for lesson in lessons])
        return workshop

    return make


@pytest.fixture
def make_plan(library: Library, by_librarian: Actor) -> Callable[..., Plan]:
    """A handed in follow-up plan with two rows; `origin` is the workshop it came from."""
    def make(of: Library | None = None, *, by: Actor | None = None, at: datetime = NOON - timedelta(days=100),
             **given: Any) -> Plan:
        actor = by or by_librarian
        plan = write_plan(
            library=of or library, kind="rtl", by=actor, at=at, id=new_id(), origin=given.pop("origin", ""),
            given=PlanGiven(**({"title": "RTL Sukasari", "starts_on": TODAY - timedelta(days=100),
                                "ends_on": TODAY + timedelta(days=200), "baseline": (("Kunjungan", "40"),)} | given)),
            steps=[StepGiven("Kelas menjahit", TODAY + timedelta(days=20)), StepGiven("Pendataan", TODAY + timedelta(days=30))])
        return hand_in_plan(plan=plan, by=actor, at=at, id=new_id())

    return make
