"""Members as scenarios of indicators give them."""

from collections.abc import Mapping
from typing import Any

from simpul.people.actions import enrol_member
from simpul.people.models import Member, SamePerson


def members(scene: Any, given: Mapping[str, Any]) -> None:
    """A member by `name` (born 1990), or n of them; `until` is the last day of the membership, `ended` when it was ended."""
    for n in range(given.get("n", 1)):
        made = enrol_member(library=scene.library(given), name=given.get("name", f"Anggota {n}"),
                             birth_year=given.get("born", 1990),
                     sex=given.get("sex", "P"), **scene.who(given))
        if "until" in given or "ended" in given:
            Member.objects.filter(pk=made.pk).update(until_on=given.get("until", made.until_on), ended_on=given.get("ended"))


def same(scene: Any, given: Mapping[str, Any]) -> None:
    """The members of that name in two libraries are one person."""
    one, other = Member.objects.filter(person__name=given["name"]).order_by("pk")[:2]
    SamePerson.objects.create(one=one.person, other=other.person, linked_at=scene.at(given))


SCENARIOS = {"members": members, "same": same}
