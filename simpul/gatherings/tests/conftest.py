"""Gatherings to register for and to be at."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from simpul.core.actor import VISITOR
from simpul.core.ids import new_id
from simpul.gatherings.actions import SessionGiven, publish_gathering, register
from simpul.gatherings.actions.planning import make_gathering
from simpul.gatherings.models import Gathering, Registration


@pytest.fixture
def make(library: Any, by_librarian: Any, at: datetime) -> Callable[..., Gathering]:
    """A published gathering tomorrow at ten; `after` hours from now, one session for each."""

    def made(*, after: tuple[int, ...] = (24,), is_draft: bool = False, **given: Any) -> Gathering:
        sessions = [SessionGiven(at + timedelta(hours=h), at + timedelta(hours=h + 2)) for h in after]
        gathering = make_gathering(**({"library": library, "purpose": "activity", "title": "Kelas menjahit",
                                       "sessions": sessions, "by": by_librarian, "id": new_id()} | given))
        return gathering if is_draft else publish_gathering(
            gathering=gathering, by=by_librarian, at=at - timedelta(days=1), id=new_id())

    return made


@pytest.fixture
def sign_up(at: datetime) -> Callable[..., Registration]:
    def signed(gathering: Gathering, name: str = "Siti Aminah", phone: str = "", **given: Any) -> Registration:
        phone = phone or f"0812{abs(hash(name)) % 10**8:08}"
        return register(**({"gathering": gathering, "name": name, "phone": phone, "by": VISITOR, "at": at,
                            "id": new_id()} | given))

    return signed


@pytest.fixture
def real_now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> Callable[[datetime], None]:
    """Pages believe that it is the tests' moment, or another."""
    from simpul.core import clock

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(at)
    return set_to


@pytest.fixture
def mail(settings: Any) -> Any:
    """A node that sends e-mail into the test's own mailbox."""
    settings.EMAIL_HOST, settings.HOST, settings.DEFAULT_FROM_EMAIL = "surel.test", "perpus.test", "surel@perpus.test"
    settings.IS_HTTPS, settings.ALLOWED_HOSTS = True, ["*"]
    return settings
