"""A run from the first record to the last: read a handful, plan it, write it in one short transaction, let others in."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice

from django.db import DatabaseError, transaction

from simpul.catalogue.importing.drafts import Draft, Reader, Unreadable
from simpul.catalogue.importing.planning import Outlook, Plan, Planner, Wanted
from simpul.catalogue.importing.reasons import excerpt_of, reason
from simpul.catalogue.importing.writing import write
from simpul.core.actor import Actor
from simpul.core.ids import derived_id
from simpul.libraries.models import Library
from simpul.transfers import refusals
from simpul.transfers.actions import finish_batch
from simpul.transfers.log import WriteAheadLog
from simpul.transfers.models import Batch, RefusedRecord
from simpul.transfers.pace import Pace

STRETCH = 300  # records that are read and planned together, outside any lock
COUNTS = ("read", "added", "updated", "unchanged", "refused")
#: progress(done bytes, total bytes, counts)
Progress = Callable[[int, int, dict[str, int]], None]


@dataclass(frozen=True)
class ImportSummary:
    """How a run ended; read = added + updated + unchanged + refused."""

    read: int
    added: int
    updated: int
    unchanged: int
    refused: int
    refusals_file: str = ""      # where the refused records are listed
    longest_lock: float = 0.0    # seconds that the longest transaction held the write lock

    def as_dict(self) -> dict[str, int]:
        """The five counts, for machines."""
        return {name: value for name, value in asdict(self).items() if name in COUNTS}


class Run:
    """One import into one library. Killed and run again it finds its own records unchanged and goes on."""

    def __init__(self, reader: Reader, batch: Batch, library: Library, at: datetime,
                 progress: Progress | None = None) -> None:
        self.reader, self.batch, self.at, self.progress = reader, batch, at, progress
        self.planner = Planner(library, reader.source, batch.pk, at)
        self.pace, self.log = Pace(), WriteAheadLog()
        self.counts: Counter[str] = Counter()
        self.kept_rows = 0

    def go(self) -> ImportSummary:
        """Read everything; returns the summary. What cannot be taken is refused, nothing stops the run."""
        refusals.start_file(self.batch)
        Batch.objects.filter(pk=self.batch.pk).update(
            state=Batch.State.RUNNING, total_bytes=self.reader.total_bytes, done_bytes=0,
            **dict.fromkeys(COUNTS, 0))
        try:
            self.log.take_over()
            records = iter(self.reader)
            while items := list(islice(records, STRETCH)):
                self._take(items)
                if self.progress:
                    self.progress(self.batch.done_bytes, self.reader.total_bytes, self._totals())
        finally:
            self.planner.seen.close()
            self.log.give_back()
        self.batch.refresh_from_db()
        return ImportSummary(**self._totals(), refusals_file=str(self.batch.refusals_path),
                             longest_lock=self.pace.longest)

    def _take(self, items: list[Draft | Unreadable]) -> None:
        """Plan a stretch together, write it in slices as small as the pace asks for."""
        wanted, placed = self.planner.place(items)
        outlook = self.planner.look(wanted)
        offset, done = self.batch.done_bytes, 0
        if placed.counts or placed.refused:
            placed.offset = max(offset, placed.offset if not wanted else 0)
            self._write(placed)
        while done < len(wanted):
            part = wanted[done:done + self.pace.size]
            offset = max(offset, part[-1].draft.offset)
            if not self._slice(outlook, part, offset):
                self._again(part, offset)
                outlook = self.planner.look(wanted[done + len(part):])
            done += len(part)
        self.batch.done_bytes = max(self.batch.done_bytes, placed.offset, *(i.offset for i in items))

    def _slice(self, outlook: Outlook, part: list[Wanted], offset: int) -> bool:
        try:
            self._write(outlook.plan(part, Plan(records=len(part), offset=offset)))
        except (DatabaseError, ValueError, OverflowError):
            return False
        return True

    def _again(self, part: list[Wanted], offset: int) -> None:
        """A slice that the database did not take: somebody took a code or brought a record meanwhile, or one record
        is impossible. Look again, once together, then each alone, so that only the culprit is refused."""
        self.planner.codes.forget()
        if self._slice(self.planner.look(part), part, offset):
            return
        for w in part:
            self.planner.codes.forget()
            if self._slice(self.planner.look([w]), [w], offset):
                continue
            plan = Plan(records=1, offset=offset, counts=Counter({"refused": 1}))
            plan.refused.append(refusals.Refused(
                w.draft.position, "not_stored", reason("not_stored"), excerpt_of(w.draft.description.title)))
            self._write(plan)

    def _write(self, plan: Plan) -> None:
        counts = self.counts + plan.counts
        room = max(0, refusals.KEPT_ROWS - self.kept_rows)
        kept = refusals.rows(self.batch, plan.refused[:room])
        totals = _totals(counts)
        self.pace.breathe()
        with self.pace.measured(plan.records), transaction.atomic():
            self.pace.locked()
            if plan.touched or plan.documents:
                write(plan, self.planner.library.pk, self.at)
            if kept:
                RefusedRecord.objects.bulk_create(kept)
            Batch.objects.filter(pk=self.batch.pk).update(done_bytes=plan.offset, **totals)
            self.pace.written()
        self.log.tidy(plan.records)
        self.counts, self.batch.done_bytes = counts, plan.offset
        self.kept_rows += len(kept)
        if plan.refused:
            refusals.append_to_file(self.batch, plan.refused)

    def _totals(self) -> dict[str, int]:
        return _totals(self.counts)


def _totals(counts: Counter[str]) -> dict[str, int]:
    totals = {name: counts[name] for name in COUNTS if name != "read"}
    return {"read": sum(totals.values()), **totals}


def run_batch(reader: Reader, batch: Batch, *, library: Library, by: Actor, at: datetime,
              progress: Progress | None = None) -> ImportSummary:
    """Run a batch that `begin_batch` wrote down, and close it. A batch that is done answers as the first time."""
    if batch.state == Batch.State.DONE:
        return summary_of(batch)
    summary = Run(reader, batch, library, at, progress).go()
    batch.refresh_from_db()
    finish_batch(batch=batch, by=by, at=at, id=derived_id(batch.pk, "imported"))
    return summary


def summary_of(batch: Batch) -> ImportSummary:
    return ImportSummary(**{name: getattr(batch, name) for name in COUNTS}, refusals_file=str(batch.refusals_path))


