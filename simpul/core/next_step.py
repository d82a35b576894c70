"""The one thing to do now, for the card on a library's home.

Each app declares in its `next_steps.py` a tuple `NEXT_STEPS` of callables (library, day) → Step or None; the home
shows the most urgent. A callable asks at most one or two queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Step:
    """What to do, why, how long it takes (minutes), and where. Lower `urgency` comes first (1 to 9)."""

    heading: Any
    why: Any
    action: Any
    url: str
    minutes: int
    urgency: int


Finder = Callable[[Any, date], Step | None]


@cache
def finders() -> tuple[Finder, ...]:
    """Every app's finders, lowest floor first."""
    return tuple(_declared())


def _declared() -> Iterable[Finder]:
    for app in reversed(list(apps.get_app_configs())):
        if app.name.startswith("simpul.") and find_spec(f"{app.name}.next_steps"):
            yield from import_module(f"{app.name}.next_steps").NEXT_STEPS


def next_step(library: Any, day: date) -> Step | None:
    """The most urgent step of a library on a day, or None where all is well."""
    steps = [step for find in finders() if (step := find(library, day))]
    return min(steps, key=lambda step: step.urgency, default=None)
