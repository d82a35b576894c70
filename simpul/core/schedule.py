"""What falls due by itself: retention, reminders, waiting imports.

Each app declares in its own `schedule.py` a module-level tuple `DUE`; nobody registers anything, `discover()` reads
the modules of the installed apps. The schedule runs one thing at a time, on one node at a time, in a process of its
own. A run may be cut off at any moment (power, kill): it must be safe to run again, and short in its transactions.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@dataclass(frozen=True)
class Due:
    """Something that runs by itself.

    name: stable English id ("people.erase_unconsented"), unique on the node. every: how long after a run began the
    next one is due. run: called with this moment, acts as `actor.SCHEDULE`; gives how many things it did.
    is_waiting: asked every few seconds, must be one cheap query; True makes it due at once (a waiting import).
    """

    name: str
    every: timedelta
    run: Callable[[datetime], int]
    is_waiting: Callable[[], bool] | None = None


@cache
def discover() -> dict[str, Due]:
    """Everything that runs by itself, by name; two of one name are a mistake of ours."""
    found: dict[str, Due] = {}
    for due in _declared():
        if due.name in found:
            raise RuntimeError(f"{due.name} falls due twice")
        found[due.name] = due
    return found


def _declared() -> Iterable[Due]:
    for app in apps.get_app_configs():
        if app.name.startswith("simpul.") and find_spec(f"{app.name}.schedule"):
            yield from getattr(import_module(f"{app.name}.schedule"), "DUE", ())
