"""A table of records of the past, line by line: CSV in whatever encoding and separator, or a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from simpul.transfers.refusals import Refused
from simpul.transfers.unpacking import TooMuchInside, refuse_bomb

SHEETS = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")
EMPTY = {"", "null", "\\n", "-", "0000-00-00", "0000-00-00 00:00:00"}
OLDEST = date(1990, 1, 1)
MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d", "%d/%m/%Y %H:%M:%S",
           "%d/%m/%Y %H:%M", "%d/%m/%Y", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y")
LONGEST_CELL = 10_000
EXAMPLE = "CONTOH"  # lines of a template that show how

#: our name of a column → how it may be called, in small letters
Names = Mapping[str, tuple[str, ...]]
#: the columns of a table without its heading, from its first line; None: this is no such table
Headless = Callable[[Sequence[str]], dict[str, int] | None]


class NotTheColumns(Exception):
    """The file cannot be read as a table, or its first line names none of the columns that are needed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `position` 1 is the first after the heading."""

    position: int
    columns: Mapping[str, int]
    cells: Sequence[str]

    def told(self, name: str) -> str:
        """What stands in a column, trimmed; "" where there is no such column or nothing is said."""
        at = self.columns.get(name)
        text = self.cells[at].strip()[:LONGEST_CELL] if at is not None and at < len(self.cells) else ""
        return "" if text.casefold() in EMPTY else text


class Table:
    """Iterating gives Line or Refused; `done_bytes` of `total_bytes` tell how far it is. Raises NotTheColumns when made:
    `needed` are the columns of which one has to be there."""

    def __init__(self, path: Path, names: Names, needed: Sequence[str], headless: Headless | None = None) -> None:
        self.path, self.total_bytes, self.done_bytes = path, path.stat().st_size, 0
        self._is_sheet = path.suffix.lower() in SHEETS
        self._encoding = "" if self._is_sheet else _encoding(path)
        first = next((cells for cells in self._rows() if not isinstance(cells, str)), [])
        self.columns, self._has_heading = _columns(first, names, needed, headless)

    def __iter__(self) -> Iterator[Line | Refused]:
        position, is_heading = 0, self._has_heading
        for cells in self._rows():
            if isinstance(cells, str):
                position += 1
                yield Refused(position, "unreadable_line", cells)
            elif is_heading:
                is_heading = False
            elif any(cell.strip() for cell in cells) and not cells[0].strip().upper().startswith(EXAMPLE):
                position += 1
                yield Line(position, self.columns, cells)

    def _rows(self) -> Iterator[Sequence[str] | str]:
        """Cells of a line, or why it cannot be read."""
        if self._is_sheet:
            yield from self._sheet_rows()
            return
        with self.path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding=self._encoding, errors="replace", newline="")
            lines = csv.reader((line.replace("\0", "") for line in text),
                               delimiter=_delimiter(self.path, self._encoding))
            while True:
                try:
                    cells = next(lines)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield str(error)
                    continue
                self.done_bytes = min(raw.tell(), self.total_bytes)
                yield cells

    def _sheet_rows(self) -> Iterator[Sequence[str]]:
        try:
            refuse_bomb(self.path)
            rows = CalamineWorkbook.from_path(str(self.path)).get_sheet_by_index(0).to_python()
        except (CalamineError, TooMuchInside, OSError, ValueError, IndexError) as error:
            raise NotTheColumns from error
        for n, row in enumerate(rows, 1):
            self.done_bytes = self.total_bytes * n // len(rows)
            yield [_text(cell) for cell in row]


def moment_of(text: str) -> tuple[datetime | None, bool]:
    """A naive local moment and whether it has a time; a day alone is its noon; None where it cannot be read."""
    for form in MOMENTS:
        try:
            moment = datetime.strptime(text.replace(".", ":") if "%H" in form else text, form)  # noqa: DTZ007
        except ValueError:
            continue
        return (moment, True) if "%H" in form else (datetime.combine(moment.date(), time(12)), False)
    return None, False


def whole(text: str, most: int) -> int | None:
    """A whole number from 0 to `most`, with or without points between thousands and "Rp"; None where it is none."""
    plain = text.removeprefix("Rp").strip().replace(".", "").replace(" ", "")
    return int(plain) if plain.isdecimal() and plain.isascii() and len(plain) < 16 and int(plain) <= most else None


def is_yes(text: str) -> bool:
    return text.casefold() in ("1", "ya", "y", "yes", "true")


def template_of(heading: Sequence[str], example: Sequence[str]) -> str:
    """A CSV file to fill in: the heading and one example, which is passed over when it is read."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows((heading, (f"{EXAMPLE}: {example[0]}", *example[1:])))
    return out.getvalue()


def _columns(first: Sequence[str], names: Names, needed: Sequence[str],
             headless: Headless | None) -> tuple[dict[str, int], bool]:
    named = {cell.strip().lstrip("\ufeff").casefold(): at for at, cell in enumerate(first)}
    found = {name: named[alias] for name, aliases in names.items() for alias in aliases if alias in named}
    if any(name in found for name in needed):
        return found, True
    bare = headless(first) if headless else None
    if bare is None:
        raise NotTheColumns
    return bare, False


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}" if cell.time() != time() else f"{cell:%Y-%m-%d}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _encoding(path: Path) -> str:
    """UTF-8 (with or without mark), else Windows-1252, which old exports of Excel are written in."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors="replace") as text:
        heading = text.readline()
    return max(",;\t", key=heading.count)
