"""The API of the catalogue: search, titles, libraries. Public and read only."""

from collections import defaultdict
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Field, Query, Router, Schema

from simpul.catalogue.models import Contributor, Copy, DigitalResource, Title
from simpul.catalogue.queries import Shelf, shelves, title_page
from simpul.catalogue.search import Query as SearchQuery
from simpul.catalogue.search import search
from simpul.core import clock
from simpul.libraries.models import Library

router = Router(tags=["catalogue"])
MOST_ITEMS = 100


class Holding(Schema):
    """Copies of a title at one library."""

    code: str = Field(description="The library's code.")
    name: str
    copies: int
    available: int = Field(description="Copies on the shelf now.")


class TitleItem(Schema):
    """A hit."""

    id: UUID
    title: str
    subtitle: str
    contributors: list[str] = Field(description="In the record's own order.")
    publisher: str
    year: int | None
    language: str = Field(description="ISO 639-2/B, as in MARC.")
    ddc: str = Field(description="Dewey Decimal number.")
    format: str
    is_easy_reading: bool
    is_available: bool = Field(description="Some library of the city has a copy on the shelf now.")
    is_online: bool = Field(description="It can be opened online today.")
    libraries: list[Holding]
    url: str = Field(description="Its page for people.")


class Value(Schema):
    """A value to narrow by and how many of the hits have it."""

    value: str
    count: int


class TitleList(Schema):
    """Hits, best first. Without `q` and filters: all titles, the newest first."""

    count: int = Field(description="Number of hits, at most 5,000; see `is_capped`.")
    is_capped: bool = Field(description="There are more than `count` hits.")
    page: int
    pages: int
    items: list[TitleItem]
    corrected: str | None = Field(None, description="Nothing matched `q`; this was searched instead.")
    facets: dict[str, list[Value]] | None = Field(None, description="Asked for with `facets=true`.")


class CopyItem(Schema):
    """One thing on a shelf."""

    id: UUID
    library: str = Field(description="The library's code.")
    call_number: str
    shelf: str
    item_type: str
    state: Literal["available", "on_loan", "reference", "damaged", "missing"]
    is_available: bool


class Maker(Schema):
    name: str
    role: str = Field(description="MARC relator term or code; empty for an author.")
    is_body: bool


class Number(Schema):
    kind: str
    value: str
    is_valid: bool


class Resource(Schema):
    """A file or link by which a title can be opened online today."""

    id: UUID
    kind: Literal["pdf", "epub", "video", "audio", "picture", "h5p", "link"]
    label: str
    library: str = Field(description="Code of the library that offers it.")
    language: str = Field(description="ISO 639-2/B, as in MARC.")
    length: str = Field(description="In words: pages or minutes.")
    size: int | None = Field(description="Bytes of a file; null for a link.")
    media_type: str | None
    rights: str = Field(description="own, cc, public_domain, contract, letter or linked.")
    licence: str = Field(description="Of Creative Commons: by, by-sa, …, cc0; empty otherwise.")
    holder: str = Field(description="Who holds the rights.")
    valid_until: date | None = Field(description="The last day on which it may be opened.")
    access: Literal["everybody", "members"]
    url: str = Field(description="Where people open it.")


class TitleDetail(TitleItem):
    """A title with everything that is known of it, and its copies."""

    part: str
    responsibility: str
    edition: str
    place: str
    extent: str
    series: str
    summary: str
    makers: list[Maker]
    subjects: list[str]
    identifiers: list[Number]
    copies: list[CopyItem]
    resources: list[Resource]


class RegionItem(Schema):
    code: str = Field(description="Official code PP.KK.CC.DDDD.")
    name: str


class LibraryItem(Schema):
    code: str
    name: str
    kind: str
    region: RegionItem


class LibraryList(Schema):
    count: int
    items: list[LibraryItem]


class Wanted(Schema):
    """What is asked."""

    q: str = Field("", description="Words of title, contributor, subject, publisher or an ISBN; all must match. "
                                   "“Quoted words” must stand together.")
    page: int = Field(1, ge=1, le=5_000)
    page_size: int = Field(20, ge=1, le=MOST_ITEMS)
    library: str = Field("", description="Code of a library that holds it.")
    language: str = Field("", description="ISO 639-2/B code.")
    main_class: Literal["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] = Field(
        "", alias="class", description="First digit of the Dewey number.")
    decade: int = Field(0, ge=0, le=2990, description="First year of ten, such as 1990.")
    format: str = Field("", description="book, braille, large_print, audio, …")
    easy: bool = Field(False, description="Easy reading only.")
    available: bool = Field(False, description="On a shelf now (of `library` where that is given), or online.")
    online: bool = Field(False, description="Can be opened online (offered by `library` where that is given).")
    facets: bool = Field(False, description="Count the values of the hits too.")


