"""Where an import of members begins: the command line, or a batch that a page left waiting."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Library
from simpul.people.importing.reading import MemberReader, NoHeading
from simpul.people.importing.running import ImportSummary, Progress, Run, summary_of
from simpul.people.permissions import can_import
from simpul.transfers.actions import begin_batch, finish_batch
from simpul.transfers.models import Batch


class CannotImport(Refusal):
    """The file is not there, cannot be opened, or has no column for the name."""

    code = "cannot_import"


def import_members(*, path: Path | str, library: Library, by: Actor, at: datetime, id: UUID, dry_run: bool = False,
                   progress: Progress | None = None) -> ImportSummary:
    """Import a sheet of members now; with `dry_run` nothing at all is written and the summary tells what would be.
    Raises CannotImport or NotAllowed before anything is read."""
    if not can_import(by, library.pk):
        raise NotAllowed(_("Only the librarian of this library imports its members."))
    file = Path(path)
    reader = _opened(file)
    if dry_run:
        return Run(reader, library, at, None, progress, writes=False).go()
    batch = begin_batch(
        library_id=library.pk, kind="members", file_name=file.name, by=by, at=at, id=id,
        file_sha256=hashlib.sha256(file.read_bytes()).hexdigest(), total_bytes=reader.total_bytes)
    if batch.state == Batch.State.DONE:
        return summary_of(batch)
    return _run(reader, library, batch, by, at, progress)


def import_file(*, kind: str, paths: Sequence[Path | str], library: Library, by: Actor, at: datetime, id: UUID,
                dry_run: bool = False, progress: Progress | None = None) -> ImportSummary:
    """The same with the arguments that the command line gives to every import."""
    return import_members(path=paths[0], library=library, by=by, at=at, id=id, dry_run=dry_run, progress=progress)


def run_waiting_batch(batch_id: UUID, progress: Progress | None = None) -> ImportSummary:
    """Run what a page left waiting (or a killed server left running); the file lies in the batch's folder and goes
    when the run is over. A batch that fails says so in its message and raises nothing."""
    batch = Batch.objects.get(pk=batch_id)
    library = Library.objects.get(pk=batch.library_id)
    by = Actor(kind=ActorKind(batch.by_kind or ActorKind.SCHEDULE), id=batch.by_id,
               librarian_of=frozenset({library.pk}))
    files = sorted(batch.folder.glob("[0-9]-*"))
    try:
        reader = _opened(files[0])
        if batch.is_dry_run:
            summary = Run(reader, library, batch.started_at, None, progress, writes=False).go()
            Batch.objects.filter(pk=batch.pk).update(
                state=Batch.State.DONE, ended_at=clock.now(), message=summary.message[:255], **summary.as_dict())
        else:
            summary = _run(reader, library, batch, by, batch.started_at, progress)
    except Exception as error:
        Batch.objects.filter(pk=batch.pk).update(
            state=Batch.State.FAILED, message=str(error)[:255] or type(error).__name__, ended_at=clock.now())
        batch.refresh_from_db()
        return summary_of(batch)
    finally:
        for path in files:  # it holds what we did not want to read
            path.unlink(missing_ok=True)
    return summary


def _opened(path: Path) -> MemberReader:
    if not path.is_file():
        raise CannotImport(_("There is no file {path}.").format(path=path.name))
    try:
        return MemberReader(path)
    except NoHeading:
        raise CannotImport(_("No column for the name was found. Use the template, or INLISLite's or SLiMS's own "
                             "export.")) from None
    except Exception:
        raise CannotImport(_("This file cannot be opened as a sheet. Save it as .xlsx or .csv and try again.")) \
            from None


def _run(reader: MemberReader, library: Library, batch: Batch, by: Actor, at: datetime,
         progress: Progress | None) -> ImportSummary:
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.RUNNING)
    summary = Run(reader, library, at, batch, progress, writes=True).go()
    Batch.objects.filter(pk=batch.pk).update(message=summary.message[:255])
    batch.refresh_from_db()
    finish_batch(batch=batch, by=by, at=at, id=derived_id(batch.pk, "imported"))
    return summary
