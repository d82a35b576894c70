"""Who plans activities and writes what came of them."""

from uuid import UUID

from simpul.core.actor import Actor


def can_keep(actor: Actor, library_id: UUID) -> bool:
    """The staff of the library, volunteers too."""
    return actor.works_at(library_id, "activities.keep")
