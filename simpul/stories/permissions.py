"""Who may tell, check, choose and withdraw."""

from uuid import UUID

from simpul.core.actor import Actor, ActorKind
from simpul.stories.models import Story


def can_tell(actor: Actor, library_id: UUID) -> bool:
    """Write stories down, record consent, add pictures: the library's own staff."""
    return actor.works_at(library_id, "stories.tell")


def is_herself(actor: Actor, story: Story) -> bool:
    """Did she come by her own link?"""
    return actor.kind == ActorKind.LINK and actor.id == story.pk


def can_write(actor: Actor, story: Story) -> bool:
    """The library's staff, or herself by her link."""
    return is_herself(actor, story) or can_tell(actor, story.library_id)


def can_check(actor: Actor, library_id: UUID) -> bool:
    """Verify or send back: a mentor of the library, or the coordinator."""
    return not actor.only and (actor.is_coordinator or actor.is_node or library_id in actor.mentor_of)


def can_choose_in_library(actor: Actor, library_id: UUID) -> bool:
    """Choose a library's most significant change: its librarian or volunteers together."""
    return can_tell(actor, library_id) or can_run_rounds(actor)


def can_choose_in_group(actor: Actor, library_ids: frozenset[UUID]) -> bool:
    """Choose for a kecamatan: the coordinator, or a mentor of libraries there."""
    return can_run_rounds(actor) or (not actor.only and bool(actor.mentor_of & library_ids))


def can_run_rounds(actor: Actor) -> bool:
    """Open and close rounds, choose for the city: the coordinator."""
    return not actor.only and (actor.is_coordinator or actor.is_node)
