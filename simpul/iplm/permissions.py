"""Who keeps the frame and the yearly answers."""

from simpul.core.actor import Actor


def can_keep(actor: Actor) -> bool:
    """The coordinator, the administrator, the node: the city's list, links, sheets, targets, published values."""
    return not actor.only and (actor.is_node or actor.is_coordinator or actor.is_administrator)
