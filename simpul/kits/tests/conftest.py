"""A node that trusts the makers of the test kits."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.kits.actions import install_kit, trust_key
from simpul.kits.models import Item, Kit, Release
from simpul.kits.tests.making import KEY, oid, x_of
from simpul.libraries.models import City


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"


@pytest.fixture
def who(by_coordinator: Actor, at: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {"by": by_coordinator, "at": at, "id": new_id()}


@pytest.fixture
def trusted(city: City, who: Any) -> None:
    trust_key(x=x_of(KEY), name="Dinas A", **who())


@pytest.fixture
def install(trusted: None, who: Any) -> Callable[[bytes], Release]:
    return lambda content: install_kit(content=content, **who())


def item(name: str) -> Item:
    return Item.objects.select_related("kit").get(object_id=oid(name))


def counted() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Kit, Release, Item)}
