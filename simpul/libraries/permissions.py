"""Who may change what about libraries."""

from simpul.core.actor import Actor
from simpul.libraries.models import Library


def can_edit_profile(actor: Actor, library: Library) -> bool:
    """Its librarian, the coordinator, the node: identity, hours, closures, spaces, facts."""
    return actor.runs(library.pk, "libraries.profile")


def can_manage_libraries(actor: Actor) -> bool:
    """The coordinator and the node: add, move, close and reopen libraries, take a sheet of them."""
    return actor.may("libraries.manage") and (actor.is_node or actor.is_coordinator)


def can_keep_node(actor: Actor) -> bool:
    """The node itself and its administrator: load regions, set up the city."""
    return actor.may("node") and (actor.is_node or actor.is_administrator)
