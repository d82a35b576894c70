"""Who keeps the helpers, the roster and the hours."""

from uuid import UUID

from simpul.core.actor import Actor


def can_keep(actor: Actor, library_id: UUID) -> bool:
    """Roster, hours, notes: the library's own staff, volunteers too."""
    return actor.works_at(library_id, "volunteers.keep")


def can_manage(actor: Actor, library_id: UUID) -> bool:
    """Who helps, and letters: its librarian. Not the city: helpers are read by name."""
    return actor.works_at(library_id, "volunteers.manage") and actor.runs(library_id, "volunteers.manage")


def can_thank(actor: Actor, library_id: UUID) -> bool:
    """Its librarian, its mentor, the coordinator."""
    return actor.runs(library_id, "volunteers.thank") or (not actor.only and library_id in actor.mentor_of)
