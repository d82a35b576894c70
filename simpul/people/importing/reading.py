"""Reads a sheet of members: .xlsx, .xls, .ods or .csv."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

from simpul.people.importing.columns import SLIMS, Heading, heading_of
from simpul.transfers.unpacking import refuse_bomb

HEADING_WITHIN = 15  # rows: sheets begin with a name, a logo, a group heading
EXAMPLE = "CONTOH"   # rows of the template that show how
MOST_BYTES = 50_000_000


class NoHeading(Exception):
    """No row of the first fifteen names a column for the name."""


class MemberReader:
    """Iterates (position, {our name: cell}); position 1 is the first row after the heading. `heading` is set as soon
    as the file is opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.total_bytes = path.stat().st_size
        self._rows = self._table()
        self.heading = self._find_heading()

    def __iter__(self) -> Iterator[tuple[int, dict[str, object]]]:
        names, position = self.heading.names, 0
        for row in self._rows[self._first:]:
            if not any(str(cell).strip() for cell in row if cell is not None):
                continue
            if str(row[0]).strip().upper().startswith(EXAMPLE):
                continue
            position += 1
            # cells of dropped columns are never touched
            yield position, {name: cell for name, cell in zip(names, row, strict=False) if name}

    def _find_heading(self) -> Heading:
        for n, row in enumerate(self._rows[:HEADING_WITHIN]):
            found = heading_of([str(cell if cell is not None else "") for cell in row])
            if found:
                self._first = n + 1
                return found
        if self._rows and len(self._rows[0]) == len(SLIMS):
            self._first = 0
            bare = heading_of(list(SLIMS))
            assert bare
            return bare
        raise NoHeading

    def _table(self) -> list[list[object]]:
        if self.path.suffix.lower() in (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb"):
            refuse_bomb(self.path)
            book = CalamineWorkbook.from_path(str(self.path))
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).to_python()
                if rows:
                    return [list(row) for row in rows]
            return []
        return self._csv(self.path.read_bytes()[:MOST_BYTES])

    @staticmethod
    def _csv(raw: bytes) -> list[list[object]]:
        try:
            text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
        text = text.replace("\x00", "")
        first = text.split("\n", 1)[0]
        separator = max(",;\t|", key=first.count)
        csv.field_size_limit(10_000_000)
        # SLiMS escapes a mark inside a field with a backslash
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, escapechar="\\")
        rows: list[list[object]] = []
        while True:
            try:
                rows.append(list(next(reader)))
            except StopIteration:
                return rows
            except csv.Error:
                continue
