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
