"""Stories in every state."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine

from conftest import NOON, TODAY
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.stories.actions import add_story_photo, begin_story, give_consent, submit, verify, write_story
from simpul.stories.models import Story
from tests.a_day import picture

UNTIL = date(2028, 3, 10)
TOLD = {"before": "Saya menjahit untuk tetangga saja.", "helped": "Kelas menjahit dan buku pola.",
        "after": "Sekarang saya menerima pesanan tas.", "change": "income", "income_before": 400_000,
        "income_after": 1_500_000, "quote": "Saya tidak malu lagi menawarkan jahitan.", "title": "Tas dari kain sisa",
        "theme": "economy"}
ALL = {"for_city": True, "for_public": True, "for_national": True, "with_photo": True}


@pytest.fixture(autouse=True)
def tuesday_morning() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def draft(library: Library, by_librarian: Actor, at: datetime) -> Callable[..., Story]:
    """Told in five prompts, nobody asked her yet."""

    def tell(*, name: str = "Wati Kartika", alias: str = "Ibu penjahit RW 03", kind: str = "story", **told: Any) -> Story:
        begun = {key: told.pop(key) for key in ("library", "is_child", "person", "by") if key in told}
        by = begun.pop("by", by_librarian)
        story = begin_story(**({"library": library, "name": name, "alias": alias, "kind": kind, "by": by, "at": at,
                                "id": new_id()} | begun))
        return write_story(story=story, told=TOLD | told, by=by, at=at, id=new_id())

    return tell


@pytest.fixture
def agreed(draft: Callable[..., Story], by_librarian: Actor, at: datetime) -> Callable[..., Story]:
    """With her consent and, where she agreed to it, a picture."""

    def agree(consent: dict[str, Any] | None = None, **told: Any) -> Story:
        story = draft(**told)
        by = told.get("by", by_librarian)
        given = give_consent(**({"story": story, "until_on": UNTIL, "how": "witness", "witness": "Pak RT", "by": by, "at": at,
                                 "id": new_id()} | (ALL if consent is None else consent)))
        if given.with_photo:
            add_story_photo(story=story, picture=picture(), caption="Tas pertama", by=by, at=at, id=new_id())
        return story

    return agree


@pytest.fixture
def told(agreed: Callable[..., Story], by_librarian: Actor, by_coordinator: Actor, at: datetime) -> Callable[..., Story]:
    """Verified and told to those she agreed to."""

    def tell(consent: dict[str, Any] | None = None, **given: Any) -> Story:
        story = agreed(consent, **given)
        submit(story=story, by=given.get("by", by_librarian), at=at, id=new_id())
        return verify(story=story, how="visit", checked_on=TODAY, by=by_coordinator, at=at, id=new_id())

    return tell
