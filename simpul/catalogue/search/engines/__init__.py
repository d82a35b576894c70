"""The engines behind the one interface. Each knows only its own SQL; what matches and ranks is decided above."""

from typing import Any, Protocol

from django.db import connection

from simpul.catalogue.search.analyser import Ask

#: a condition over the facet table `f` and its parameters
Where = tuple[str, list[Any]]


class Engine(Protocol):
    """`docs` are ids of SearchDoc rows."""

    def index(self, docs: list[int]) -> None:
        """Take the stems of these documents into the index."""

    def unindex(self, docs: list[int]) -> None:
        """Take these documents out; must run while their old stems still stand in the table."""

    def clear(self) -> None:
        """Empty the index."""

    def count(self, ask: Ask, where: Where, limit: int) -> int:
        """How many public documents match, at most `limit`."""

    def best(self, ask: Ask, where: Where, limit: int) -> list[int]:
        """The best public documents, best first."""

    def newest(self, ask: Ask, where: Where, limit: int, *, in_titles: bool = False) -> list[int]:
        """Matching public documents, the newest first. With `in_titles` all words must stand in title and
        contributors."""

    def facets(self, ask: Ask, where: Where, limit: int) -> list[tuple[Any, ...]]:
        """The columns of `FACETS` of matching documents, in the order of their keys."""

    def unfinished(self, ask: Ask, library: str, limit: int) -> list[int]:
        """Documents for the desk of the library with this code: its own first, provisional ones too; the last word
        may be unfinished."""

    def beginning(self, words: str, where: Where, limit: int) -> list[tuple[int, str]]:
        """Public documents whose unstemmed title is, or begins with, these words, with that title."""

    def has(self, stem: str) -> bool:
        """Does any document hold this stem?"""


#: what `facets` returns of a document, in this order
FACETS = "f.profile, f.held"
COLUMNS = ("title_stems", "contributor_stems", "subject_stems", "rest_stems", "inflected")
WEIGHTS = (10.0, 6.0, 4.0, 1.0, 1.0)


def engine() -> Engine:
    """The engine of this database."""
    if connection.vendor == "postgresql":
        from simpul.catalogue.search.engines.postgresql import PostgreSQL
        return PostgreSQL()
    from simpul.catalogue.search.engines.sqlite import SQLite
    return SQLite()
