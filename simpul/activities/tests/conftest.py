"""Activities to plan, announce and report."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from simpul.activities.actions import Details, plan_activity
from simpul.activities.models import Activity
from simpul.core.actor import VISITOR
from simpul.core.ids import new_id
from simpul.gatherings.actions import SessionGiven, publish_gathering, register


@pytest.fixture
def plan(library: Any, by_librarian: Any, at: datetime) -> Callable[..., Activity]:
    """An announced activity; `after` hours from the moment of tests, one session for each."""

    def planned(*, after: tuple[int, ...] = (24,), is_draft: bool = False, kind: str = "skills", **given: Any) -> Activity:
        sessions = [SessionGiven(at + timedelta(hours=h), at + timedelta(hours=h + 2)) for h in after]
        activity = plan_activity(**({
            "library": library, "title": "Kelas menjahit", "details": Details(kind=kind), "sessions": sessions,
            "by": by_librarian, "at": at, "id": new_id()} | given))
        if not is_draft:
            publish_gathering(gathering=activity.gathering, by=given.get("by", by_librarian), at=at, id=new_id())
            activity.gathering.refresh_from_db()
        return activity

    return planned


@pytest.fixture
def sign_up(at: datetime) -> Callable[..., Any]:
    def signed(activity: Activity, name: str = "Siti Aminah", phone: str = "081234567890", **given: Any) -> Any:
        return register(**({"gathering": activity.gathering, "name": name, "phone": phone, "by": VISITOR, "at": at,
                            "id": new_id()} | given))

    return signed
