"""Erasing a person, and telling her what is kept: each app answers for its own rows.

An app that holds rows about a person brings `<app>/erasure.py` with any of

    KEEPS_PERSON = (callable(person) -> str | None, …)       # a translated reason why she cannot be erased yet
    EMPTIES_PERSON = (callable(person) -> None, …)       # within the change that erases her: its rows forget her
    TELLS_OF_PERSON = (callable(person) -> Iterable[Told], …)  # what is kept about her here, for her to read

Nobody registers anything; the modules of the installed apps are read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Told:
    """A part of what is kept: a translated heading, the names of its columns, and its rows of plain values."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def reasons_to_keep(person: Any) -> list[str]:
    """Why this person cannot be erased yet, in words for the desk; empty: nothing stands in the way."""
    return [why for module in _modules() for ask in getattr(module, "KEEPS_PERSON", ()) if (why := ask(person))]


def empty_everywhere(person: Any) -> None:
    """Inside the change that erases her: every app forgets what leads to her."""
    for module in _modules():
        for empty in getattr(module, "EMPTIES_PERSON", ()):
            empty(person)


def told_of(person: Any) -> list[Told]:
    """All that the apps keep about this person, in the order of the floors."""
    return [part for module in _modules() for tell in getattr(module, "TELLS_OF_PERSON", ())
            for part in _parts(tell(person))]


def _parts(parts: Iterable[Told]) -> Iterable[Told]:
    return (part for part in parts if part.rows)


@cache
def _modules() -> tuple[ModuleType, ...]:
    return tuple(import_module(f"{app.name}.erasure") for app in apps.get_app_configs()
                 if app.name.startswith("simpul.") and find_spec(f"{app.name}.erasure"))
