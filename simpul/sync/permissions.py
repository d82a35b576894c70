"""Who may connect a phone, and who decides about what it sent."""

from uuid import UUID

from simpul.core.actor import Actor, ActorKind
from simpul.core.refusal import NotAllowed
from simpul.sync.models import Phone

#: what a phone may do at its one library, and nothing else
PHONE_MAY = frozenset({
    "visits.record", "visits.correct", "loans.record", "members.record", "gatherings.mark", "gatherings.plan",
    "activities.keep",
})


def actor_of_phone(phone: Phone) -> Actor:
    """A paired phone: it tells facts that happened at its library."""
    return Actor(kind=ActorKind.DEVICE, id=phone.pk, volunteer_of=frozenset({phone.library_id}), only=PHONE_MAY,
                 is_replay=True)


def can_offer(actor: Actor, library_id: UUID) -> bool:
    """A phone holds names of members, so only who may read them lends it to somebody: the librarian, or the node."""
    return not actor.only and (actor.is_node or library_id in actor.librarian_of)


def can_manage(actor: Actor, library_id: UUID) -> bool:
    """See the phones and end them: who runs the library, and the administrator of the node."""
    return not actor.only and (actor.runs(library_id) or actor.is_administrator)


def can_decide(actor: Actor, library_id: UUID) -> bool:
    """Events hold names: the staff of the library, volunteers too."""
    return not actor.only and actor.works_at(library_id)


def must(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed("")
