"""Who may change what in the catalogue."""

from uuid import UUID

from simpul.catalogue.models import DigitalResource, Title
from simpul.core.actor import Actor


def can_catalogue(actor: Actor, library_id: UUID) -> bool:
    """Enter titles and copies of a library: its own staff."""
    return actor.works_at(library_id, "catalogue.write")


def can_import(actor: Actor, library_id: UUID) -> bool:
    """Bring a whole catalogue: who runs the library."""
    return actor.runs(library_id, "catalogue.import")


def can_correct_title(actor: Actor, title: Title, library_id: UUID) -> bool:
    """A title is the city's: staff of a library that holds it or brought it may correct its description."""
    return can_catalogue(actor, library_id) and (
        title.copies.filter(library_id=library_id).exists()
        or title.source_records.filter(library_id=library_id).exists())


def can_open(actor: Actor, resource: DigitalResource, *, has_card: bool = False) -> bool:
    """Open a resource that stands: everybody's, by card of its library (`has_card`), or its own staff."""
    if resource.access == DigitalResource.Access.EVERYBODY or actor.works_at(resource.library_id):
        return True
    return resource.access == DigitalResource.Access.MEMBERS and has_card
