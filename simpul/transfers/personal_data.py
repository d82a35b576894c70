"""Imports and exports hold no person: only who asked for a run, as an id."""

from simpul.core.personal import Basis, Personal, Sees

PERSONAL = {
    "batch.by_id": Personal(
        purpose="who asked for an import, so that it runs and is journalled in their name",
        basis=Basis.PUBLIC_TASK, retention="as long as the batch is kept",
        sees=frozenset({Sees.OWN_STAFF, Sees.ADMINISTRATOR})),
}
NOT_PERSONAL = {
    "batch.kind", "batch.file_name", "batch.file_sha256", "batch.state", "batch.by_kind", "batch.message",
    "batch.started_at", "batch.ended_at",
    "refusedrecord.code", "refusedrecord.reason", "refusedrecord.excerpt",
}
