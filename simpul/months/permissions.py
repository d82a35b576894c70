"""Who may prepare, sign and read a month."""

from uuid import UUID

from simpul.core.actor import Actor, ActorKind


def can_prepare(actor: Actor, library_id: UUID) -> bool:
    """Its own staff: answer, tell, say that it is checked, attach the scan."""
    return actor.works_at(library_id, "months.prepare")


def can_sign(actor: Actor, library_id: UUID) -> bool:
    """Its librarian as a person. No rank signs for her, nor does the node."""
    return actor.kind == ActorKind.ACCOUNT and actor.may("months.sign") and library_id in actor.librarian_of


def can_set_dates(actor: Actor) -> bool:
    """The coordinator: the city's calendar."""
    return actor.may("months.dates") and (actor.is_node or actor.is_coordinator)
