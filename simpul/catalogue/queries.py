"""Questions of the lending desk and of the public pages, answered in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from simpul.catalogue.models import Contributor, Copy, Identifier, SourceRecord, Subject, Title
from simpul.catalogue.search.analyser import analyse_query
from simpul.catalogue.search.engines import engine
from simpul.libraries.models import Library

MARC = (SourceRecord.Form.MARC21, SourceRecord.Form.MARCXML)


@dataclass(frozen=True)
class DeskTitle:
    """A title as the desk sees it: this library's copies on the shelf, how many it holds and how many stand or are
    lent elsewhere in the city."""

    title: Title
    available: tuple[Copy, ...]
    here: int
    elsewhere: int


def find_copy(code: str, library: Library) -> Copy | None:
    """The copy with this label: the library's own first, else the only one in the city; withdrawn ones too, so that
    the desk can say so. Typed in capitals or small letters; one query."""
    text = code.strip()[:40]
    if not text or "\0" in text:
        return None
    found = list(Copy.objects.filter(code__in={text, text.upper(), text.lower()})
                 .select_related("title", "library").order_by("pk")[:50])
    own = sorted((copy for copy in found if copy.library_id == library.pk), key=lambda copy: copy.code != text)
    if own:
        return own[0]
    exact = [copy for copy in found if copy.code == text] or found
    return exact[0] if len(exact) == 1 else None


def find_titles_for_desk(text: str, library: Library, limit: int = 8) -> list[DeskTitle]:
    """Titles that match all words (the last may be unfinished from three letters on), those this library holds
    first; provisional titles of this library too. Three queries."""
    ask = analyse_query(text)
    if ask.is_empty:
        return []
    docs = engine().unfinished(ask, library.code, 4 * limit)
    place = {doc: n for n, doc in enumerate(docs)}
    titles = list(Title.objects.filter(search_doc__in=docs, withdrawn_at__isnull=True)
                  .annotate(doc=F("search_doc__pk"), key=F("search_doc__title_key")))
    copies: dict[UUID, list[Copy]] = defaultdict(list)
    for copy in Copy.objects.held().filter(title__in=titles).order_by("code"):
        copies[copy.title_id].append(copy)
    typed = " ".join(ask.plain)
    found = []
    for title in titles:
        here = [copy for copy in copies[title.pk] if copy.library_id == library.pk]
        if title.is_provisional and not here:
            continue
        available = tuple(copy for copy in here if copy.state == Copy.State.AVAILABLE)
        order = (not available, not here, title.key != typed, not title.key.startswith(typed), place[title.doc])
        found.append((order, DeskTitle(title, available, len(here), len(copies[title.pk]) - len(here))))
    return [desk for _order, desk in sorted(found, key=lambda pair: pair[0])[:limit]]


def find_for_desk(text: str, library: Library, limit: int = 8) -> list[DeskTitle]:
    """What the one box of the desk shows for a text that is no member: the copy with this label as its title, else
    titles by their words. At most four queries."""
    copy = find_copy(text, library)
    if copy is not None:
        is_here = copy.library_id == library.pk
        is_in = is_here and copy.state == Copy.State.AVAILABLE
        return [DeskTitle(copy.title, (copy,) if is_in else (), int(is_here), int(not is_here))]
    return find_titles_for_desk(text, library, limit)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Copies of a title at one library."""

    code: str
    name: str
    available: int
    reading: int   # to be read there only
    lent: int
    other: int     # being mended, missing
    call_number: str
    place: str     # room and shelf of the first copy that tells

    @property
    def count(self) -> int:
        return self.available + self.reading + self.lent + self.other


def shelves(title_ids: Sequence[UUID], first: str = "") -> dict[UUID, list[Shelf]]:
    """Where each title stands: libraries with a copy on the shelf first, `first` (a library's code) before all.
    One query for any number of titles."""
    rows = (Copy.objects.held().filter(title__in=title_ids).order_by("code")
            .values_list("title_id", "library__code", "library__name", "state", "call_number", "space__name", "shelf"))
    grouped: dict[tuple[UUID, str, str], list[tuple[str, ...]]] = defaultdict(list)
    for title_id, code, name, *copy in rows:
        grouped[title_id, code, name].append(tuple(copy))
    found: dict[UUID, list[Shelf]] = {title_id: [] for title_id in title_ids}
    for (title_id, code, name), copies in grouped.items():
        states = [copy[0] for copy in copies]
        available, reading, lent = (states.count(state) for state in (
            Copy.State.AVAILABLE, Copy.State.REFERENCE, Copy.State.ON_LOAN))
        found[title_id].append(Shelf(
            code, name, available, reading, lent, len(states) - available - reading - lent,
            next((copy[1] for copy in copies if copy[1]), ""),
            next((", ".join(filter(None, copy[2:])) for copy in copies if any(copy[2:])), "")))
    for list_ in found.values():
        list_.sort(key=lambda shelf: (shelf.code != first, not shelf.available, not shelf.reading, shelf.name))
    return found


@dataclass(frozen=True)
class TitlePage:
    """Everything the page of a title says."""

    title: Title
    contributors: list[Contributor]
    subjects: list[Subject]
    identifiers: list[Identifier]
    shelves: list[Shelf]
    other_editions: list[Title]
    has_marc: bool

    @property
    def available(self) -> int:
        return sum(shelf.available for shelf in self.shelves)


def title_page(title_id: UUID) -> TitlePage | None:
    """The public page of a title, or None for a provisional, withdrawn or unknown one. Seven queries."""
    title = (Title.objects.filter(pk=title_id, is_provisional=False, withdrawn_at__isnull=True)
             .annotate(key=F("search_doc__title_key")).first())
    if title is None:
        return None
    return TitlePage(
        title, list(title.contributors.all()), list(title.subjects.all()), list(title.identifiers.all()),
        shelves([title.pk])[title.pk], _other_editions(title),
        SourceRecord.objects.filter(title=title, form__in=MARC).exists())


def _other_editions(title: Title) -> list[Title]:
    """Titles with the same words and the same first contributor: another year, a translation, braille."""
    if not title.key or not title.contributors_line:
        return []
    same = Title.objects.filter(search_doc__title_key=title.key, is_provisional=False, withdrawn_at__isnull=True)
    maker = title.contributors_line.split(";")[0].strip()
    return [other for other in same.exclude(pk=title.pk).order_by("-year", "pk")[:12]
            if other.contributors_line.split(";")[0].strip() == maker]


def marc_record(title_id: UUID) -> SourceRecord | None:
    """The newest MARC record that a library brought of a public title."""
    return (SourceRecord.objects.filter(title=title_id, form__in=MARC, title__is_provisional=False,
                                        title__withdrawn_at__isnull=True).order_by("-recorded_at", "pk").first())
