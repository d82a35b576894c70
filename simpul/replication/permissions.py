"""Who reads a journey, who brings its papers, who judges it, who mentors, who holds meetings."""

from uuid import UUID

from simpul.core.actor import Actor
from simpul.replication.models import PeerMeeting


def can_read(actor: Actor, library_id: UUID) -> bool:
    """Its staff, its mentor, the city: a journey holds no reader's name."""
    return actor.counts(library_id)


def can_bring(actor: Actor, library_id: UUID) -> bool:
    """Papers of the journey, and what the library brings to a meeting: its staff, its mentor, the coordinator."""
    return actor.works_at(library_id, "replication.bring") or can_mentor(actor, library_id)


def can_mentor(actor: Actor, library_id: UUID) -> bool:
    """Contacts, scores, confirmations, pauses: its mentor, the coordinator, the node."""
    return actor.may("replication.mentor") and (
        actor.is_node or actor.is_coordinator or library_id in actor.mentor_of)


def can_hold_meetings(actor: Actor) -> bool:
    """Peer learning meetings: the coordinator, mentors, the node."""
    return actor.may("replication.meetings") and (actor.is_node or actor.is_coordinator or bool(actor.mentor_of))


def can_set_costs(actor: Actor) -> bool:
    """What replication costs here: the coordinator and the node."""
    return actor.may("replication.costs") and (actor.is_node or actor.is_coordinator)


def can_mark_at(actor: Actor, meeting: PeerMeeting) -> bool:
    """Who tells who is there, and sees the names of delegates: those who hold meetings and the staff of the host."""
    return can_hold_meetings(actor) or (meeting.library_id is not None and actor.works_at(
        meeting.library_id, "replication.meetings"))


def as_host(by: Actor, meeting: PeerMeeting) -> Actor:
    """The same person, acting in the host's house for this meeting; permission was asked before."""
    hosts = frozenset({meeting.library_id}) if meeting.library_id else frozenset()
    return Actor(  # a request's actor is lazy, which `dataclasses.replace` does not take
        kind=by.kind, id=by.id, librarian_of=by.librarian_of | hosts, volunteer_of=by.volunteer_of, mentor_of=by.mentor_of,
        is_coordinator=by.is_coordinator, is_administrator=by.is_administrator, is_replay=by.is_replay)
