"""A Tuesday morning; an activity with people, a talk, a result, a post, a story with consent."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from conftest import NOON, TODAY
from simpul.activities.models import Activity
from simpul.advocacy.models import Approach, Publicity, Result, Talk
from simpul.core.models import reference
from simpul.gatherings.models import Attendance, Gathering, Session
from simpul.libraries.models import Library
from simpul.stories.models import Story, StoryConsent


@pytest.fixture(autouse=True)
def tuesday_morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, 0, tzinfo=UTC)


@pytest.fixture
def make_activity(library: Library) -> Callable[..., Activity]:
    """Held on a day with so many people; `typed_on` when it was written down."""

    def make(day: date = TODAY - timedelta(days=5), people: int = 12, *, of: Library | None = None, kind: str = "skills",
             strategy: str = "involvement", typed_on: date | None = None, title: str = "Kelas menjahit") -> Activity:
        where = of or library
        gathering = Gathering.objects.create(library=where, purpose="activity", title=title, state="published", first_on=day,
                                             last_on=day)
        session = Session.objects.create(gathering=gathering, library=where, starts_at=noon(day), local_date=day,
                                         ends_at=noon(day) + timedelta(hours=2))
        if people:
            Attendance.objects.create(session=session, library=where, how="headcount", count=people, sex="P",
                                      age_group="18-59", happened_at=noon(day), local_date=day, recorded_at=noon(day))
        return Activity.objects.create(gathering=gathering, library=where, kind=kind, strategy=strategy, theme="Menjahit",
                                       recorded_at=noon(typed_on or day))

    return make


@pytest.fixture
def make_advocacy(library: Library) -> Callable[..., tuple[Talk, Result]]:
    def make(day: date = TODAY - timedelta(days=4)) -> tuple[Talk, Result]:
        approach = Approach.objects.create(library=library, aim="Dana kelurahan", target="lurah", office="Lurah Sukasari")
        given: dict[str, Any] = {"library": library, "approach": approach, "happened_at": noon(day), "local_date": day}
        return (Talk.objects.create(office="Lurah Sukasari", said="Setuju", **given),
                Result.objects.create(kind="budget", what="Rak buku", worth=3_000_000, **given))

    return make


@pytest.fixture
def post(library: Library) -> Publicity:
    day = TODAY - timedelta(days=3)
    return Publicity.objects.create(library=library, title="Kelas menjahit ramai", channel="instagram",
                                    link="https://example.com/p", happened_at=noon(day), local_date=day)


@pytest.fixture
def make_story(library: Library) -> Callable[..., Story]:
    """Verified, with a consent for the national report."""

    def make(kind: str = "story", **given: Any) -> Story:
        n = Story.objects.count()
        day = TODAY - timedelta(days=2)
        story = Story.objects.create(library=library, code=f"C{n:05}", kind=kind, state="verified", name="Wati Kartika",
                                     alias="Ibu penjahit", title="Tas dari kain sisa", after="Menerima pesanan", verified_on=day,
                                     happened_at=noon(day), local_date=day, touched_at=noon(day), **given)
        StoryConsent.objects.create(story=story, for_city=True, for_public=True, for_national=True,
                                    until_on=date(2028, 1, 1), how="witness", wording="v1", words="x", given_at=noon(day))
        return story

    return make


@pytest.fixture
def everything(make_activity: Any, make_advocacy: Any, post: Publicity, make_story: Any) -> list[str]:
    """References of one item of each kind, in the order of their days."""
    activity, (talk, result), story = make_activity(), make_advocacy(), make_story()
    return [reference(one) for one in (activity, talk, result, post, story)]
