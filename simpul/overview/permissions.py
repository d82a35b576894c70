"""Who writes the words before an annual report."""

from uuid import UUID

from simpul.core.actor import Actor


def can_write_preface(actor: Actor, library_id: UUID | None) -> bool:
    """Who runs the library; the coordinator for the city."""
    if library_id is None:
        return actor.may("overview.preface") and (actor.is_node or actor.is_coordinator)
    return actor.runs(library_id, "overview.preface")
