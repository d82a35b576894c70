"""Who plans activities and writes what came of them, and who answers."""

from uuid import UUID

from simpul.activities.queries import serves_city_library
from simpul.core.actor import Actor, ActorKind


def can_keep(actor: Actor, library_id: UUID) -> bool:
    """The staff of the library, volunteers too."""
    return actor.works_at(library_id, "activities.keep")


def can_read_reports(actor: Actor) -> bool:
    """The city's list of reports: mentors, the coordinator, the city library."""
    return actor.kind == ActorKind.ACCOUNT and not actor.only and (
        actor.is_coordinator or bool(actor.mentor_of) or serves_city_library(actor))


def can_reply(actor: Actor, library_id: UUID) -> bool:
    """Answer a report of this library: its mentor, the coordinator, who runs the city library. Nobody her own."""
    if actor.kind != ActorKind.ACCOUNT or actor.only or library_id in actor.staff_of:
        return False
    return actor.is_coordinator or library_id in actor.mentor_of or serves_city_library(actor)


def can_set_city_day(actor: Actor) -> bool:
    return actor.may("activities.city_day") and (
        actor.is_coordinator or actor.is_administrator or actor.is_node)
