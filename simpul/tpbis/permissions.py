"""Who reads what is to be entered, who says that it was, who sets the weights."""

from uuid import UUID

from simpul.core.actor import Actor


def can_read(actor: Actor, library_id: UUID) -> bool:
    """Its staff, its mentor, the city; small groups are withheld from all but its staff."""
    return actor.counts(library_id)


def can_enter(actor: Actor, library_id: UUID) -> bool:
    """Mark items as entered, tell account and colour: its staff, its mentor, the coordinator."""
    return actor.works_at(library_id, "tpbis.enter") or (
        actor.may("tpbis.enter") and (actor.is_coordinator or library_id in actor.mentor_of))


def can_take_tables(actor: Actor) -> bool:
    """Accounts and colours of many libraries at once: the coordinator and the node."""
    return actor.may("tpbis.tables") and (actor.is_node or actor.is_coordinator)


def can_weigh(actor: Actor) -> bool:
    """The weights of the simulation are the city's: the coordinator and the node."""
    return actor.may("tpbis.weights") and (actor.is_node or actor.is_coordinator)
