"""Asking: what matches, in which order, how many of which kind, and what was probably meant."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from simpul.catalogue.search.analyser import Ask, analyse_query
from simpul.catalogue.search.documents import KEY_LENGTH
from simpul.catalogue.search.engines import FACETS, engine
from simpul.catalogue.search.models import SearchDoc, SearchFacet
from simpul.catalogue.search.suggest import corrected_text

#: hits are counted and narrowed up to here; more are said to be "5,000+"
MOST_HITS = 5_000
PAGE_SIZE = 20
#: hits whose unstemmed titles are compared with the query
COMPARED = 200


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: free text and the values it is narrowed by. Empty strings and False narrow nothing.
    `decade` is its first year (1990); `page` counts from 1."""

    text: str = ""
    library: str = ""
    language: str = ""
    main_class: str = ""
    decade: int = 0
    format: str = ""
    is_easy: bool = False
    is_available: bool = False
    page: int = 1
    page_size: int = PAGE_SIZE

    @property
    def is_narrowed(self) -> bool:
        return any((self.library, self.language, self.main_class, self.decade, self.format, self.is_easy,
                    self.is_available))


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the hits have which value, most frequent first: (value, count)."""

    library: list[tuple[str, int]]
    language: list[tuple[str, int]]
    main_class: list[tuple[str, int]]
    decade: list[tuple[int, int]]
    format: list[tuple[str, int]]
    easy: int
    available: int


@dataclass(frozen=True)
class Hits:
    """The answer: `count` of hits (at most 5,000; `is_capped` when there are more), the page's title ids, best
    first. `corrected` is the text that was searched instead when the asked one matched nothing."""

    query: Query
    count: int
    is_capped: bool
    title_ids: list[UUID]
    rows: list[tuple[Any, ...]]
    corrected: str = ""

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.query.page_size))

    @cached_property
    def facets(self) -> Facets:
        """Counted when asked for: 2 ms for 5,000 hits."""
        return _facets(self.rows, self.query.library)


def search(query: Query, *, correct: bool = True) -> Hits:
    """The page of titles that `query` asks for. Never fails on any text. With `correct`, words that are nowhere in
    the catalogue are replaced by the nearest ones that give hits."""
    ask = analyse_query(query.text)
    if ask.is_empty and query.text.strip():
        return Hits(query, 0, False, [], [])  # only marks such as * or an emoji
    hits = _newest(query) if ask.is_empty else _matching(query, ask)
    if hits.count or not correct or ask.is_empty:
        return hits
    for text in corrected_text(query.text, ask):
        found = search(replace(query, text=text), correct=False)
        if found.count:
            return replace(found, query=query, corrected=text)
    return hits


def _newest(query: Query) -> Hits:
    """Without words: the newest titles. Narrowed ones are counted like hits, all of them by the table."""
    if not query.is_narrowed:
        return _all(query)
    condition, values = narrowing(query)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {FACETS} FROM catalogue_searchfacet f WHERE {condition} "  # noqa: S608 values are bound
                       "ORDER BY f.doc_id DESC LIMIT %s", [*values, MOST_HITS + 1])
        rows = list(cursor.fetchall())
    return _hits(query, rows, [row[0] for row in rows])


def _all(query: Query) -> Hits:
    shown = SearchFacet.objects.order_by("-doc_id")
    first = (query.page - 1) * query.page_size
    titles = list(shown.values_list("doc__title_id", flat=True)[first:first + query.page_size])
    return Hits(query, shown.count(), False, titles, [])


def _matching(query: Query, ask: Ask) -> Hits:
    rows = engine().match(ask, narrowing(query), MOST_HITS + 1)
    first = (query.page - 1) * query.page_size
    ordered = list(_ranked(rows, ask)) if rows and first < COMPARED else [row[0] for row in rows]
    return _hits(query, rows, ordered)


def _hits(query: Query, rows: list[tuple[Any, ...]], ordered: list[int]) -> Hits:
    is_capped = len(rows) > MOST_HITS
    first = (query.page - 1) * query.page_size
    docs = ordered[:MOST_HITS][first:first + query.page_size]
    titles = dict(SearchDoc.objects.filter(pk__in=docs).values_list("pk", "title_id"))
    return Hits(query, min(len(rows), MOST_HITS), is_capped, [titles[doc] for doc in docs if doc in titles],
                rows[:MOST_HITS])


def _ranked(rows: list[tuple[Any, ...]], ask: Ask) -> Iterator[int]:
    """Exact titles first, then titles that begin with the query, then those whose title has all the words as they
    were typed; within each the engine's order (weights). Compared are the best hits of the engine and all titles
    that begin with the query, however long their summary."""
    docs = [row[0] for row in rows]
    place = {doc: n for n, doc in enumerate(docs)}
    asked = " ".join(ask.plain)[:KEY_LENGTH]
    keys = dict(engine().titles_beginning(asked, MOST_HITS))
    best = [doc for doc in docs[:COMPARED] if doc not in keys]
    keys |= dict(SearchDoc.objects.filter(pk__in=best).values_list("pk", "title_key"))
    wanted = set(ask.plain)

    def closeness(doc: int) -> tuple[int, int]:
        key = keys[doc]
        if key == asked:
            return 0, place[doc]
        if key.startswith(asked + " "):
            return 1, place[doc]
        return (2 if wanted <= set(key.split()) else 3), place[doc]

    compared = sorted((doc for doc in keys if doc in place), key=closeness)
    yield from compared
    seen = set(compared)
    yield from (doc for doc in docs if doc not in seen)


def narrowing(query: Query) -> tuple[str, list[Any]]:
    """The facet conditions as SQL over the table `f`, the same on both engines, with its parameters."""
    conditions: list[str] = []
    values: list[Any] = []
    for column in ("language", "main_class", "decade", "format"):
        value = getattr(query, column)
        if value:
            conditions.append(f"f.{column} = %s")
            values.append(value)
    if query.is_easy:
        conditions.append("f.is_easy")
    if query.library or query.is_available:
        code = query.library.replace("\\", "").replace("%", "").replace("_", "\\_")
        conditions.append("f.held LIKE %s ESCAPE '\\'")
        values.append(f"% {code}{'+' if query.is_available else '_'} %" if code else "%+ %")
    return " AND ".join(conditions) or "1=1", values


def _facets(rows: list[tuple[Any, ...]], library: str) -> Facets:
    columns = list(zip(*rows, strict=True)) or [()] * (FACETS.count(",") + 1)
    _doc, language, main_class, decade, format_, easy, held = columns
    return Facets(
        library=_libraries(held),
        language=[(value, n) for value, n in Counter(language).most_common() if value],
        main_class=[(value, n) for value, n in sorted(Counter(main_class).items()) if value],
        decade=[(value, n) for value, n in sorted(Counter(decade).items(), reverse=True) if value],
        format=Counter(format_).most_common(),
        easy=sum(map(bool, easy)),
        available=sum((f" {library}+ " if library else "+ ") in text for text in held),
    )


def _libraries(held: tuple[str, ...]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for text, n in Counter(held).items():
        for code in text.split():
            counts[code[:-1]] += n
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
