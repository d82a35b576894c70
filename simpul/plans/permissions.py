"""Who reads and who writes a library's plan."""

from uuid import UUID

from simpul.core.actor import Actor


def can_read(actor: Actor, library_id: UUID) -> bool:
    """Its staff, mentor, the city: a plan holds no reader's name."""
    return actor.counts(library_id)


def can_write(actor: Actor, library_id: UUID) -> bool:
    """Its staff (also the team of a workshop by its link, narrowed to "plans.write"), its mentor, the coordinator."""
    return (actor.works_at(library_id, "plans.write") or actor.runs(library_id, "plans.write")
            or (not actor.only and library_id in actor.mentor_of))


def can_sign(actor: Actor, library_id: UUID) -> bool:
    """Write down that it was acknowledged, and close it: its librarian, its mentor, the coordinator."""
    return actor.runs(library_id, "plans.sign") or (not actor.only and library_id in actor.mentor_of)
