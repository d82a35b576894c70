"""Who may plan, mark and see names."""

from uuid import UUID

from simpul.core.actor import Actor


def can_plan(actor: Actor, library_id: UUID) -> bool:
    """The staff of the library: a volunteer plans and announces as well as its librarian."""
    return actor.works_at(library_id, "gatherings.plan")


def can_mark(actor: Actor, library_id: UUID) -> bool:
    """Who marks attendance sees names: the staff of the library."""
    return actor.works_at(library_id, "gatherings.mark")
