"""Who reads where a library stands, who brings papers, who assesses, who sets grades."""

from uuid import UUID

from simpul.core.actor import Actor
from simpul.replication.permissions import can_bring

__all__ = ["can_assess", "can_bring", "can_plan", "can_read", "can_set_grades"]


def can_read(actor: Actor, library_id: UUID) -> bool:
    """Its staff, its mentor, the city: there are no readers' names in it."""
    return actor.counts(library_id)


def can_plan(actor: Actor, library_id: UUID) -> bool:
    """Put what is missing into the plan: its staff."""
    return actor.works_at(library_id, "plans.write")


def can_assess(actor: Actor, library_id: UUID) -> bool:
    """The library's own assessment: its staff, its mentor, the coordinator."""
    return actor.works_at(library_id, "standards.assess") or (
        actor.may("standards.assess") and (actor.is_coordinator or library_id in actor.mentor_of))


def can_set_grades(actor: Actor) -> bool:
    """From how many points a grade begins: the coordinator and the node."""
    return actor.may("standards.grades") and (actor.is_node or actor.is_coordinator)
