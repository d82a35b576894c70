"""A node that sends e-mail into the test's own mailbox."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from simpul.core.ids import new_id
from simpul.messages.actions import put_message
from simpul.messages.models import Message


@pytest.fixture
def mail(settings: Any) -> Any:
    settings.EMAIL_HOST, settings.HOST, settings.DEFAULT_FROM_EMAIL = "surel.test", "perpus.test", "surel@perpus.test"
    settings.IS_HTTPS = True
    return settings


@pytest.fixture
def put(db: None, at: datetime) -> Callable[..., Message | None]:
    def made(key: str = "uji:1", to: str = "siti@contoh.id", **given: Any) -> Message | None:
        return put_message(**({"key": key, "to": to, "subject": "Kelas menjahit", "text": "Halo Siti",
                               "expires_at": at + timedelta(days=2), "library_id": None, "at": at, "id": new_id()} | given))

    return made
