"""Who may listen, ask and see."""

from uuid import UUID

from simpul.core.actor import Actor, ActorKind
from simpul.surveys.queries import safeguarding_account


def can_listen(actor: Actor, library_id: UUID) -> bool:
    """Read voices word for word, answer them, tell people: the library's own staff."""
    return actor.works_at(library_id, "surveys.listen")


def can_ask(actor: Actor, library_id: UUID) -> bool:
    """Make, publish and close surveys: its librarian, the coordinator."""
    return actor.runs(library_id, "surveys.ask")


def can_enter(actor: Actor, library_id: UUID) -> bool:
    """Enter paper sheets, ask people on the phone, see answers word for word: the library's own staff."""
    return actor.works_at(library_id, "surveys.enter")


def can_name_safeguarding(actor: Actor) -> bool:
    """Name the safeguarding person: the coordinator."""
    return actor.may("surveys.safeguarding") and (actor.is_coordinator or actor.is_node)


def can_read_disclosures(actor: Actor) -> bool:
    """The one named person; no rank opens this."""
    return (actor.kind == ActorKind.ACCOUNT and not actor.only and actor.id is not None
            and actor.id == safeguarding_account())
