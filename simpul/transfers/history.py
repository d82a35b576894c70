"""Records of the past come in: a run from the first line to the last, in short transactions.

An app says what a line means and what is to be written; this says how a run goes: a batch with its two lines in the
journal, refused lines in their file, the lock held for a moment only, the same file again adding nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.transfers import refusals
from simpul.transfers.actions import begin_batch, finish_batch
from simpul.transfers.models import Batch, RefusedRecord
from simpul.transfers.pace import Pace
from simpul.transfers.refusals import Refused
from simpul.transfers.tables import Line, Table

COUNTS = ("read", "added", "updated", "unchanged", "refused")
#: progress(done bytes, total bytes, counts)
Progress = Callable[[int, int, dict[str, int]], None]
D = TypeVar("D")


class CannotImport(Refusal):
    """The file is not there, is empty, or its columns are not known."""

    code = "cannot_import"


@dataclass(frozen=True)
class ImportSummary:
    """How a run ended; read = added + updated + unchanged + refused."""

    read: int
    added: int
    updated: int
    unchanged: int
    refused: int
    refusals_file: str = ""      # where the refused lines are listed
    longest_lock: float = 0.0    # seconds that the longest transaction held the write lock

    def as_dict(self) -> dict[str, int]:
        """The five counts, for machines."""
        return {name: value for name, value in asdict(self).items() if name in COUNTS}


@dataclass
class Plan:
    """What a handful of lines will change; `write` is called within one transaction, and not in a rehearsal."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    write: Callable[[], Any] = lambda: None


@dataclass(frozen=True)
class History(Generic[D]):
    """`kind` names the batch. `draft` reads a line; `plan` asks the database about some drafts, outside the lock."""

    kind: str
    table: Table
    draft: Callable[[Line], D | Refused]
    plan: Callable[[Sequence[D]], Plan]


class Sayings:
    """Ids of lines: the n-th line that says the same has the n-th id of that saying, so that two alike pupils are two
    and the same file again is the same."""

    def __init__(self, library_id: UUID, kind: str) -> None:
        self._library_id, self._kind = library_id, kind
        self._seen: Counter[bytes] = Counter()

    def id_of(self, identity: str) -> UUID:
        key = hashlib.sha256(identity.encode()).digest()[:16]
        self._seen[key] += 1
        return uuid5(self._library_id, f"{self._kind} {identity} {self._seen[key]}")


def readable(path: Path | str, library_id: UUID, by: Actor) -> Path:
    """The path, if it is a file and `by` may import into the library. Raises CannotImport or NotAllowed."""
    path = Path(path)
    if not path.is_file():
        raise CannotImport(_("There is no file %(path)s.") % {"path": path})
    if not by.runs(library_id, "catalogue.import"):
        raise NotAllowed(_("Only those who run this library may import into it."))
    return path


def run(history: History[Any], library_id: UUID, *, by: Actor, at: datetime, id: UUID, dry_run: bool = False,
        progress: Progress | None = None) -> ImportSummary:
    """Take a history in. With `dry_run` nothing is written: the summary tells what would happen. The same id again
    answers as the first time; killed and run again it finds its own lines and goes on."""
    table = history.table
    waiting = Batch.objects.filter(pk=id, library_id=library_id, kind=history.kind).first()
    if dry_run:
        rehearsal = waiting or Batch(id=derived_id(id, "rehearsal"), library_id=library_id, kind=history.kind,
                                     started_at=at, is_dry_run=True)
        summary = _Run(history, rehearsal, progress).go()
        Batch.objects.filter(pk=rehearsal.pk).update(state=Batch.State.DONE, ended_at=at, **summary.as_dict())
        return summary
    batch = waiting or begin_batch(
        library_id=library_id, kind=history.kind, file_name=table.path.name, file_sha256=_sha256(table.path),
        total_bytes=table.total_bytes, by=by, at=at, id=id)
    if batch.state == Batch.State.DONE:
        return ImportSummary(**{name: getattr(batch, name) for name in COUNTS}, refusals_file=str(batch.refusals_path))
    summary = _Run(history, batch, progress).go()
    batch.refresh_from_db()
    finish_batch(batch=batch, by=by, at=at, id=derived_id(id, "imported"))
    return summary


class _Run:
    def __init__(self, history: History[Any], batch: Batch, progress: Progress | None) -> None:
        self.history, self.table, self.batch, self.progress = history, history.table, batch, progress
        self.writes = not batch.is_dry_run
        self.counts: Counter[str] = Counter()
        self.kept = 0
        self.pace = Pace()

    def go(self) -> ImportSummary:
        refusals.start_file(self.batch)
        Batch.objects.filter(pk=self.batch.pk).update(state=Batch.State.RUNNING)
        lines = iter(self.table)
        while items := list(islice(lines, self.pace.size)):
            read = [self.history.draft(item) if isinstance(item, Line) else item for item in items]
            plan = self.history.plan([item for item in read if not isinstance(item, Refused)])
            self._take(plan, sorted((*(item for item in read if isinstance(item, Refused)), *plan.refused),
                                    key=lambda refused: refused.position), len(items))
            if self.progress:
                self.progress(self.table.done_bytes, self.table.total_bytes, self._totals())
            if self.writes:
                self.pace.breathe()
        return ImportSummary(**self._totals(), refusals_file=str(self.batch.refusals_path),
                             longest_lock=self.pace.longest)

    def _take(self, plan: Plan, refused: Sequence[Refused], n: int) -> None:
        self.counts.update(added=plan.added, updated=plan.updated, unchanged=plan.unchanged, refused=len(refused))
        refusals.append_to_file(self.batch, refused)
        if not self.writes:
            return
        rows = refusals.rows(self.batch, refused[:max(0, refusals.KEPT_ROWS - self.kept)])
        self.kept += len(rows)
        with self.pace.measured(n), transaction.atomic():
            plan.write()
            RefusedRecord.objects.bulk_create(rows)
            Batch.objects.filter(pk=self.batch.pk).update(done_bytes=self.table.done_bytes, **self._totals())

    def _totals(self) -> dict[str, int]:
        totals = {name: self.counts[name] for name in COUNTS if name != "read"}
        return {"read": sum(totals.values()), **totals}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
