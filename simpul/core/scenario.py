"""Records as a scenario of an indicator gives them: declared by the app that knows them, discovered below.

An app brings `<app>/scenarios.py` with `SCENARIOS = {"visits": make, …}`: callables (scene, given) that make records
through the app's real actions. `given` is a row of the scenario (what, on, library, n and whatever `make` reads);
`scene` gives `library(given)`, `at(given)` (noon of the day, there) and `who(given)` (by, at, id).
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

Make = Callable[[Any, Mapping[str, Any]], None]


@cache
def makers() -> dict[str, Make]:
    """What scenarios can give, by name; two of one name are a mistake of ours."""
    found: dict[str, Make] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("simpul.") and find_spec(f"{app.name}.scenarios"):
            for name, make in import_module(f"{app.name}.scenarios").SCENARIOS.items():
                if name in found:
                    raise RuntimeError(f"scenarios give {name} twice")
                found[name] = make
    return found
