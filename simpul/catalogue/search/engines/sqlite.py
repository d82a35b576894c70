"""FTS5 over the stems of `SearchDoc` (external content): the index holds no second copy of the text."""

# ruff: noqa: S608 – conditions and columns are our own texts, document ids are integers, every value is bound
from typing import Any

from django.db import connection

from simpul.catalogue.search.analyser import Ask
from simpul.catalogue.search.engines import COLUMNS, FACETS, WEIGHTS, Where

# the words are folded already: the ascii tokenizer only cuts at spaces and keeps every other script whole
CREATE = f"""
CREATE VIRTUAL TABLE catalogue_searchindex USING fts5(
    {", ".join(COLUMNS)}, content='catalogue_searchdoc', content_rowid='id', tokenize='ascii', prefix='2 3')
"""
RANK = f"""
INSERT INTO catalogue_searchindex(catalogue_searchindex, rank)
VALUES ('rank', 'bm25({", ".join(str(weight) for weight in WEIGHTS)})')
"""
DROP = "DROP TABLE IF EXISTS catalogue_searchindex"
_NAMES = ", ".join(COLUMNS)
_FROM = ("FROM catalogue_searchindex s JOIN catalogue_searchfacet f ON f.id = s.rowid "
         "WHERE s.catalogue_searchindex MATCH %s")


def _list(docs: list[int]) -> str:
    return ",".join(str(int(doc)) for doc in docs)


class SQLite:
    def index(self, docs: list[int]) -> None:
        self._run(f"INSERT INTO catalogue_searchindex(rowid, {_NAMES}) "
                  f"SELECT id, {_NAMES} FROM catalogue_searchdoc WHERE id IN ({_list(docs)}) ORDER BY id")

    def unindex(self, docs: list[int]) -> None:
        self._run(f"INSERT INTO catalogue_searchindex(catalogue_searchindex, rowid, {_NAMES}) "
                  f"SELECT 'delete', id, {_NAMES} FROM catalogue_searchdoc WHERE id IN ({_list(docs)})")

    def clear(self) -> None:
        self._run("INSERT INTO catalogue_searchindex(catalogue_searchindex) VALUES ('delete-all')")

    def count(self, ask: Ask, where: Where, limit: int) -> int:
        return self._rows(f"SELECT count(*) FROM (SELECT 1 {_FROM} AND {where[0]} LIMIT %s)",
                          [_match(ask), *where[1], limit])[0][0]

    def best(self, ask: Ask, where: Where, limit: int) -> list[int]:
        return [row[0] for row in self._rows(
            f"SELECT s.rowid {_FROM} AND {where[0]} ORDER BY s.rank LIMIT %s", [_match(ask), *where[1], limit])]

    def newest(self, ask: Ask, where: Where, limit: int, *, in_titles: bool = False) -> list[int]:
        text = f"{{title_stems contributor_stems}} : ({_match(ask)})" if in_titles else _match(ask)
        return [row[0] for row in self._rows(
            f"SELECT s.rowid {_FROM} AND {where[0]} ORDER BY s.rowid DESC LIMIT %s", [text, *where[1], limit])]

    def facets(self, ask: Ask, where: Where, limit: int) -> list[tuple[Any, ...]]:
        return self._rows(f"SELECT {FACETS} {_FROM} AND {where[0]} LIMIT %s", [_match(ask), *where[1], limit])

    def unfinished(self, ask: Ask, library: str, limit: int) -> list[int]:
        return [row[0] for row in self._rows(
            "SELECT s.rowid FROM catalogue_searchindex s LEFT JOIN catalogue_searchfacet f ON f.id = s.rowid "
            "WHERE s.catalogue_searchindex MATCH %s "
            "ORDER BY f.id IS NULL OR instr(f.held, %s) > 0 DESC, s.rank LIMIT %s",
            [_match(ask, is_unfinished=True), f" {library}", limit])]

    def beginning(self, words: str, where: Where, limit: int) -> list[tuple[int, str]]:
        return self._rows(  # a range of the index, because LIKE would not use it; "!" is the next after a space
            "SELECT d.id, d.title_key FROM catalogue_searchdoc d CROSS JOIN catalogue_searchfacet f ON f.id = d.id "
            f"WHERE d.title_key >= %s AND d.title_key < %s AND {where[0]} "
            "ORDER BY d.title_key, d.id LIMIT %s", [words, words + "!", *where[1], limit])

    def has(self, stem: str) -> bool:
        return bool(self._rows("SELECT 1 FROM catalogue_searchindex WHERE catalogue_searchindex MATCH %s LIMIT 1",
                               [_quoted(stem)]))

    def _rows(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    def _run(self, sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)


def _quoted(*words: str) -> str:
    """An FTS5 string: inside it nothing is an operator. Words hold no quotes, the analyser keeps letters only."""
    return '"' + " ".join(words) + '"'


def _match(ask: Ask, *, is_unfinished: bool = False) -> str:
    terms = [_quoted(*phrase) for phrase in ask.phrases]
    terms += [_quoted(word) for word in (ask.finished if is_unfinished else ask.stems)]
    if is_unfinished and ask.unfinished:
        terms.append("(" + " OR ".join(f"{_quoted(word)} *" for word in ask.unfinished) + ")")
    return " AND ".join(terms)
