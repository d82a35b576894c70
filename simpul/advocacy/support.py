"""What partners gave, gathered from the apps above: each declares it in its `partner_support.py` as

    SUPPORT = (callable(partner ids) -> Iterable[Given], …)

Nobody registers anything; the modules of the installed apps are read. A callable asks one or two queries.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps


@dataclass(frozen=True)
class Given:
    """One gift: of which partner, to which library, on which local day; `kind` is one of `Gives`, `worth` in whole
    rupiah or None, `about` the name of what it was for, `url` its page for the library's staff or ""."""

    partner_id: UUID
    library_id: UUID
    on: date
    kind: str
    what: str
    worth: int | None
    about: str = ""
    url: str = ""


Finder = Callable[[Sequence[UUID]], Iterable[Given]]


@cache
def finders() -> tuple[Finder, ...]:
    """Every app's declared support."""
    return tuple(find for app in apps.get_app_configs()
                 if app.name.startswith("simpul.") and find_spec(f"{app.name}.partner_support")
                 for find in import_module(f"{app.name}.partner_support").SUPPORT)


def given_elsewhere(partners: Sequence[UUID]) -> list[Given]:
    """What these partners gave to activities and the like."""
    return [one for find in finders() for one in find(partners)] if partners else []
