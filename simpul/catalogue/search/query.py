"""Asking: what matches, in which order, how many of which kind, and what was probably meant."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

from simpul.catalogue.search.analyser import Ask, analyse_query
from simpul.catalogue.search.documents import KEY_LENGTH
from simpul.catalogue.search.engines import FACETS, Where, engine
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
    is_available: bool = False  # on a shelf now, or online
    is_online: bool = False
    page: int = 1
    page_size: int = PAGE_SIZE

    def __post_init__(self) -> None:
        for name in ("library", "language", "main_class", "format"):  # PostgreSQL refuses NUL even as a value
            object.__setattr__(self, name, getattr(self, name).replace("\0", ""))

    @property
    def is_narrowed(self) -> bool:
        return any((self.library, self.language, self.main_class, self.decade, self.format, self.is_easy,
                    self.is_available, self.is_online))


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
    online: int = 0


@dataclass(frozen=True)
class Hits:
    """The answer: `count` of hits (at most 5,000; `is_capped` when there are more), the page's title ids, best
    first. `corrected` is the text that was searched instead when the asked one matched nothing. `facets` where they
    were asked for: counted over the first 5,000 hits in the order of recording."""

    query: Query
    ask: Ask
    count: int
    is_capped: bool
    title_ids: list[UUID]
    facets: Facets | None = None
    corrected: str = ""

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.query.page_size))


def search(query: Query, *, correct: bool = True, with_facets: bool = False) -> Hits:
    """The page of titles that `query` asks for. Never fails on any text. With `correct`, words that are nowhere in
    the catalogue are replaced by the nearest ones that give hits."""
    ask = analyse_query(query.text)
    if ask.is_empty:
        # only marks such as * or an emoji match nothing; no text at all is everything, the newest first
        return (Hits(query, ask, 0, False, []) if query.text.strip()
                else _narrowed(query, ask, with_facets) if query.is_narrowed else _all(query, ask))
    hits = _matching(query, ask, with_facets)
    if hits.count or not correct:
        return hits
    for text in corrected_text(ask):
        found = _matching(query, analyse_query(text), with_facets)
        if found.count:
            return replace(found, corrected=text)
    return hits


def _all(query: Query, ask: Ask) -> Hits:
    """All titles, the newest first; nobody counts their facets."""
    first = (query.page - 1) * query.page_size
    docs = list(SearchFacet.objects.order_by("-pk").values_list("pk", flat=True)[first:first + query.page_size])
    return Hits(query, ask, SearchFacet.objects.count(), False, _titles(docs))


def _narrowed(query: Query, ask: Ask, with_facets: bool) -> Hits:
    """Titles by filters alone, the newest first."""
    condition, values = narrowing(query)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT f.id, {FACETS} FROM catalogue_searchfacet f WHERE {condition} "  # noqa: S608 bound
                       "ORDER BY f.id DESC LIMIT %s", [*values, MOST_HITS + 1])
        rows = cursor.fetchall()
    first = (query.page - 1) * query.page_size
    docs = [row[0] for row in rows[:MOST_HITS][first:first + query.page_size]]
    facets = _facets([row[1:] for row in rows[:MOST_HITS]], query.library) if with_facets else None
    return Hits(query, ask, min(len(rows), MOST_HITS), len(rows) > MOST_HITS, _titles(docs), facets)


def _matching(query: Query, ask: Ask, with_facets: bool) -> Hits:
    where = narrowing(query)
    if with_facets:
        rows = engine().facets(ask, where, MOST_HITS + 1)
        count, facets = len(rows), _facets(rows[:MOST_HITS], query.library)
    else:
        count, facets = engine().count(ask, where, MOST_HITS + 1), None
    first = (query.page - 1) * query.page_size
    last = min(first + query.page_size, MOST_HITS)
    docs = _ranked(ask, where, last, is_common=count > MOST_HITS)[first:last] if first < count else []
    return Hits(query, ask, min(count, MOST_HITS), count > MOST_HITS, _titles(docs), facets)


def _titles(docs: list[int]) -> list[UUID]:
    titles = dict(SearchDoc.objects.filter(pk__in=docs).values_list("pk", "title_id"))
    return [titles[doc] for doc in docs if doc in titles]


def _ranked(ask: Ask, where: Where, wanted: int, *, is_common: bool) -> list[int]:
    """The first `wanted` documents: exact titles, then titles that begin with the query, then those whose title has
    all the words as they were typed; within each the engine's order (weights). Compared are the best hits of the
    engine and the titles that begin with the query, however long their summary."""
    asked = " ".join(ask.plain)[:KEY_LENGTH]
    docs = _best(ask, where, wanted + 2 * COMPARED, is_common=is_common)
    keys = dict(engine().beginning(asked, where, COMPARED))
    best = [doc for doc in docs[:COMPARED] if doc not in keys]
    keys |= dict(SearchDoc.objects.filter(pk__in=best).values_list("pk", "title_key"))
    place = {doc: n for n, doc in enumerate(docs)}
    typed = set(ask.plain)

    def closeness(doc: int) -> tuple[int, int, str, int]:
        key = keys[doc]
        kind = (0 if key == asked else 1 if key.startswith(asked + " ") else
                2 if typed <= set(key.split()) else 3)
        return kind, place.get(doc, MOST_HITS), key, doc

    compared = sorted(keys, key=closeness)
    return [*compared, *(doc for doc in docs if doc not in keys)]


def _best(ask: Ask, where: Where, limit: int, *, is_common: bool) -> list[int]:
    """The engine's order. Of a word that thousands of titles have, weighing each hit costs 25 ms and tells little:
    then those with the words in title or contributor lead, the newest first, and the others follow."""
    if not is_common:
        return engine().best(ask, where, limit)
    docs = engine().newest(ask, where, limit, in_titles=True)
    if len(docs) >= limit:
        return docs
    known = set(docs)
    return docs + [doc for doc in engine().newest(ask, where, limit) if doc not in known]


def narrowing(query: Query) -> Where:
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
    if query.library or query.is_available or query.is_online:
        code = query.library.replace("\\", "").replace("%", "").replace("_", "\\_")
        marks = ("*",) if query.is_online else ("+", "*") if query.is_available else ("_",)
        # a code alone has any mark behind it; without a code the mark stands before a space
        conditions.append("(" + " OR ".join(["f.held LIKE %s ESCAPE '\\'"] * len(marks)) + ")")
        values += [f"% {code}{mark} %" if code else f"%{mark} %" for mark in marks]
    return " AND ".join(conditions) or "1=1", values


def _facets(rows: list[tuple[Any, ...]], library: str) -> Facets:
    counted: list[Counter[str]] = [Counter() for _ in range(5)]
    for profile, n in Counter(row[0] for row in rows).items():
        for counter, value in zip(counted, profile.split("|"), strict=True):
            counter[value] += n
    language, main_class, decade, format_, easy = counted
    is_in, is_online = (f" {library}+ ", f" {library}* ") if library else ("+ ", "* ")
    return Facets(
        library=_libraries(rows),
        language=[(value, n) for value, n in language.most_common() if value],
        main_class=[(value, n) for value, n in sorted(main_class.items()) if value],
        decade=[(int(value), n) for value, n in sorted(decade.items(), reverse=True) if value != "0"],
        format=format_.most_common(),
        easy=easy["1"],
        available=sum(is_in in row[1] or is_online in row[1] for row in rows),
        online=sum(is_online in row[1] for row in rows),
    )


def _libraries(rows: list[tuple[Any, ...]]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for held, n in Counter("".join([row[1] for row in rows]).split()).items():
        counts[held[:-1]] += n
    for row in rows:
        if "*" in row[1]:  # of the few that are online: who also has it on paper counts once
            marks = [mark[:-1] for mark in row[1].split()]
            counts.subtract({code: marks.count(code) - 1 for code in set(marks)})
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
