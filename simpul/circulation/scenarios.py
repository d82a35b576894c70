"""Loans and reading in place as scenarios of indicators give them."""

from collections.abc import Mapping
from typing import Any

from simpul.catalogue.models import Copy
from simpul.circulation.actions import lend_copy, record_in_house_use
from simpul.people.models import Member


def _copies(scene: Any, given: Mapping[str, Any]) -> list[Copy]:
    return list(Copy.objects.filter(library=scene.library(given), state=Copy.State.AVAILABLE).order_by("pk")[:given.get("n", 1)])


def loans(scene: Any, given: Mapping[str, Any]) -> None:
    """n copies on the shelf go to the `member`."""
    member = Member.objects.get(library=scene.library(given), person__name=given["member"])
    for copy in _copies(scene, given):
        lend_copy(copy=copy, to=member, **scene.who(given))


def read_here(scene: Any, given: Mapping[str, Any]) -> None:
    """n copies are read in place."""
    for copy in _copies(scene, given):
        record_in_house_use(copy=copy, **scene.who(given))


SCENARIOS = {"loans": loans, "read_here": read_here}
