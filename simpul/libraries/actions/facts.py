"""Dated facts about a library: told for a day on, replaced, never edited."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.facts import FACTS
from simpul.libraries.models import DatedFact, Library
from simpul.libraries.permissions import can_edit_profile


class FactRefused(Refusal):
    """The fact cannot be so."""

    code = "fact_refused"


@change("fact.recorded", says=_("{by} told a fact about {library}: {result}"))
def record_fact(*, library: Library, name: str, value: Any, from_on: date, source: str, by: Actor, at: datetime,
                id: UUID) -> DatedFact:
    """`value` (of the shape its definition asks for) holds from `from_on` on; what was told for the same day is
    voided and replaced, what was told for other days stays. Raises NotAllowed, FactRefused."""
    return _record(library, {name: value}, from_on, source, by, at, id)[0]


@change("facts.recorded", says=_("{by} told {n} facts about {library}, true from {from_on} on"))
def record_facts(*, library: Library, values: dict[str, Any], from_on: date, source: str, by: Actor, at: datetime,
                 id: UUID) -> None:
    """Several facts of one day: the batch of `record_fact`, all or nothing."""
    if not values:
        raise FactRefused(_("Nothing was filled in."), code="nothing_told")
    rows = _record(library, values, from_on, source, by, at, id)
    note(n=len(rows), from_on=from_on, names=sorted(values))


@change("fact.voided", says=_("{by} struck out a fact about {library}: {fact}"))
def void_fact(*, fact: DatedFact, by: Actor, at: datetime, id: UUID) -> None:
    """It was told by mistake; what was true before holds again. Raises NotAllowed, FactRefused."""
    _may(by, fact.library)
    if not DatedFact.objects.filter(pk=fact.pk, voided_at__isnull=True).update(voided_at=at):
        raise FactRefused(_("It was struck out already."), code="voided_already")


@change("fact.restored", says=_("{by} told a struck-out fact about {library} again: {fact}"))
def restore_fact(*, fact: DatedFact, by: Actor, at: datetime, id: UUID) -> None:
    """Undo of `void_fact`, unless another was told for its day meanwhile. Raises NotAllowed, FactRefused."""
    _may(by, fact.library)
    rivals = DatedFact.objects.filter(library=fact.library, name=fact.name, from_on=fact.from_on,
                                      voided_at__isnull=True)
    if rivals.exists() or not DatedFact.objects.filter(pk=fact.pk, voided_at__isnull=False).update(voided_at=None):
        raise FactRefused(_("It stands already."), code="not_voided")


def _may(by: Actor, library: Library) -> None:
    if not can_edit_profile(by, library):
        raise NotAllowed(_("Only the librarian of this library or the coordinator may do this."))


def _record(library: Library, values: dict[str, Any], from_on: date, source: str, by: Actor, at: datetime,
            id: UUID) -> list[DatedFact]:
    _may(by, library)
    for name, value in values.items():
        definition = FACTS.get(name)
        if definition is None or not definition.is_about(library.kind):
            raise FactRefused(_("This is not asked of such a library."), code="unknown_fact")
        if not definition.is_valid(value):
            raise FactRefused(_("This cannot be right: %(label)s.") % {"label": definition.label}, field=name,
                              code="wrong_value")
    DatedFact.objects.filter(library=library, name__in=values, from_on=from_on, voided_at__isnull=True).update(
        voided_at=at)
    return DatedFact.objects.bulk_create(
        [DatedFact(id=derived_id(id, name), library=library, name=name, value=value, from_on=from_on,
                   source=source.strip(), recorded_at=at) for name, value in values.items()])
