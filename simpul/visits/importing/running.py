"""A run from the first line to the last, in short transactions."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.transfers import refusals
from simpul.transfers.actions import begin_batch, finish_batch
from simpul.transfers.models import Batch, RefusedRecord
from simpul.transfers.pace import Pace
from simpul.transfers.refusals import Refused
from simpul.visits.actions.retention import due_before
from simpul.visits.importing.reading import Draft, NotTheColumns, Table
from simpul.visits.models import Cell, Details, Visit

COUNTS = ("read", "added", "updated", "unchanged", "refused")
#: progress(done bytes, total bytes, counts)
Progress = Callable[[int, int, dict[str, int]], None]


class CannotImport(Refusal):
    """The file is not there, is empty, or its columns are not known."""

    code = "cannot_import"


@dataclass(frozen=True)
class ImportSummary:
    """How a run ended; read = added + updated + unchanged + refused (a visit is never updated)."""

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


def import_visits(path: Path | str, library: Library, by: Actor, at: datetime, id: UUID, dry_run: bool = False,
                  progress: Progress | None = None) -> ImportSummary:
    """Import a CSV file of visits into a library. With `dry_run` nothing is written: the summary tells what would
    happen. The same id again answers as the first time. Raises CannotImport or NotAllowed before anything is read."""
    path = Path(path)
    if not path.is_file():
        raise CannotImport(_("There is no file %(path)s.") % {"path": path})
    if not by.runs(library.pk, "catalogue.import"):
        raise NotAllowed(_("Only those who run this library may import into it."))
    table = Table(path, library.time_zone, clock.local_date(at, library.time_zone))
    try:
        table.check()
    except NotTheColumns:
        raise CannotImport(_(
            "The first line names no column with the day of the visit. Use the template, or the visitor log of "
            "SLiMS with its columns member_id, member_name, institution, checkin_date.")) from None
    if dry_run:
        batch = Batch(id=derived_id(id, "rehearsal"), library_id=library.pk, kind="visits", started_at=at,
                      is_dry_run=True)
        return Run(table, batch, library, at, progress).go()
    batch = begin_batch(library_id=library.pk, kind="visits", file_name=path.name, file_sha256=_sha256(path),
                        total_bytes=table.total_bytes, by=by, at=at, id=id)
    if batch.state == Batch.State.DONE:
        return ImportSummary(**{name: getattr(batch, name) for name in COUNTS}, refusals_file=str(batch.refusals_path))
    summary = Run(table, batch, library, at, progress).go()
    batch.refresh_from_db()
    finish_batch(batch=batch, by=by, at=at, id=derived_id(id, "imported"))
    return summary


class Run:
    """One file into one library. Killed and run again it finds its own lines and goes on."""

    def __init__(self, table: Table, batch: Batch, library: Library, at: datetime, progress: Progress | None) -> None:
        self.table, self.batch, self.library, self.at, self.progress = table, batch, library, at, progress
        self.writes = not batch.is_dry_run
        self.forgotten = due_before(at)
        self.seen: Counter[bytes] = Counter()
        self.counts: Counter[str] = Counter()
        self.kept = 0
        self.pace = Pace()

    def go(self) -> ImportSummary:
        refusals.start_file(self.batch)
        Batch.objects.filter(pk=self.batch.pk).update(state=Batch.State.RUNNING)
        lines = iter(self.table)
        while items := list(islice(lines, self.pace.size)):
            drafts = [item for item in items if isinstance(item, Draft)]
            refused = [item for item in items if isinstance(item, Refused)]
            self._take(drafts, refused)
            if self.progress:
                self.progress(self.table.done_bytes, self.table.total_bytes, self._totals())
            if self.writes:
                self.pace.breathe()
        return ImportSummary(**self._totals(), refusals_file=str(self.batch.refusals_path),
                             longest_lock=self.pace.longest)

    def _take(self, drafts: list[Draft], refused: list[Refused]) -> None:
        """Plan outside the lock, write within it."""
        planned = [self._visit(draft) for draft in drafts]
        self._link(planned, drafts)
        there = set(Visit.objects.filter(pk__in=[visit.pk for visit in planned]).values_list("pk", flat=True))
        new = [visit for visit in planned if visit.pk not in there]
        self.counts.update(added=len(new), unchanged=len(planned) - len(new), refused=len(refused))
        refusals.append_to_file(self.batch, refused)
        if not self.writes:
            return
        rows = refusals.rows(self.batch, refused[:max(0, refusals.KEPT_ROWS - self.kept)])
        self.kept += len(rows)
        with self.pace.measured(len(drafts) + len(refused)), transaction.atomic():
            Visit.objects.bulk_create(new, ignore_conflicts=True)
            RefusedRecord.objects.bulk_create(rows)
            Batch.objects.filter(pk=self.batch.pk).update(
                done_bytes=self.table.done_bytes, **self._totals())

    def _visit(self, draft: Draft) -> Visit:
        """The n-th line that says the same has the n-th id of that saying: two pupils at one minute are two."""
        key = hashlib.sha256(draft.identity.encode()).digest()[:16]
        self.seen[key] += 1
        id = uuid5(self.library.pk, f"visit {draft.identity} {self.seen[key]}")
        return Visit(
            id=id, entry_id=id, library=self.library, how=draft.how, sex=draft.cell.sex,
            age_group=draft.cell.age_group, count=draft.cell.count, occupation=draft.details.occupation,
            education=draft.details.education, purpose=draft.details.purpose, uses_ict=draft.details.uses_ict,
            happened_at=draft.happened_at, local_date=draft.local_date)

    def _link(self, visits: list[Visit], drafts: list[Draft]) -> None:
        """Members known by their number give sex, age, occupation; of the last twelve months they stay linked."""
        numbers = {draft.member_number for draft in drafts if draft.member_number}
        known = {member.number: member.person for member in Member.objects.filter(
            library=self.library, number__in=numbers, person__erased_at__isnull=True).select_related("person")
                 } if numbers else {}
        for visit, draft in zip(visits, drafts, strict=True):
            person = known.get(draft.member_number)
            if person is None:
                continue
            cell = Cell(person.sex, person.age_group(draft.local_date).value)
            details: Details = replace(draft.details, occupation=person.occupation, education=person.education)
            visit.sex, visit.age_group = draft.cell.sex or cell.sex, draft.cell.age_group or cell.age_group
            visit.occupation, visit.education = details.occupation, details.education
            visit.person = person if draft.local_date >= self.forgotten else None

    def _totals(self) -> dict[str, int]:
        totals = {name: self.counts[name] for name in COUNTS if name != "read"}
        return {"read": sum(totals.values()), **totals}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
