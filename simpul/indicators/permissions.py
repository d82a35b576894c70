"""Who may tell numbers about regions."""

from simpul.core.actor import Actor


def can_tell_of_regions(actor: Actor) -> bool:
    """The coordinator, the administrator, the node."""
    return not actor.only and (actor.is_node or actor.is_coordinator or actor.is_administrator)
