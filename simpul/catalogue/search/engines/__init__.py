"""The engines behind the one interface. Each knows only its own SQL; what matches and ranks is decided above."""

from typing import Any, Protocol

from django.db import connection

from simpul.catalogue.search.analyser import Ask


class Engine(Protocol):
    """`docs` are ids of SearchDoc rows."""

    def index(self, docs: list[int]) -> None:
        """Take the stems of these documents into the index."""

    def unindex(self, docs: list[int]) -> None:
        """Take these documents out; must run while their old stems still stand in the table."""

    def clear(self) -> None:
        """Empty the index."""

    def match(self, ask: Ask, narrowed: tuple[str, list[Any]], limit: int) -> list[tuple[Any, ...]]:
        """The best `limit` public documents with the columns of `FACETS`, best first. `narrowed` is a condition
        over the facet table `f` with its parameters."""

    def match_unfinished(self, ask: Ask, limit: int) -> list[int]:
        """Documents for the desk, provisional ones too; the last word may be unfinished."""

    def titles_beginning(self, words: str, limit: int) -> list[tuple[int, str]]:
        """Documents whose unstemmed title begins with these words, with that title."""

    def has(self, stem: str) -> bool:
        """Does any document hold this stem?"""


#: what `match` returns of a document, in this order
FACETS = "f.doc_id, f.language, f.main_class, f.decade, f.format, f.is_easy, f.held"
COLUMNS = ("title_stems", "contributor_stems", "subject_stems", "rest_stems", "inflected")
WEIGHTS = (10.0, 6.0, 4.0, 1.0, 1.0)


def engine() -> Engine:
    """The engine of this database."""
    if connection.vendor == "postgresql":
        from simpul.catalogue.search.engines.postgresql import PostgreSQL
        return PostgreSQL()
    from simpul.catalogue.search.engines.sqlite import SQLite
    return SQLite()
