"""The one thing to do now, for the card on a library's home.

Each app declares in its `next_steps.py` a tuple `NEXT_STEPS` of callables (library, day) → Step or None; the home
shows the most urgent. A callable asks at most one or two queries. What an app declares in `AT_LAST` may ask more: it is
asked only where nothing urgent waits.
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
    """What to do, why, how long it takes (minutes), and where. Lower `urgency` comes first (1 to 9). `material` is the
    name of what helps to do it, and where that is."""

    heading: Any
    why: Any
    action: Any
    url: str
    minutes: int
    urgency: int
    material: str = ""
    material_url: str = ""


#: from this urgency on something may wait
CAN_WAIT = 9

Finder = Callable[[Any, date], Step | None]


@cache
def finders() -> tuple[Finder, ...]:
    """Every app's finders, lowest floor first."""
    return tuple(_declared())


@cache
def last_finders() -> tuple[Finder, ...]:
    """What is asked where nothing urgent waits."""
    return tuple(_declared("AT_LAST"))


def _declared(name: str = "NEXT_STEPS") -> Iterable[Finder]:
    for app in reversed(list(apps.get_app_configs())):
        if app.name.startswith("simpul.") and find_spec(f"{app.name}.next_steps"):
            yield from getattr(import_module(f"{app.name}.next_steps"), name, ())


def next_step(library: Any, day: date) -> Step | None:
    """The most urgent step of a library on a day, or None where all is well."""
    steps = [step for find in finders() if (step := find(library, day))]
    if not steps or min(step.urgency for step in steps) >= CAN_WAIT:
        steps += [step for find in last_finders() if (step := find(library, day))]
    return min(steps, key=lambda step: step.urgency, default=None)
