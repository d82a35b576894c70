"""Who reads a journey, who brings its papers, who judges it, who mentors, who holds meetings."""

from uuid import UUID

from simpul.core.actor import Actor


def can_read(actor: Actor, library_id: UUID) -> bool:
    """Its staff, its mentor, the city: a journey holds no reader's name."""
    return actor.counts(library_id)


def can_bring(actor: Actor, library_id: UUID) -> bool:
    """Papers of the journey, and what the library brings to a meeting: its staff, its mentor, the coordinator."""
    return actor.works_at(library_id, "replication.bring") or can_mentor(actor, library_id)


def can_mentor(actor: Actor, library_id: UUID) -> bool:
    """Contacts, scores, confirmations, pauses: its mentor, the coordinator, the node."""
    return actor.may("replication.mentor") and (
        actor.is_node or actor.is_coordinator or library_id in actor.mentor_of)


def can_hold_meetings(actor: Actor) -> bool:
    """Peer learning meetings: the coordinator, mentors, the node."""
    return actor.may("replication.meetings") and (actor.is_node or actor.is_coordinator or bool(actor.mentor_of))


def can_set_costs(actor: Actor) -> bool:
    """What replication costs here: the coordinator and the node."""
    return actor.may("replication.costs") and (actor.is_node or actor.is_coordinator)
