"""Who may keep partners, speak for a library, and see documents."""

from uuid import UUID

from simpul.advocacy.models import Partner
from simpul.core.actor import Actor


def can_keep(actor: Actor, library_id: UUID | None) -> bool:
    """Write down partners, talks, publicity of a library: its own staff. Of the city: the coordinator."""
    if library_id is None:
        return can_keep_for_city(actor)
    return actor.works_at(library_id, "advocacy.keep")


def can_keep_for_city(actor: Actor) -> bool:
    """Partners and agreements of the whole city, and its dates."""
    return actor.may("advocacy.keep") and (actor.is_coordinator or actor.is_node)


def can_see_contact(actor: Actor, partner: Partner) -> bool:
    """Whom to call: the staff of its library; of a city's partner every library's staff and the coordinator."""
    if partner.library_id is not None:
        return actor.works_at(partner.library_id)
    return not actor.only and (bool(actor.staff_of) or actor.is_coordinator or actor.is_node)
