"""Who may connect something to a library. Here a library is a plain id."""

from uuid import UUID

from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed


def can_connect(actor: Actor, library_id: UUID) -> bool:
    """Devices and tokens: who runs the library, and the administrator of the node."""
    return not actor.only and (actor.runs(library_id) or actor.is_administrator)


def must_connect(actor: Actor, library_id: UUID) -> None:
    if not can_connect(actor, library_id):
        raise NotAllowed("")
