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
from simpul.core.actor import VISITOR, Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.surveys.actions import answer_survey, leave_voice, make_survey, publish
from simpul.surveys.models import Response, Survey, Version, Voice


@pytest.fixture(autouse=True)
def tuesday_morning() -> Iterator[time_machine.Traveller]:
    """It is Tuesday, 10 March 2026, 10.00 in Tangerang, whatever the machine says."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def say_voice(library: Library, at: datetime) -> Callable[..., Voice]:
    """A voice over the public page."""
    def say(text: str = "Kelas menjahit", **given: Any) -> Voice:
        return leave_voice(**({"library": library, "text": text, "theme": "skills", "by": VISITOR, "at": at,
                               "id": new_id()} | given))

    return say


@pytest.fixture
def open_survey(library: Library, by_librarian: Actor, at: datetime) -> Callable[..., Survey]:
    """A published survey made from a file."""
    def make(ready: str = "effects-2024", **given: Any) -> Survey:
        survey = make_survey(**({"library": library, "ready": ready, "by": by_librarian, "at": at, "id": new_id()} | given))
        publish(survey=survey, by=by_librarian, at=at, id=new_id())
        return Survey.objects.get(pk=survey.pk)

    return make


@pytest.fixture
def answer(at: datetime) -> Callable[..., Response]:
    def give(version: Version, answers: dict[str, Any], **given: Any) -> Response:
        return answer_survey(**({"version": version, "answers": answers, "channel": Response.Channel.LINK, "by": VISITOR,
                                 "at": at, "id": new_id()} | given))

    return give


def queries_of(browser: Client, *addresses: str) -> list[int]:
    """How many queries each page asks; each is opened once before, so that what is kept is kept."""
    found = []
    for address in addresses:
        assert browser.get(address).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        found.append(len(asked))
    return found
