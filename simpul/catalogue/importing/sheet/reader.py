"""Reads a sheet of books: .xlsx, .xls, .ods or .csv."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

from simpul.catalogue.importing.drafts import Draft, Unreadable
from simpul.catalogue.importing.files import Source
from simpul.catalogue.importing.reasons import excerpt_of, reason
from simpul.catalogue.importing.sheet.columns import copies, describe, names_of
from simpul.catalogue.importing.slims.rows import lines, rows, separator_of
from simpul.catalogue.importing.values import fold
from simpul.catalogue.models import SourceRecord
from simpul.transfers.unpacking import refuse_bomb

_FORMULA_GUARD = re.compile(r"^'(?=[=+@-])")  # an export writes it before what a spreadsheet would run
_IDENTITY = ("title", "subtitle", "part", "makers", "year", "edition", "isbn", "publisher")
HEADING_WITHIN = 15  # rows: sheets begin with a name, a logo, a group heading
EXAMPLE = "CONTOH"   # rows of the template that show how; they are passed over


class SheetReader:
    """One row, one record: a title and its copy or copies. The same title again adds its copies."""

    source = "sheet"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.total_bytes = path.stat().st_size

    def __iter__(self) -> Iterator[Draft | Unreadable]:
        position = 0
        for cells, done in self._rows():
            if cells is None:
                yield Unreadable(position + 1, self.total_bytes, done, reason(done))  # type: ignore[arg-type]
                return
            columns, offset = cells, int(done)
            position += 1
            yield self._take(position, offset, columns)
        if not position:
            yield Unreadable(1, self.total_bytes, "no_records", reason("no_records"))

    def _rows(self) -> Iterator[tuple[dict[str, str], int] | tuple[None, str]]:
        """Each filled row as our names → text with how far (bytes) it lies; (None, code) where nothing can be read."""
        names: list[str] | None = None
        tried = 0
        try:
            for cells, offset in self._cells():
                if names is None:
                    names = names_of(cells)
                    tried += 1
                    if names is None and tried >= HEADING_WITHIN:
                        break
                    continue
                columns = {name: text for name, cell in zip(names, cells, strict=False)
                           if name and (text := _FORMULA_GUARD.sub("", cell.strip()))}
                if columns and not columns.get("code", "").startswith(EXAMPLE):
                    yield columns, offset
        except Exception:
            yield None, "not_a_sheet"
            return
        if names is None:
            yield None, "no_heading"

    def _cells(self) -> Iterator[tuple[list[str], int]]:
        with self.path.open("rb") as file:
            head = file.read(8)
        if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            refuse_bomb(self.path)
            found = CalamineWorkbook.from_path(str(self.path)).get_sheet_by_index(0)
            height = max(found.height, 1)
            for n, cells in enumerate(found.iter_rows(), 1):
                yield [_text(cell) for cell in cells], self.total_bytes * min(n, height) // height
            return
        source = Source(self.path)
        with source as stream:
            text = lines(stream)
            first = next(text, "")
            separator = separator_of(first)
            width = first.count(separator) + 1
            for row in rows(_from(first, text), separator, width):
                yield row.cells if not row.code else [row.text], source.done_bytes

    def _take(self, position: int, offset: int, columns: dict[str, str]) -> Draft | Unreadable:
        description = describe(columns)
        if description is None:
            return Unreadable(position, offset, "no_title", reason("no_title"), excerpt_of(" ".join(columns.values())))
        content = json.dumps(columns, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        told = "\x1f".join(fold(columns.get(name, "")) for name in _IDENTITY)
        return Draft(
            position=position, offset=offset, form=SourceRecord.Form.SHEET, content=content, description=description,
            external_id=hashlib.sha256(told.encode()).hexdigest()[:40],
            fingerprint=hashlib.sha256(content).hexdigest(), copies=copies(columns),
            city_id=columns.get("city_id", ""), is_joined_by_id=True)


def _from(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _text(cell: object) -> str:
    """A cell as people read it: no `.0` behind a whole number, days as year-month-day."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e17:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if cell is None or isinstance(cell, timedelta):
        return ""
    return str(cell)
