"""Visits as scenarios of indicators give them."""

from collections.abc import Mapping
from typing import Any

from simpul.people.models import Member
from simpul.visits.actions import record_tally, record_visit, void_entry
from simpul.visits.models import Cell, Details


def visits(scene: Any, given: Mapping[str, Any]) -> None:
    """n alike persons by sex and age_group (`ict`, `disability`), or one `member` by name with her card; `voided`."""
    library, details = scene.library(given), Details(uses_ict=given.get("ict", False),
                                                     has_disability=given.get("disability"))
    if "member" in given:
        member = Member.objects.get(library=library, person__name=given["member"])
        entry = record_visit(library=library, card=member.number, details=details, is_sure=True, **scene.who(given))
    else:
        entry = record_tally(library=library, is_sure=True, details=details, cells=[
            Cell(given.get("sex", ""), given.get("age_group", ""), given.get("n", 1))], **scene.who(given))
    if given.get("voided"):
        void_entry(entry=entry, **scene.who(given))


SCENARIOS = {"visits": visits}
