"""Evidence: figures of the library's own, kept as they were told."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.advocacy.actions import checks
from simpul.advocacy.actions.refusals import AlreadyThere, WrongChoice, WrongDay
from simpul.advocacy.figures import usual, value_of
from simpul.advocacy.models import Approach, Figure, Proposal
from simpul.advocacy.permissions import can_keep
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.measure import discover
from simpul.core.refusal import NotAllowed

MOST = 12  # figures beside one approach or proposal; more are not read


@change("figure.taken", says=_("{by} took the figure {result} as evidence"))
def take_evidence(*, measure: str, first: date, last: date, approach: Approach | None = None,
                  proposal: Proposal | None = None, by: Actor, at: datetime, id: UUID) -> Figure:
    """Count a measure of the library from `first` to `last` now, and keep the figure beside an approach or a proposal.
    Raises NotAllowed, WrongChoice (no such measure), WrongDay, AlreadyThere (too many)."""
    about = approach or proposal
    if about is None or not can_keep(by, about.library_id):
        raise NotAllowed(_("You do not work at this library."))
    found = discover().get(measure)
    if found is None:
        raise WrongChoice(_("Choose one of the list."), field="measure")
    if last < first:
        raise WrongDay(_("The last day lies before the first."), field="last")
    checks.past_day(first, at, about.library, "first")
    if about.evidence.count() >= MOST:
        raise AlreadyThere(_("Twelve figures are enough; take one away first."))
    row = Figure.objects.create(
        id=derived_id(id, "evidence"), library=about.library, approach=approach, proposal=proposal, measure=measure,
        from_on=first, until_on=last, value=value_of(found, about.library_id, first, last), computed_at=at)
    note(library=about.library_id)
    return row


@change("figure.dropped", says=_("{by} took a figure away from the evidence"))
def drop_evidence(*, evidence: Figure, by: Actor, at: datetime, id: UUID) -> None:
    """It is no longer told; the figure itself stays in the records."""
    if not can_keep(by, evidence.library_id):
        raise NotAllowed(_("You do not work at this library."))
    note(library=evidence.library_id)
    evidence.delete()


def take_usual(proposal: Proposal, first: date, last: date, at: datetime, id: UUID) -> None:
    """A step of the change that begins a proposal: its first figures."""
    Figure.objects.bulk_create([Figure(
        id=derived_id(id, f"evidence {measure.name}"), library=proposal.library, proposal=proposal, measure=measure.name,
        from_on=first, until_on=last, value=value, computed_at=at)
        for measure, value in usual(proposal.library, first, last)])
