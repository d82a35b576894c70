"""A weighted tsvector with GIN. It is written by us as a literal of configuration `simple`, so that PostgreSQL's own
parser and stemmer (which gets Indonesian wrong) never see the text."""

# ruff: noqa: S608 – conditions and columns are our own texts, document ids are integers, every value is bound
from typing import Any

from django.db import connection

from simpul.catalogue.search.analyser import Ask
from simpul.catalogue.search.engines import COLUMNS, FACETS, WEIGHTS, Where

CREATE = """
ALTER TABLE catalogue_searchdoc ADD COLUMN vector tsvector;
CREATE INDEX search_doc_by_vector ON catalogue_searchdoc USING gin (vector);
"""
DROP = "ALTER TABLE catalogue_searchdoc DROP COLUMN IF EXISTS vector"
# ts_rank wants {D, C, B, A}
_WEIGHTS = "{" + ", ".join(str(weight / WEIGHTS[0]) for weight in reversed(WEIGHTS[:4])) + "}"

_FROM = ("FROM catalogue_searchdoc d JOIN catalogue_searchfacet f ON f.id = d.id, CAST(%s AS tsquery) q "
         "WHERE d.vector @@ q")
_RANK = "ts_rank(CAST(%s AS float4[]), d.vector, q, 1) DESC, d.id"


class PostgreSQL:
    def index(self, docs: list[int]) -> None:
        names = ", ".join(COLUMNS)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, {names} FROM catalogue_searchdoc WHERE id = ANY(%s)", [docs])
            rows = cursor.fetchall()
            cursor.execute(
                "UPDATE catalogue_searchdoc d SET vector = v.text::tsvector "
                "FROM unnest(%s::bigint[], %s::text[]) AS v(id, text) WHERE d.id = v.id",
                [[row[0] for row in rows], [_vector(row[1:]) for row in rows]])

    def unindex(self, docs: list[int]) -> None:
        """Nothing: the vector stands in the document's own row."""

    def clear(self) -> None:
        """Nothing, for the same reason."""

    def count(self, ask: Ask, where: Where, limit: int) -> int:
        return self._rows(f"SELECT count(*) FROM (SELECT 1 {_FROM} AND {where[0]} LIMIT %s) hits",
                          [_query(ask), *where[1], limit])[0][0]

    def best(self, ask: Ask, where: Where, limit: int) -> list[int]:
        return [row[0] for row in self._rows(
            f"SELECT d.id {_FROM} AND {where[0]} ORDER BY {_RANK} LIMIT %s",
            [_query(ask), *where[1], _WEIGHTS, limit])]

    def newest(self, ask: Ask, where: Where, limit: int, *, in_titles: bool = False) -> list[int]:
        return [row[0] for row in self._rows(
            f"SELECT d.id {_FROM} AND {where[0]} ORDER BY d.id DESC LIMIT %s",
            [_query(ask, weights="AB" if in_titles else ""), *where[1], limit])]

    def facets(self, ask: Ask, where: Where, limit: int) -> list[tuple[Any, ...]]:
        return self._rows(f"SELECT {FACETS} {_FROM} AND {where[0]} ORDER BY d.id LIMIT %s",
                          [_query(ask), *where[1], limit])

    def unfinished(self, ask: Ask, library: str, limit: int) -> list[int]:
        return [row[0] for row in self._rows(
            "SELECT d.id FROM catalogue_searchdoc d LEFT JOIN catalogue_searchfacet f ON f.id = d.id, "
            "CAST(%s AS tsquery) q WHERE d.vector @@ q "
            f"ORDER BY f.id IS NULL OR strpos(f.held, %s) > 0 DESC, {_RANK} LIMIT %s",
            [_query(ask, is_unfinished=True), f" {library}", _WEIGHTS, limit])]

    def beginning(self, words: str, where: Where, limit: int) -> list[tuple[int, str]]:
        return self._rows(  # words hold letters and digits only, so nothing in them is a wildcard
            "SELECT d.id, d.title_key FROM catalogue_searchdoc d JOIN catalogue_searchfacet f ON f.id = d.id "
            f"WHERE (d.title_key = %s OR d.title_key LIKE %s) AND {where[0]} "
            'ORDER BY d.title_key COLLATE "C", d.id LIMIT %s', [words, words + " %", *where[1], limit])

    def has(self, stem: str) -> bool:
        return bool(self._rows("SELECT 1 FROM catalogue_searchdoc WHERE vector @@ CAST(%s AS tsquery) LIMIT 1",
                               [f"'{stem}'"]))

    def _rows(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())


def _vector(columns: tuple[str, ...]) -> str:
    """`'laskar':1A 'pelangi':2A`: positions run on through the columns with a gap, so no phrase spans two."""
    places: dict[str, list[str]] = {}
    position = 0
    for text, weight in zip(columns, "ABCDD", strict=True):
        for word in text.split():
            position += 1
            places.setdefault(word, []).append(f"{min(position, 16_000)}{weight}")
        position += 5
    return " ".join(f"'{word}':{','.join(at[:250])}" for word, at in places.items())


def _query(ask: Ask, *, is_unfinished: bool = False, weights: str = "") -> str:
    def term(word: str) -> str:
        return f"'{word}':{weights}" if weights else f"'{word}'"

    terms = ["(" + " <-> ".join(map(term, phrase)) + ")" for phrase in ask.phrases]
    terms += [term(word) for word in (ask.finished if is_unfinished else ask.stems)]
    if is_unfinished and ask.unfinished:
        terms.append("(" + " | ".join(f"'{word}':*" for word in ask.unfinished) + ")")
    return " & ".join(terms)
