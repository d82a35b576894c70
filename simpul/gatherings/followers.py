"""Rooms above that keep a count by who was there declare it in `presence_followers.py`:

    FOLLOWERS = {Gathering.Purpose.PEER: recount}

`recount(session)` runs inside the change that marked or took a mark back, under the session's lock.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from simpul.gatherings.models import Session

Follower = Callable[["Session"], None]


@cache
def followers() -> dict[str, tuple[Follower, ...]]:
    """By purpose of the gathering."""
    found: dict[str, tuple[Follower, ...]] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.presence_followers"
        if app.name.startswith("simpul.") and find_spec(name):
            for purpose, follower in import_module(name).FOLLOWERS.items():
                found[purpose] = (*found.get(purpose, ()), follower)
    return found


def tell_followers(session: "Session") -> None:
    for follower in followers().get(session.gathering.purpose, ()):
        follower(session)
