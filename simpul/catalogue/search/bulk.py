"""Documents of titles that are new: made from what the import has in its hands, before any lock, and written fast."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from django.db import connection

from simpul.catalogue.importing.rows import insert
from simpul.catalogue.search.documents import Made, _document, held_text
from simpul.catalogue.search.engines import COLUMNS, engine
from simpul.catalogue.search.models import SearchDoc, SearchFacet, SearchWord

_TEXTS = (*COLUMNS, "title_key", "vocabulary")
_DOC = ("id", "title_id", *_TEXTS)
_texts = attrgetter("title_id", *_TEXTS)
_ADD = ' ON CONFLICT ("word") DO UPDATE SET "titles" = "catalogue_searchword"."titles" + excluded."titles"'


@dataclass(slots=True)
class NewTitle:
    """The columns of a title that a document is made of."""

    id: UUID
    title: str
    subtitle: str
    part: str
    responsibility: str
    contributors_line: str
    edition: str
    publisher: str
    place: str
    year: int | None
    series: str
    language: str
    ddc: str
    format: str
    is_easy_reading: bool
    summary: str
    is_provisional: bool = False
    withdrawn_at: None = None


def document_of(title: NewTitle, names: list[str], terms: list[str], numbers: list[str], calls: set[str],
                shelves: dict[str, bool], online: Sequence[str] = ()) -> Made:
    """The document of a new title; `shelves` is library code → is a copy on its shelf, `online` the codes of libraries
    that offer it online."""
    return _document(title, names, terms, numbers, calls, held_text(shelves, online) if shelves or online else "")


def write_new(made: Sequence[Made]) -> None:
    """Inside the caller's transaction: documents, facets, index and vocabulary of titles that have none yet."""
    if not made:
        return
    ids = _new_ids(len(made))
    insert(SearchDoc, _DOC, [
        (pk, *_texts(m.doc)) for pk, m in zip(ids, made, strict=True)])
    shown = [(pk, m.facet) for pk, m in zip(ids, made, strict=True) if m.facet is not None]
    if shown:
        key = SearchFacet._meta.pk.attname
        names = (key, *shown[0][1])
        insert(SearchFacet, names, [(pk, *facet.values()) for pk, facet in shown])
    engine().index(ids)
    _count(m.doc.vocabulary for m in made)


def _count(texts: Iterable[str]) -> None:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text.split())
    # in sorted order, so that two imports on PostgreSQL wait for each other instead of locking each other out
    insert(SearchWord, ("word", "initial", "length", "titles"),
           [(word, word[0], len(word), n) for word, n in sorted(counts.items())], _ADD)


def _new_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence('catalogue_searchdoc', 'id')) "
                           "FROM generate_series(1, %s)", [count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'catalogue_searchdoc'), 0), "
                       "coalesce((SELECT max(id) FROM catalogue_searchdoc), 0))")
        last = cursor.fetchone()[0]
        return list(range(last + 1, last + 1 + count))
