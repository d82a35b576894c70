"""The demonstration's own class tells what it brought, and people wait to be told."""

from datetime import date, datetime, timedelta
from typing import Any

from simpul.gatherings.models import Gathering
from simpul.gatherings.queries import asked_of
from simpul.gatherings.telling import for_staff
from simpul.operations.demonstration import courses
from simpul.surveys.results import outcomes_about


def test_a_class_was_asked_three_times_and_people_wait_to_be_told(library: Any, at: datetime) -> None:
    courses.record([library], date(2026, 3, 10))
    asked = Gathering.objects.get(asks_outcomes=True)
    results = outcomes_about(asked.pk, asked=asked_of(asked), is_outsider=False)
    assert [(moment.n, moment.rate.n) for moment in results.moments if moment.rate] == [(13, 16), (11, 14), (8, 14)]
    waiting = for_staff(at + timedelta(minutes=1), library_id=library.pk)
    assert sorted(one.about for one in waiting) == ["news"] * 4 + ["reminder"] * 6 + ["thanks"] * 4
