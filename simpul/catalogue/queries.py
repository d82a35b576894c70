"""Questions of the lending desk and of the public pages, answered in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import F

from simpul.catalogue.models import Copy, DigitalResource, SourceRecord, Title
from simpul.catalogue.search.analyser import analyse_query
from simpul.catalogue.search.engines import engine
from simpul.core import clock
from simpul.core.prepared import Prepared
from simpul.libraries.models import Library

_by_code: Prepared[Copy] = Prepared(lambda text, capitals, small: Copy.objects.filter(
    code__in=[text, capitals, small]).select_related("title", "library").order_by("pk")[:50])

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
    found = _by_code(text=text, capitals=text.upper(), small=text.lower())
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


@dataclass(frozen=True, slots=True)
class Maker:
    name: str
    role: str
    is_body: bool


@dataclass(frozen=True, slots=True)
class Number:
    kind: str
    value: str
    is_valid: bool


@dataclass(frozen=True, slots=True)
class Edition:
    id: UUID
    title: str
    year: int | None


@dataclass(frozen=True)
class TitlePage:
    """Everything the page of a title says."""

    title: Title
    contributors: list[Maker]
    subjects: list[str]
    numbers: list[Number]
    shelves: list[Shelf]
    other_editions: list[Edition]
    has_marc: bool
    resources: list[DigitalResource] = field(default_factory=list)

    @property
    def available(self) -> int:
        return sum(shelf.available for shelf in self.shelves)


# What hangs on a title, as rows of one shape: five questions asked as one, because the page of a title is the most
# visited of all and each question of the ORM costs 0.4 ms.
_FACTS = """
SELECT 1 AS part, position AS at, name AS a, role AS b, CASE WHEN is_body THEN 1 ELSE 0 END AS n
FROM catalogue_contributor WHERE title_id = %s
UNION ALL SELECT 2, position, term, '', 0 FROM catalogue_subject WHERE title_id = %s
UNION ALL SELECT 3, id, kind, value, CASE WHEN is_valid THEN 1 ELSE 0 END FROM catalogue_identifier WHERE title_id = %s
UNION ALL SELECT 4, 0, '', '', count(*) FROM catalogue_sourcerecord
WHERE title_id = %s AND form IN ('marc21', 'marcxml')
UNION ALL SELECT 6, 0, '', '', count(*) FROM catalogue_digitalresource WHERE title_id = %s
UNION ALL SELECT 5, -COALESCE(t.year, 0), CAST(t.id AS VARCHAR(36)), t.title, CAST(COALESCE(t.year, 0) AS INTEGER)
FROM catalogue_searchdoc d JOIN catalogue_title t ON t.id = d.title_id JOIN catalogue_searchfacet f ON f.id = d.id
WHERE d.title_key = %s AND d.title_key <> '' AND t.id <> %s AND t.contributors_line = %s AND t.contributors_line <> ''
ORDER BY 1, 2, 3
"""


def title_page(title_id: UUID) -> TitlePage | None:
    """The public page of a title, or None for a provisional, withdrawn or unknown one. Three queries, four
    where it can be opened online.

    Other editions are public titles of the same words and the same contributors: another year, braille."""
    title = (Title.objects.filter(pk=title_id, is_provisional=False, withdrawn_at__isnull=True)
             .annotate(key=F("search_doc__title_key")).first())
    if title is None:
        return None
    pk = Title._meta.pk.get_db_prep_value(title_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [pk, pk, pk, pk, pk, title.key or "", pk, title.contributors_line])
        parts: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
        for part, _at, a, b, n in cursor.fetchall():
            parts[part].append((a, b, n))
    return TitlePage(
        title,
        contributors=[Maker(name, role, bool(is_body)) for name, role, is_body in parts[1]],
        subjects=[term for term, _b, _n in parts[2]],
        numbers=[Number(kind, value, bool(is_valid)) for kind, value, is_valid in parts[3]],
        shelves=shelves([title.pk])[title.pk],
        other_editions=[Edition(UUID(id), name, year or None) for id, name, year in parts[5][:12]],
        has_marc=bool(parts[4][0][2]),
        resources=resources_of([title.pk])[title.pk] if parts[6][0][2] else [])


def resources_of(title_ids: Sequence[UUID]) -> dict[UUID, list[DigitalResource]]:
    """What the public reads of as openable today, by title, oldest first, with file and library: one query."""
    day = clock.local_date(clock.now(), "Asia/Jakarta")
    found: dict[UUID, list[DigitalResource]] = {title_id: [] for title_id in title_ids}
    for row in DigitalResource.objects.shown(day).filter(title__in=title_ids).select_related("file", "library"):
        found[row.title_id].append(row)
    return found


def resource_for(id: UUID) -> DigitalResource | None:
    """A resource of a public title that may be opened today, with title, library and file."""
    return DigitalResource.objects.filter(
        pk=id, title__withdrawn_at__isnull=True, title__is_provisional=False).standing(
        clock.local_date(clock.now(), "Asia/Jakarta")).select_related("title", "library", "file").first()


def marc_record(title_id: UUID) -> SourceRecord | None:
    """The newest MARC record that a library brought of a public title."""
    return (SourceRecord.objects.filter(title=title_id, form__in=MARC, title__is_provisional=False,
                                        title__withdrawn_at__isnull=True).order_by("-recorded_at", "pk").first())
