"""Who may do what at the desk."""

from uuid import UUID

from simpul.core.actor import Actor

#: what a device or token may be narrowed to
RECORD = "loans.record"


def can_lend(actor: Actor, library_id: UUID) -> bool:
    """Lend, return, renew, remind: the staff of the library."""
    return actor.works_at(library_id, RECORD)


def can_override(actor: Actor, library_id: UUID) -> bool:
    """Set a rule aside for one loan, with a reason; waive a charge: the librarian, not a volunteer."""
    return actor.may(RECORD) and (actor.is_node or library_id in actor.librarian_of)


def can_set_rules(actor: Actor, library_id: UUID | None) -> bool:
    """The rules of a library: its librarian or the coordinator; the city's: the coordinator."""
    if library_id is None:
        return not actor.only and (actor.is_coordinator or actor.is_node)
    return not actor.only and actor.runs(library_id)
