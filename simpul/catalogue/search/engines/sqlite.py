"""FTS5 over the stems of `SearchDoc` (external content): the index holds no second copy of the text."""

from typing import Any

from django.db import connection

from simpul.catalogue.search.analyser import Ask
from simpul.catalogue.search.engines import COLUMNS, FACETS, WEIGHTS

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


def _list(docs: list[int]) -> str:
    return ",".join(str(int(doc)) for doc in docs)


class SQLite:
    def index(self, docs: list[int]) -> None:
        self._run(f"INSERT INTO catalogue_searchindex(rowid, {_NAMES}) "  # noqa: S608 integers only
                  f"SELECT id, {_NAMES} FROM catalogue_searchdoc WHERE id IN ({_list(docs)}) ORDER BY id")

    def unindex(self, docs: list[int]) -> None:
        self._run(f"INSERT INTO catalogue_searchindex(catalogue_searchindex, rowid, {_NAMES}) "  # noqa: S608
                  f"SELECT 'delete', id, {_NAMES} FROM catalogue_searchdoc WHERE id IN ({_list(docs)})")

    def clear(self) -> None:
        self._run("INSERT INTO catalogue_searchindex(catalogue_searchindex) VALUES ('delete-all')")

    def match(self, ask: Ask, narrowed: tuple[str, list[Any]], limit: int) -> list[tuple[Any, ...]]:
        condition, values = narrowed
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {FACETS} FROM catalogue_searchindex s "  # noqa: S608 condition is ours, values are bound
                "JOIN catalogue_searchfacet f ON f.doc_id = s.rowid "
                f"WHERE s.catalogue_searchindex MATCH %s AND {condition} ORDER BY s.rank LIMIT %s",
                [_match(ask), *values, limit])
            return list(cursor.fetchall())

    def match_unfinished(self, ask: Ask, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM catalogue_searchindex WHERE catalogue_searchindex MATCH %s ORDER BY rank LIMIT %s",
                [_match(ask, is_unfinished=True), limit])
            return [row[0] for row in cursor.fetchall()]

    def titles_beginning(self, words: str, limit: int) -> list[tuple[int, str]]:
        with connection.cursor() as cursor:  # a range, because LIKE would not use the index
            cursor.execute("SELECT id, title_key FROM catalogue_searchdoc "
                           "WHERE title_key >= %s AND title_key < %s LIMIT %s", [words, words + "\U0010ffff", limit])
            return list(cursor.fetchall())

    def has(self, stem: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM catalogue_searchindex WHERE catalogue_searchindex MATCH %s LIMIT 1",
                           [_quoted(stem)])
            return cursor.fetchone() is not None

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
