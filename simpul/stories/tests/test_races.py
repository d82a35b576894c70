"""She withdraws in the very moment in which others work on her story: whoever is first, nothing of it is left."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from conftest import TODAY
from simpul.core.actor import Actor, ActorKind
from simpul.core.ids import new_id
from simpul.core.refusal import Refusal
from simpul.files.models import StoredFile
from simpul.stories.actions import add_story_photo, give_consent, submit, verify, withdraw
from simpul.stories.models import Story, StoryConsent, StoryPhoto
from simpul.stories.tests.conftest import UNTIL
from tests.a_day import picture


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("work", ["verify", "photo", "consent"])
def test_nothing_survives_a_withdrawal_at_the_same_moment(work: str, agreed: Callable[..., Story], by_librarian: Actor,
                                                          by_coordinator: Actor, at: datetime) -> None:
    story = agreed()
    submit(story=story, by=by_librarian, at=at, id=new_id())
    start, taken = Barrier(2), picture()
    others: dict[str, Callable[[], Any]] = {
        "verify": lambda: verify(story=story, how="visit", checked_on=TODAY, by=by_coordinator, at=at, id=new_id()),
        "photo": lambda: add_story_photo(story=story, picture=taken, by=by_librarian, at=at, id=new_id()),
        "consent": lambda: give_consent(story=story, until_on=UNTIL, how="witness", witness="Bu RW", for_public=True,
                                        by=by_librarian, at=at, id=new_id()),
    }

    def at_once(do: Callable[[], Any]) -> str:
        start.wait(10)
        try:
            do()
            return "done"
        except Refusal:
            return "refused"
        finally:
            connection.close()

    herself = Actor(kind=ActorKind.LINK, id=story.pk)
    with ThreadPoolExecutor(2) as both:
        said = list(both.map(at_once, [lambda: withdraw(story=story, by=herself, at=at, id=new_id()), others[work]]))
    assert said[0] == "done"
    left = Story.objects.get(pk=story.pk)
    assert (left.state, left.name, left.before, left.quote, left.verified_on) == (Story.State.GONE, "", "", "", None)
    assert (StoryPhoto.objects.count(), StoredFile.objects.count()) == (0, 0)
    running, named = StoryConsent.objects.filter(ended_at__isnull=True), StoryConsent.objects.exclude(witness="")
    assert (running.count(), named.count()) == (0, 0)
    assert [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()] == []
