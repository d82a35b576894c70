"""Who plans workshops, helps at them, and names people."""

from uuid import UUID

from simpul.core.actor import Actor, ActorKind
from simpul.training.models import Participant, Workshop


def can_train(actor: Actor) -> bool:
    """Plan, invite, waive, settle: the coordinator and the node."""
    return actor.may("training.run") and (actor.is_node or actor.is_coordinator)


def can_help(actor: Actor, library_id: UUID) -> bool:
    """Mark who is there, enter paper, keep the folder: also the staff of the host."""
    return can_train(actor) or actor.works_at(library_id, "training.help")


def can_name(actor: Actor, library_id: UUID) -> bool:
    """Name the people of a library: its own staff, the coordinator."""
    return actor.runs(library_id, "training.name") or actor.works_at(library_id, "training.name")


def is_herself(actor: Actor, participant: Participant) -> bool:
    return actor.kind == ActorKind.LINK and actor.id == participant.pk


def as_host(by: Actor, workshop: Workshop) -> Actor:
    """The same person, acting in the host's house for this workshop; permission was asked before."""
    return Actor(  # a request's actor is lazy, which `dataclasses.replace` does not take
        kind=by.kind, id=by.id, librarian_of=by.librarian_of | {workshop.library_id}, volunteer_of=by.volunteer_of,
        mentor_of=by.mentor_of, is_coordinator=by.is_coordinator, is_administrator=by.is_administrator, is_replay=by.is_replay)


def own_link(participant: Participant) -> Actor:
    """Who acts when a participant comes by her own link: she may write her library's plan, nothing else there."""
    return Actor(kind=ActorKind.LINK, id=participant.pk, librarian_of=frozenset({participant.library_id}),
                 only=frozenset({"plans.write"}))
