"""What residents want, in sentences for a proposal, gathered from the other apps: each declares it in its `evidence.py` as

    EVIDENCE = (callable(library, first day, last day) -> Iterable[str], …)

Plain sentences with their figures, in the active language, so that a neighbour on the same floor may declare some
without knowing this app.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from simpul.libraries.models import Library

Finder = Callable[[Library, date, date], Iterable[str]]


@cache
def finders() -> tuple[Finder, ...]:
    """Every app's declared sentences."""
    return tuple(find for app in apps.get_app_configs()
                 if app.name.startswith("simpul.") and find_spec(f"{app.name}.evidence")
                 for find in import_module(f"{app.name}.evidence").EVIDENCE)


def needs_told(library: Library, first: date, last: date) -> list[str]:
    """Sentences about what was asked for here from `first` to `last`."""
    return [sentence for find in finders() for sentence in find(library, first, last)]
