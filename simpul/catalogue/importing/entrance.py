"""Where an import begins: from the command line, or a batch that a page left waiting."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.catalogue.importing.drafts import Reader
from simpul.catalogue.importing.dry_run import rehearse
from simpul.catalogue.importing.marc.reader import MarcReader
from simpul.catalogue.importing.running import ImportSummary, Progress, run_batch, summary_of
from simpul.catalogue.importing.sheet.reader import SheetReader
from simpul.catalogue.importing.slims.reader import SlimsReader
from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.refusal import Refusal
from simpul.libraries.models import Library
from simpul.transfers.actions import begin_batch
from simpul.transfers.models import Batch

KINDS = ("marc", "slims", "sheet")


class CannotImport(Refusal):
    """The file is not there, is empty, or its kind is not known."""

    code = "cannot_import"


def readers(kind: str, paths: Sequence[Path]) -> Reader:
    """The reader of a kind for one file, or for a file and the one that belongs to it (SLiMS: titles, then copies)."""
    if kind == "marc":
        return MarcReader(paths[0])
    if kind == "slims":
        return SlimsReader(*paths[:2])
    if kind == "sheet":
        return SheetReader(paths[0])
    raise CannotImport(_("Unknown kind of import. Choose marc, slims or sheet."))


def import_file(*, kind: str, paths: Sequence[Path | str], library: Library, by: Actor, at: datetime, id: UUID,
                dry_run: bool = False, progress: Progress | None = None) -> ImportSummary:
    """Import a file now. With `dry_run` nothing changes here: the summary tells what would happen.
    Raises CannotImport or NotAllowed before anything is read."""
    files = [Path(path) for path in paths]
    for path in files:
        if not path.is_file():
            raise CannotImport(_("There is no file %(path)s.") % {"path": path})
    if dry_run:
        return rehearse(kind, files, library, by, at, progress)
    reader = readers(kind, files)
    batch = begin_batch(
        library_id=library.pk, kind=kind, file_name=files[0].name, file_sha256=sha256_of(files[0]),
        total_bytes=reader.total_bytes, by=by, at=at, id=id)
    return run_batch(reader, batch, library=library, by=by, at=at, progress=progress)


def run_waiting_batch(batch_id: UUID, progress: Progress | None = None) -> ImportSummary:
    """Run what a page left waiting (or a killed server left running); the files lie in the batch's folder. A batch
    that fails says so in its message and raises nothing."""
    batch = Batch.objects.get(pk=batch_id)
    library = Library.objects.get(pk=batch.library_id)
    by = Actor(kind=ActorKind(batch.by_kind or ActorKind.SCHEDULE), id=batch.by_id,
               librarian_of=frozenset({library.pk}))
    files = sorted(path for path in batch.folder.glob("[0-9]-*"))
    try:
        if batch.is_dry_run:
            return _rehearse_waiting(batch, files, library, by, progress)
        summary = run_batch(readers(batch.kind, files), batch, library=library, by=by, at=batch.started_at,
                            progress=progress)
    except Exception as error:
        Batch.objects.filter(pk=batch.pk).update(
            state=Batch.State.FAILED, message=f"{type(error).__name__}: {error}"[:255], ended_at=clock.now())
        batch.refresh_from_db()
        return summary_of(batch)
    for path in files:
        path.unlink(missing_ok=True)
    return summary


def _rehearse_waiting(batch: Batch, files: list[Path], library: Library, by: Actor,
                      progress: Progress | None) -> ImportSummary:
    def told(done: int, total: int, counts: dict[str, int]) -> None:
        Batch.objects.filter(pk=batch.pk).update(
            state=Batch.State.RUNNING, done_bytes=done, total_bytes=total, **counts)
        if progress:
            progress(done, total, counts)

    summary = rehearse(batch.kind, files, library, by, batch.started_at, told, refusals_to=batch.refusals_path)
    Batch.objects.filter(pk=batch.pk).update(
        state=Batch.State.DONE, ended_at=clock.now(), done_bytes=batch.total_bytes, **summary.as_dict())
    return summary


def sha256_of(path: Path) -> str:
    """The file's hash, read as a stream."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
