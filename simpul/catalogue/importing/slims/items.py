"""The export of copies, kept on disk while the titles are read."""

import json
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
        self._db.execute("CREATE TABLE item (n INTEGER PRIMARY KEY, code TEXT, title TEXT, columns TEXT, taken INT)")
        self.refused: list[tuple[int, str, str]] = []  # row, code, text
        self._db.executemany("INSERT INTO item VALUES (?, ?, ?, ?, 0)", self._read(path))
        self._db.execute("CREATE INDEX by_code ON item (code)")
        self._db.execute("CREATE INDEX by_title ON item (title) WHERE taken = 0")

    def _read(self, path: Path) -> Iterator[tuple[int, str, str, str]]:
        with Source(path) as stream:
            found = lines(stream)
            first = next(found, "")
            separator = separator_of(first)
            names = [name.strip().strip('"').lower() for name in first.split(separator)]
            if "item_code" not in names:
                names = list(ITEM)
                found = _again(first, found)
            for n, row in enumerate(rows(found, separator, len(names)), 1):
                if row.code:
                    if len(self.refused) < 10_000:
                        self.refused.append((n, row.code, row.text))
                    continue
                columns = dict(zip(names, row.cells, strict=True))
                yield (n, columns.get("item_code", "").strip(), columns.get("title", "").strip(),
                       json.dumps(columns, ensure_ascii=False))

    def coded(self, code: str) -> dict[str, str] | None:
        """The copy with this code, if no title took it before."""
        row = self._db.execute("SELECT n, columns FROM item WHERE code = ? AND taken = 0", (code,)).fetchone()
        return self._take(row) if row else None

    def titled(self, title: str) -> list[dict[str, str]]:
        """Copies that name this title and that no title named by their code."""
        found = self._db.execute("SELECT n, columns FROM item WHERE title = ? AND taken = 0 ORDER BY n", (title,))
        return [self._take(row) for row in found.fetchall()]

    def left(self) -> Iterator[tuple[int, str]]:
        """Row number and text of the copies that no title claimed."""
        yield from self._db.execute("SELECT n, code || ' ' || title FROM item WHERE taken = 0 ORDER BY n")

    def _take(self, row: tuple[int, str]) -> dict[str, str]:
        self._db.execute("UPDATE item SET taken = 1 WHERE n = ?", (row[0],))
        columns: dict[str, str] = json.loads(row[1])
        return columns

    def close(self) -> None:
        self._db.close()


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
