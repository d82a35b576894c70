"""A run begins and ends: two lines in the journal, however many records it brings."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed
from simpul.transfers.models import Batch


@change("batch.begun", says=_("{by} began the import of {result} into {library}"))
def begin_batch(*, library_id: UUID, kind: str, file_name: str, by: Actor, at: datetime, id: UUID,
                file_sha256: str = "", total_bytes: int = 0, is_dry_run: bool = False) -> Batch:
    """Write down that a run was asked for; it waits until somebody runs it. The batch has the id of the change."""
    if not by.runs(library_id, "catalogue.import"):
        raise NotAllowed(_("Only those who run this library may import into it."))
    note(library=library_id)
    return Batch.objects.create(
        id=id, library_id=library_id, kind=kind, file_name=file_name[:200], file_sha256=file_sha256,
        total_bytes=total_bytes, is_dry_run=is_dry_run, by_kind=by.kind, by_id=by.id, started_at=at)


@change("batch.imported", says=_("{by} imported {batch} into {library}: {read} read, {added} added, {updated} updated, "
                                 "{unchanged} unchanged, {refused} refused"))
def finish_batch(*, batch: Batch, by: Actor, at: datetime, id: UUID) -> Batch:
    """Close a run that came to its end; its counts stand in the journal."""
    note(library=batch.library_id, read=batch.read, added=batch.added, updated=batch.updated,
         unchanged=batch.unchanged, refused=batch.refused)
    batch.state, batch.ended_at, batch.done_bytes = Batch.State.DONE, at, batch.total_bytes
    batch.save(update_fields=["state", "ended_at", "done_bytes"])
    return batch