@router.get("/titles", response=TitleList, summary="Search the titles of the city", exclude_none=True)
def titles(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """All words of `q` must match, in any field and any Indonesian form. Where nothing matches, a near spelling that
    does is searched instead and named in `corrected`."""
    query = SearchQuery(
        wanted.q, library=wanted.library, language=wanted.language, main_class=wanted.main_class,
        decade=wanted.decade // 10 * 10, format=wanted.format, is_easy=wanted.easy, is_available=wanted.available,
        is_online=wanted.online, page=wanted.page, page_size=wanted.page_size)
    hits = search(query, with_facets=wanted.facets)
    online = DigitalResource.objects.shown(clock.local_date(clock.now(), "Asia/Jakarta")).filter(title=OuterRef("pk"))
    rows = Title.objects.annotate(is_online=Exists(online)).in_bulk(hits.title_ids)
    places = shelves(hits.title_ids, first=wanted.library)
    names: dict[UUID, list[str]] = defaultdict(list)
    for title_id, name in Contributor.objects.filter(title__in=hits.title_ids).values_list("title_id", "name"):
        names[title_id].append(name)
    answer: dict[str, Any] = {
        "count": hits.count, "is_capped": hits.is_capped, "page": wanted.page, "pages": hits.pages,
        "items": [_item(rows[id], names[id], places[id], rows[id].is_online) for id in hits.title_ids if id in rows]}
    if hits.corrected:
        answer["corrected"] = hits.corrected
    found = hits.facets
    if found is not None:
        answer["facets"] = {
            name: [{"value": str(value), "count": n} for value, n in values] for name, values in (
                ("library", found.library), ("language", found.language), ("class", found.main_class),
                ("decade", found.decade), ("format", found.format), ("easy", [("true", found.easy)]),
                ("available", [("true", found.available)]),
                ("online", [("true", found.online)]))}
    return answer


@router.get("/titles/{id}", response=TitleDetail, summary="One title with its copies")
def title(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """Everything that is known of a title, and where each of its copies is now. 404 for an unknown one."""
    page = title_page(id)
    if page is None:
        raise Http404
    row = page.title
    copies = Copy.objects.held().filter(title=row).select_related("library").order_by("library__name", "code")
    return _item(row, [maker.name for maker in page.contributors], page.shelves, bool(page.resources)) | {
        "resources": [_resource(one) for one in page.resources],
        "part": row.part, "responsibility": row.responsibility, "edition": row.edition, "place": row.place,
        "extent": row.extent, "series": row.series, "summary": row.summary,
        "makers": page.contributors, "subjects": page.subjects, "identifiers": page.numbers,
        "copies": [{
            "id": copy.pk, "library": copy.library.code, "call_number": copy.call_number, "shelf": copy.shelf,
            "item_type": copy.item_type, "state": copy.state, "is_available": copy.state == Copy.State.AVAILABLE,
        } for copy in copies]}


@router.get("/libraries", response=LibraryList, summary="The libraries of the city")
def libraries(request: HttpRequest) -> dict[str, Any]:
    """Every library that is open to the public today, by name."""
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    rows = list(Library.objects.open_on(today).select_related("region").order_by("name", "code"))
    return {"count": len(rows), "items": rows}


def _item(row: Title, names: list[str], places: list[Shelf], is_online: bool) -> dict[str, Any]:
    return {
        "id": row.pk, "title": row.title, "subtitle": row.subtitle, "contributors": names,
        "publisher": row.publisher, "year": row.year, "language": row.language, "ddc": row.ddc, "format": row.format,
        "is_easy_reading": row.is_easy_reading, "is_available": any(shelf.available for shelf in places),
        "is_online": is_online,
        "libraries": [{"code": shelf.code, "name": shelf.name, "copies": shelf.count, "available": shelf.available}
                      for shelf in places],
        "url": reverse("catalogue:title", args=[row.pk])}


def _resource(row: DigitalResource) -> dict[str, Any]:
    return {
        "id": row.pk, "kind": row.kind, "label": row.label, "library": row.library.code, "language": row.language,
        "length": row.length, "size": row.file.size if row.file else None,
        "media_type": row.file.media_type if row.file else None, "rights": row.rights, "licence": row.licence,
        "holder": row.holder, "valid_until": row.valid_until, "access": row.access,
        "url": reverse("catalogue:resource", args=[row.pk])}
