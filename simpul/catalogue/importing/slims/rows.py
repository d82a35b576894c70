"""Rows of a CSV file whose quoting, encoding and width cannot be trusted.

SLiMS writes quotation marks inside a field without doubling them, and line ends inside notes. A line that parses
strictly is believed. Else the marks are read as the exporter meant them: a field ends where a mark is followed by the
separator. Lines are joined while a field stays open, but never past a line that is a whole row by itself: one
missing mark costs one row, not the rest of the file.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_LINE = 1_000_000   # characters
MOST_LINES = 300           # of one row


@dataclass(slots=True)
class Row:
    """`cells` has the width of the heading, or `code` says what is wrong with `text`."""

    cells: list[str]
    code: str = ""
    text: str = ""


def lines(stream: io.BufferedReader) -> Iterator[str]:
    """Lines of text without their ends, in whatever encoding each is written; NUL bytes are dropped."""
    head = stream.peek(4096)[:4096]
    encoding = "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif len(head) > 20 and head[1:200:2].count(0) > len(head[1:200:2]) * 0.6:
        encoding = "utf-16-le"
    elif len(head) > 20 and head[0:200:2].count(0) > len(head[0:200:2]) * 0.6:
        encoding = "utf-16-be"
    errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
    text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline=None)
    try:
        while line := text.readline(LONGEST_LINE):
            if not line.isascii():
                line = _true_text(line)
            yield line.rstrip("\n").replace("\x00", "")
    finally:
        text.detach()


def _true_text(line: str) -> str:
    """Bytes that were not UTF-8 are Windows-1252; a line that mixes both keeps what is right in it."""
    if not re.search("[\udc80-\udcff]", line):
        return line
    raw = line.encode("utf-8", "surrogateescape")
    if re.search("[\x80-\ud7ff\ue000-\uffff]", line):  # valid UTF-8 beside the bad bytes
        return re.sub("[\udc80-\udcff]+", lambda m: m[0].encode("utf-8", "surrogateescape").decode(
            "cp1252", "replace"), line)
    return raw.decode("cp1252", "replace")


def separator_of(heading: str) -> str:
    """The separator that stands most often between the names of the heading."""
    bare = re.sub(r'"[^"]*"', "", heading)
    return max(",;\t|", key=bare.count)


def rows(source: Iterator[str], separator: str, width: int) -> Iterator[Row]:
    """Every row after the heading; blank lines are passed over."""
    cut = _Cutter(separator, width)
    pending: list[str] = []
    for line in source:
        if not pending:
            if not line.strip():
                continue
            cells, is_open = cut.strictly(line)
            if cells is not None:
                yield cut.fitted(cells, line)
            elif (cells := cut.forgiving(line)) is not None:
                yield Row(cells)
            elif is_open:
                pending = [line]
            else:
                yield cut.guessed(line)
            continue
        joined = "\n".join([*pending, line])
        found, _ = cut.strictly(joined)
        if found is None or len(found) != width:
            found = cut.forgiving(joined)
        if found is not None:
            yield Row(found)
            pending = []
        elif (alone := cut.whole(line)) is not None:
            yield cut.guessed("\n".join(pending))
            yield Row(alone)
            pending = []
        else:
            pending.append(line)
            if len(pending) > MOST_LINES or sum(map(len, pending)) > LONGEST_LINE:
                yield cut.guessed("\n".join(pending))
                pending = []
    if pending:
        yield cut.guessed("\n".join(pending))


class _Cutter:
    """One line, or several joined, into cells."""

    def __init__(self, separator: str, width: int) -> None:
        self.separator, self.width = separator, width
        mark = re.escape(separator)
        self._between = re.compile(rf'"[ ]*{mark}[ ]*"')
        self._cell = re.compile(rf'[ ]*"(.*?)"[ ]*(?:{mark}|$)|([^{mark}\n]*)(?:{mark}|$)', re.DOTALL)

    def strictly(self, line: str) -> tuple[list[str] | None, bool]:
        """The cells as the standard has it, and whether a field is still open at the end."""
        try:
            source = (line,) if "\n" not in line else io.StringIO(line, newline="")
            parsed = list(csv.reader(source, delimiter=self.separator, strict=True))
        except csv.Error:
            return None, line.count('"') % 2 == 1 or '"' in line
        return (parsed[0], False) if len(parsed) == 1 else (None, False)

    def whole(self, line: str) -> list[str] | None:
        cells, _ = self.strictly(line)
        return cells if cells is not None and len(cells) == self.width else None

    def forgiving(self, line: str) -> list[str] | None:
        """The cells of a row that quotes every field, marks inside left as they are; None if the width is wrong."""
        text = line.strip()
        if len(text) < 2 or text[0] != '"' or text[-1] != '"':
            return None
        cells = self._between.split(text[1:-1])
        if len(cells) == self.width:
            return [cell.replace('\\"', '"').replace('""', '"') for cell in cells]
        cells = self._cells(text)
        return cells if len(cells) == self.width else None

    def _cells(self, text: str) -> list[str]:
        cells = []
        for found in self._cell.finditer(text):
            cells.append(found[1] if found[1] is not None else (found[2] or "").strip('"'))
            if found.end() == len(text) and not found[0].endswith(self.separator):
                break
        return cells

    def fitted(self, cells: list[str], line: str) -> Row:
        """A row that parsed: short ones are filled up, long ones taken when what is too much is empty."""
        if len(cells) == self.width:
            return Row(cells)
        if len(cells) < self.width:
            if len(cells) == 1 and self.width > 2:
                return Row([], "too_few_columns", line)
            return Row(cells + [""] * (self.width - len(cells)))
        if not any(cell.strip() for cell in cells[self.width:]):
            return Row(cells[:self.width])
        again = self.forgiving(line)
        return Row(again) if again else Row([], "too_many_columns", line)

    def guessed(self, text: str) -> Row:
        """What is left when no reading fits: cells by their marks, refused when they are not as many as they should."""
        cells = self._cells(text)
        if len(cells) == self.width:
            return Row(cells)
        return Row([], "too_many_columns" if len(cells) > self.width else "too_few_columns", text)
