"""Books as scenarios of indicators give them."""

from collections.abc import Mapping
from typing import Any

from simpul.catalogue.actions import enter_quick_title, withdraw_copy
from simpul.catalogue.models import Copy


def copies(scene: Any, given: Mapping[str, Any]) -> None:
    """n titles with one copy each, entered on the day; `withdrawn` ones are taken out again on that day."""
    for n in range(given.get("n", 1)):
        who = scene.who(given)
        enter_quick_title(title=f"{given.get('title', 'Buku')} {n}", library=scene.library(given), **who)
        if given.get("withdrawn"):
            copy = Copy.objects.filter(library=scene.library(given)).order_by("-pk").first()
            withdraw_copy(copy=copy, on=given["on"], **scene.who(given))


SCENARIOS = {"copies": copies}
