"""Who may connect something to a library. Here a library is a plain id."""

from uuid import UUID

from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed


def can_connect(actor: Actor, library_id: UUID) -> bool:
    """Devices and tokens: who runs the library, and the administrator of the node."""
    return not actor.only and (actor.runs(library_id) or actor.is_administrator)


def can_make_token(actor: Actor, library_id: UUID) -> bool:
    """A token reads members by name, so only who may do that herself makes one: the librarian, or the node's command
    line. The coordinator and the administrator see them and end them."""
    return not actor.only and (actor.is_node or library_id in actor.librarian_of)


def must_connect(actor: Actor, library_id: UUID) -> None:
    if not can_connect(actor, library_id):
        raise NotAllowed("")
