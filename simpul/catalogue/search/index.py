"""Keeping the index true: the same call that changes titles indexes them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from simpul.catalogue.models import Copy, Title
from simpul.catalogue.search.documents import Made, documents, held_text, on_shelf, online_in
from simpul.catalogue.search.engines import COLUMNS, engine
from simpul.catalogue.search.models import SearchDoc, SearchFacet
from simpul.core.prepared import Prepared
from simpul.core.rows import update

_copies: Prepared[tuple[str, str]] = Prepared(
    lambda title: Copy.objects.held().filter(title=title).order_by().values_list("library__code", "state"))
_facet: Prepared[SearchFacet] = Prepared(
    lambda title: SearchFacet.objects.filter(pk__in=SearchDoc.objects.filter(title=title).values("pk")).only("held"))

#: titles in one transaction
BATCH = 250
#: titles in one transaction of a rebuild, which goes on beside the desk: 30 ms of write lock
REBUILT = 100
_DOC_FIELDS = [*COLUMNS, "title_key", "vocabulary"]
_FACET_FIELDS = ["profile", "language", "main_class", "decade", "format", "is_easy", "held"]


def index_titles(title_ids: Sequence[UUID]) -> None:
    """Write or renew the search documents of these titles; call it inside the transaction that changed them.
    Ids of titles that do not exist are taken out of the index."""
    ids = list(dict.fromkeys(title_ids))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            _index(ids[start:start + BATCH])


def remove_titles(title_ids: Sequence[UUID]) -> None:
    """Forget these titles; call it before they are deleted."""
    ids = list(title_ids)
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            old = _old(ids[start:start + BATCH])
            _count_words((), old.values())
            _remove([doc for doc, _ in old.values()])


def copies_changed(title_ids: Sequence[UUID]) -> None:
    """Renew where these titles stand and whether one is on the shelf; cheap, for every loan and return: two narrow
    questions a title."""
    for title in title_ids:
        facet = _facet.first(title=title)
        if facet is not None:  # a title that the public does not see has none
            held = held_text(on_shelf(_copies(title=title)), online_in(facet.held))
            if facet.held != held:
                facet.held = held
                update(facet, "held")


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Build the whole index again in short transactions. `progress(done, total)`; returns the number of titles.

    Documents keep their keys, so searching goes on meanwhile and sees each title either old or new.
    """
    gone = list(SearchDoc.objects.exclude(title__in=Title.objects.all()).values_list("title_id", flat=True))
    remove_titles(gone)
    SearchFacet.objects.exclude(pk__in=SearchDoc.objects.values("pk")).delete()
    total, done, last = Title.objects.count(), 0, None
    while True:
        titles = Title.objects.order_by("pk")
        batch = list((titles.filter(pk__gt=last) if last else titles).values_list("pk", flat=True)[:REBUILT])
        if not batch:
            return done
        documents(batch)  # stems new words before the lock is taken; within it they come from the cache
        index_titles(batch)
        done, last = done + len(batch), batch[-1]
        if progress:
            progress(done, max(total, done))


def _old(title_ids: list[UUID]) -> dict[UUID, tuple[int, str]]:
    rows = SearchDoc.objects.filter(title__in=title_ids).values_list("title_id", "pk", "vocabulary")
    return {title: (doc, words) for title, doc, words in rows}


def _remove(docs: list[int]) -> None:
    if docs:
        engine().unindex(docs)
        SearchFacet.objects.filter(pk__in=docs).delete()
        SearchDoc.objects.filter(pk__in=docs).delete()


def _index(title_ids: list[UUID]) -> None:
    made, old = documents(title_ids), _old(title_ids)
    _count_words((m.doc.vocabulary for m in made), old.values())
    found = {m.doc.title_id for m in made}
    _remove([doc for title, (doc, _) in old.items() if title not in found])
    again = [doc for title, (doc, _) in old.items() if title in found]
    if again:
        engine().unindex(again)
    _write(made, old)


def _write(made: list[Made], old: dict[UUID, tuple[int, str]]) -> None:
    if not made:
        return
    _many(_UPSERT_DOC, ([Title._meta.pk.get_db_prep_value(m.doc.title_id, connection),
                         *(getattr(m.doc, field) for field in _DOC_FIELDS)] for m in made))
    docs = dict(SearchDoc.objects.filter(title__in=[m.doc.title_id for m in made]).values_list("title_id", "pk"))
    hidden = [docs[m.doc.title_id] for m in made if m.facet is None and m.doc.title_id in old]
    if hidden:
        SearchFacet.objects.filter(pk__in=hidden).delete()
    _many(_UPSERT_FACET, ([docs[m.doc.title_id], *(m.facet[field] for field in _FACET_FIELDS)]
                          for m in made if m.facet is not None))
    engine().index(sorted(docs.values()))


def _count_words(now: Iterable[str], before: Iterable[tuple[int, str]]) -> None:
    """Count the vocabulary of new documents up and that of old ones down."""
    counts: Counter[str] = Counter()
    for text in now:
        counts.update(text.split())
    for _doc, text in before:
        counts.subtract(text.split())
    # in sorted order, so that two imports on PostgreSQL wait for each other instead of locking each other out
    _many(_COUNT_WORD, ([word, word[0], len(word), n] for word, n in sorted(counts.items()) if n))


def _upsert(table: str, key: str, fields: list[str]) -> str:
    marks, names = ", ".join(["%s"] * (len(fields) + 1)), ", ".join(fields)
    renewed = ", ".join(f"{field} = excluded.{field}" for field in fields)
    return f"INSERT INTO {table} ({key}, {names}) VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET {renewed}"  # noqa: S608


_UPSERT_DOC = _upsert("catalogue_searchdoc", "title_id", _DOC_FIELDS)
_UPSERT_FACET = _upsert("catalogue_searchfacet", "id", _FACET_FIELDS)
_COUNT_WORD = ("INSERT INTO catalogue_searchword (word, initial, length, titles) VALUES (%s, %s, %s, %s) "
               "ON CONFLICT (word) DO UPDATE SET titles = catalogue_searchword.titles + excluded.titles")


def _many(sql: str, rows: Iterable[list[Any]]) -> None:
    """The ORM's bulk_update of 250 rows takes a second, this 5 ms, and both engines speak it."""
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(rows))
