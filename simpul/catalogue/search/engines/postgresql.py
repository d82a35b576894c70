"""A weighted tsvector with GIN. It is written by us as a literal of configuration `simple`, so that PostgreSQL's own
parser and stemmer (which gets Indonesian wrong) never see the text."""

from typing import Any

from django.db import connection

from simpul.catalogue.search.analyser import Ask
from simpul.catalogue.search.engines import COLUMNS, FACETS, WEIGHTS

CREATE = """
ALTER TABLE catalogue_searchdoc ADD COLUMN vector tsvector;
CREATE INDEX search_doc_by_vector ON catalogue_searchdoc USING gin (vector);
"""
DROP = "ALTER TABLE catalogue_searchdoc DROP COLUMN IF EXISTS vector"
# ts_rank wants {D, C, B, A}
_WEIGHTS = "{" + ", ".join(str(weight / WEIGHTS[0]) for weight in reversed(WEIGHTS[:4])) + "}"


class PostgreSQL:
    def index(self, docs: list[int]) -> None:
        names = ", ".join(COLUMNS)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, {names} FROM catalogue_searchdoc WHERE id = ANY(%s)", [docs])  # noqa: S608
            rows = cursor.fetchall()
            cursor.execute(
                "UPDATE catalogue_searchdoc d SET vector = v.text::tsvector "
                "FROM unnest(%s::bigint[], %s::text[]) AS v(id, text) WHERE d.id = v.id",
                [[row[0] for row in rows], [_vector(row[1:]) for row in rows]])

    def unindex(self, docs: list[int]) -> None:
        """Nothing: the vector stands in the document's own row."""

    def clear(self) -> None:
        """Nothing, for the same reason."""

    def match(self, ask: Ask, narrowed: tuple[str, list[Any]], limit: int) -> list[tuple[Any, ...]]:
        condition, values = narrowed
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {FACETS} FROM catalogue_searchdoc d "  # noqa: S608 condition is ours, values are bound
                "JOIN catalogue_searchfacet f ON f.doc_id = d.id, CAST(%s AS tsquery) q "
                f"WHERE d.vector @@ q AND {condition} "
                "ORDER BY ts_rank(CAST(%s AS float4[]), d.vector, q, 1) DESC, d.id LIMIT %s",
                [_query(ask), *values, _WEIGHTS, limit])
            return list(cursor.fetchall())

    def match_unfinished(self, ask: Ask, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT d.id FROM catalogue_searchdoc d, CAST(%s AS tsquery) q WHERE d.vector @@ q "
                "ORDER BY ts_rank(CAST(%s AS float4[]), d.vector, q, 1) DESC, d.id LIMIT %s",
                [_query(ask, is_unfinished=True), _WEIGHTS, limit])
            return [row[0] for row in cursor.fetchall()]

    def titles_beginning(self, words: str, limit: int) -> list[tuple[int, str]]:
        with connection.cursor() as cursor:  # words hold letters and digits only, so nothing in them is a wildcard
            cursor.execute("SELECT id, title_key FROM catalogue_searchdoc WHERE title_key LIKE %s LIMIT %s",
                           [words + "%", limit])
            return list(cursor.fetchall())

    def has(self, stem: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM catalogue_searchdoc WHERE vector @@ CAST(%s AS tsquery) LIMIT 1",
                           [f"'{stem}'"])
            return cursor.fetchone() is not None


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


def _query(ask: Ask, *, is_unfinished: bool = False) -> str:
    terms = ["(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" for phrase in ask.phrases]
    terms += [f"'{word}'" for word in (ask.finished if is_unfinished else ask.stems)]
    if is_unfinished and ask.unfinished:
        terms.append("(" + " | ".join(f"'{word}':*" for word in ask.unfinished) + ")")
    return " & ".join(terms)
