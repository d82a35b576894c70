"""The export of copies, kept on disk while the titles are read."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from simpul.catalogue.importing.files import Source
from simpul.catalogue.importing.slims.describe import ITEM
from simpul.catalogue.importing.slims.rows import lines, rows, separator_of


class Items:
    """Rows of item.csv by code and by title; each is given out once."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect("")
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("CREATE TABLE item (n INTEGER PRIMARY KEY, code TEXT, title TEXT, cells TEXT)")
        self._names: list[str] = []
        self._taken = bytearray(1)  # a byte a row: 200 kB where an UPDATE for each took as long as reading
        self.refused: list[tuple[int, str, str]] = []  # row, code, text
        self._db.executemany("INSERT INTO item VALUES (?, ?, ?, ?)", self._read(path))
        self._db.execute("CREATE INDEX by_code ON item (code)")
        self._is_by_title = False

    def _read(self, path: Path) -> Iterator[tuple[int, str, str, str]]:
        with Source(path) as stream:
            found = lines(stream)
            first = next(found, "")
            separator = separator_of(first)
            names = [name.strip().strip('"').lower() for name in first.split(separator)]
            if "item_code" not in names:
                names = list(ITEM)
                found = _again(first, found)
            self._names, at_code = names, names.index("item_code")
            at_title = names.index("title") if "title" in names else None
            for n, row in enumerate(rows(found, separator, len(names)), 1):
                self._taken.append(0)
                if row.code:
                    if len(self.refused) < 10_000:
                        self.refused.append((n, row.code, row.text))
                    continue
                title = row.cells[at_title].strip() if at_title is not None else ""
                # no cell holds a NUL: `lines` drops them
                yield n, row.cells[at_code].strip(), title, "\x00".join(row.cells)

    def coded(self, code: str) -> dict[str, str] | None:
        """The copy with this code, if no title took it before."""
        for row in self._db.execute("SELECT n, cells FROM item WHERE code = ?", (code,)):
            if not self._taken[row[0]]:
                return self._take(row)
        return None

    def titled(self, title: str) -> list[dict[str, str]]:
        """Copies that name this title and that no title named by their code."""
        if not self._is_by_title:
            self._db.execute("CREATE INDEX by_title ON item (title)")
            self._is_by_title = True
        found = self._db.execute("SELECT n, cells FROM item WHERE title = ? ORDER BY n", (title,))
        return [self._take(row) for row in found.fetchall() if not self._taken[row[0]]]

    def left(self) -> Iterator[tuple[int, str]]:
        """Row number and text of the copies that no title claimed."""
        found = self._db.execute("SELECT n, code || ' ' || title FROM item ORDER BY n")
        yield from (row for row in found if not self._taken[row[0]])

    def _take(self, row: tuple[int, str]) -> dict[str, str]:
        self._taken[row[0]] = 1
        return dict(zip(self._names, row[1].split("\x00"), strict=True))

    def close(self) -> None:
        self._db.close()


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
