"""Who may write in a guest book."""

from uuid import UUID

from simpul.core.actor import Actor, ActorKind
from simpul.core.models import JournalLine


def can_record(actor: Actor, library_id: UUID) -> bool:
    """Staff of the library, its paired kiosk, a connected system, the node."""
    return actor.works_at(library_id, "visits.record")


def can_correct(actor: Actor, library_id: UUID) -> bool:
    """Staff of the library; a kiosk may not."""
    return actor.works_at(library_id, "visits.correct")


def can_undo(actor: Actor, library_id: UUID, entry_id: UUID) -> bool:
    """Who may correct; and a kiosk what it wrote itself."""
    if can_correct(actor, library_id):
        return True
    return (actor.kind == ActorKind.DEVICE and can_record(actor, library_id)
            and JournalLine.objects.filter(pk=entry_id, by_kind=actor.kind, by_id=actor.id).exists())
