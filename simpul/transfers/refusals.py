"""The file of what a run did not take: position, code, reason, excerpt."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass

from simpul.transfers.models import Batch, RefusedRecord

COLUMNS = ("position", "code", "reason", "excerpt")
KEPT_ROWS = 1000  # in the database, for the page


@dataclass(frozen=True, slots=True)
class Refused:
    position: int
    code: str
    reason: str
    excerpt: str = ""


def start_file(batch: Batch) -> None:
    """An empty file with its heading; what an earlier, killed run left is replaced."""
    batch.folder.mkdir(parents=True, exist_ok=True)
    with batch.refusals_path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(COLUMNS)
    batch.refused_records.all().delete()


def append_to_file(batch: Batch, refused: Iterable[Refused]) -> None:
    """A cell that a spreadsheet would take for a formula is written with an apostrophe."""
    with batch.refusals_path.open("a", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows((r.position, r.code, r.reason, _harmless(r.excerpt)) for r in refused)


def rows(batch: Batch, refused: Iterable[Refused]) -> list[RefusedRecord]:
    """The same as rows for the page, cut to their columns."""
    return [RefusedRecord(batch=batch, position=r.position, code=r.code[:40], reason=r.reason[:255],
                          excerpt=r.excerpt[:255]) for r in refused]


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
