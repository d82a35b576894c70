"""Who builds learning paths."""

from uuid import UUID

from simpul.core.actor import Actor
from simpul.libraries.models import Library


def can_build(actor: Actor, library_id: UUID) -> bool:
    """Its own staff, and the coordinator for the city."""
    return actor.works_at(library_id) or actor.is_coordinator


def can_offer_to_city(actor: Actor, library: Library) -> bool:
    """A path for everybody is the city's: its coordinator, or who runs the city library."""
    return actor.is_coordinator or actor.is_node or (
        library.kind == Library.Kind.CITY and actor.runs(library.pk))
