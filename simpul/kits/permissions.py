"""Who keeps kits and who reads them."""

from uuid import UUID

from simpul.core.actor import Actor


def can_keep_kits(actor: Actor) -> bool:
    """Trust keys, install, adapt, upgrade, give out: the coordinator and the node."""
    return actor.may("kits.keep") and (actor.is_node or actor.is_coordinator)


def can_read_kits(actor: Actor, library_id: UUID) -> bool:
    """What the installed kits say: a library's staff, its mentor, the city."""
    return actor.counts(library_id)


def can_adopt(actor: Actor, library_id: UUID) -> bool:
    """Say that a library works with a kit: who runs it."""
    return actor.runs(library_id, "kits.adopt")


def can_use(actor: Actor, library_id: UUID) -> bool:
    """Make an activity or a survey of the library from what a kit holds; the rooms that keep them may ask for more."""
    return actor.works_at(library_id, "kits.use")


def can_use_item(actor: Actor, library_id: UUID, kind: str) -> bool:
    """Is there a button: surveys are made by who runs the library, activities by all who serve there."""
    return can_use(actor, library_id) and (kind == "activity" or (kind == "form" and actor.runs(library_id, "surveys.ask")))
