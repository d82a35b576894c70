"""Reading titles and making their search documents, many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from simpul.catalogue.models import Contributor, Copy, DigitalResource, Identifier, Subject, Title
from simpul.catalogue.search.analyser import Words, analyse, fold, isbn_word
from simpul.catalogue.search.classes import main_class
from simpul.core import clock

KEY_LENGTH = 160
_FIELDS = ("id", "title", "subtitle", "part", "responsibility", "contributors_line", "edition", "publisher", "place",
           "year", "series", "language", "ddc", "format", "is_easy_reading", "summary", "is_provisional",
           "withdrawn_at")


@dataclass(slots=True)
class Doc:
    """The columns of a `SearchDoc`; making a model instance for each takes longer than the words."""

    title_id: UUID
    title_stems: str
    contributor_stems: str
    subject_stems: str
    rest_stems: str
    inflected: str
    title_key: str
    vocabulary: str


@dataclass(slots=True)
class Made:
    """The document of a title and its facet values; `facet` is None where the public does not see the title."""

    doc: Doc
    facet: dict[str, Any] | None


def documents(title_ids: Sequence[UUID]) -> list[Made]:
    """Documents of those titles that exist, in six queries."""
    wanted = list(title_ids)
    rows = Title.objects.filter(pk__in=wanted).order_by("pk").values_list(*_FIELDS, named=True)
    names = _grouped(Contributor, "name", wanted)
    terms = _grouped(Subject, "term", wanted)
    numbers: dict[UUID, list[str]] = defaultdict(list)
    for title_id, kind, value in Identifier.objects.filter(title__in=wanted).values_list("title_id", "kind", "value"):
        numbers[title_id].append(isbn_word(value) if kind == Identifier.Kind.ISBN else value)
    held, calls = holdings(wanted)
    return [_document(row, names[row.id], terms[row.id], numbers[row.id], calls[row.id], held.get(row.id, ""))
            for row in rows]


def holdings(title_ids: Sequence[UUID]) -> tuple[dict[UUID, str], dict[UUID, set[str]]]:
    """Where each title is held (" L001+ L002- L003* ": + where a copy is on the shelf, * where it can be opened
    online), and its call numbers."""
    shelves: dict[UUID, dict[str, bool]] = defaultdict(dict)
    calls: dict[UUID, set[str]] = defaultdict(set)
    copies = Copy.objects.held().filter(title__in=title_ids).order_by()
    for title_id, code, state, call in copies.values_list("title_id", "library__code", "state", "call_number"):
        here = shelves[title_id]
        here[code] = here.get(code, False) or state == Copy.State.AVAILABLE
        if call:
            calls[title_id].add(call)
    day = clock.local_date(clock.now(), "Asia/Jakarta")
    online: dict[UUID, set[str]] = defaultdict(set)
    offered = DigitalResource.objects.shown(day).filter(title__in=title_ids).order_by()
    for title_id, code in offered.values_list("title_id", "library__code"):
        online[title_id].add(code)
    return {title: held_text(shelves[title], online[title]) for title in {*shelves, *online}}, calls


def on_shelf(copies: Iterable[tuple[str, str]]) -> dict[str, bool]:
    """Copies as (library code, state) → whether each library has one on the shelf."""
    shelves: dict[str, bool] = {}
    for code, state in copies:
        shelves[code] = shelves.get(code, False) or state == Copy.State.AVAILABLE
    return shelves


def held_text(shelves: dict[str, bool], online: Iterable[str] = ()) -> str:
    """`{"L001": True, "L002": False}`, `["L003"]` → `" L001+ L002- L003* "`."""
    return " " + "".join(f"{code}{'+' if is_in else '-'} " for code, is_in in sorted(shelves.items())) + "".join(
        f"{code}* " for code in sorted(online))


def online_in(held: str) -> list[str]:
    """Codes of the libraries that offer it online, of such a text."""
    return [mark[:-1] for mark in held.split() if mark.endswith("*")]


def _grouped(model: Any, field: str, titles: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for title_id, value in model.objects.filter(title__in=titles).order_by("position").values_list("title_id", field):
        found[title_id].append(value)
    return found


def title_key(title: str) -> str:
    """The unstemmed title for exact matches and beginnings, without what stands after its colon."""
    return " ".join(analyse(title.split(" : ")[0].split(" / ")[0]).plain)[:KEY_LENGTH]


def _document(row: Any, names: list[str], terms: list[str], numbers: list[str], calls: set[str],
              held: str) -> Made:
    title = analyse(f"{row.title} {row.subtitle} {row.part}")
    makers = analyse(" ".join([*names, row.responsibility] if names else [row.contributors_line, row.responsibility]))
    subjects = analyse(" ".join(terms))
    rest = analyse(" ".join([*numbers, row.publisher, row.place, row.series, row.edition, row.ddc, *calls,
                             str(row.year or ""), row.summary]))
    is_plain = not (row.subtitle or row.part or " : " in row.title or " / " in row.title)
    doc = Doc(
        title_id=row.id, title_stems=" ".join(title.stems), contributor_stems=" ".join(makers.stems),
        subject_stems=" ".join(subjects.stems), rest_stems=" ".join(rest.stems),
        inflected=_inflected(title, makers), title_key=" ".join(title.plain)[:KEY_LENGTH] if is_plain else title_key(row.title),
        vocabulary=_vocabulary(title, makers, subjects))
    if row.is_provisional or row.withdrawn_at:
        return Made(doc, None)
    return Made(doc, _facet(row, held))


def _facet(row: Any, held: str) -> dict[str, Any]:
    language, class_ = fold(row.language)[:8].replace("|", ""), main_class(row.ddc)
    decade = row.year // 10 * 10 if row.year and 0 < row.year < 3000 else 0
    return {"language": language, "main_class": class_, "decade": decade, "format": row.format,
            "is_easy": row.is_easy_reading, "held": held,
            "profile": f"{language}|{class_}|{decade}|{row.format}|{int(row.is_easy_reading)}"}


def _inflected(*fields: Words) -> str:
    words = set().union(*(field.plain for field in fields))
    return " ".join(sorted(words.difference(*(field.stems for field in fields))))


def _vocabulary(*fields: Words) -> str:
    words: set[str] = set().union(*(field.plain for field in fields))
    return " ".join(sorted(word for word in words if len(word) > 2 and word.isalpha()))
