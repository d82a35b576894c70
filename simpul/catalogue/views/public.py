"""The public catalogue: the search page, the page of a title, its record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from simpul.catalogue.covers import cover
from simpul.catalogue.digital.counting import browser_number, remember_browser
from simpul.catalogue.digital.words import verb_of
from simpul.catalogue.models import DigitalResource, Format, SourceRecord, Title
from simpul.catalogue.queries import Shelf, marc_record, shelves, title_page
from simpul.catalogue.search import Hits, Query, search
from simpul.catalogue.search.classes import MAIN_CLASSES, main_class
from simpul.catalogue.search.languages import language_name
from simpul.core import clock
from simpul.libraries.models import Library

#: the page's words for the query's: filters live in the address
WORDS = {"perpustakaan": "library", "bahasa": "language", "kelas": "main_class", "tahun": "decade",
         "bentuk": "format", "mudah": "is_easy", "tersedia": "is_available", "daring": "is_online"}
KEPT = ("perpustakaan", "bentuk", "mudah", "daring")  # filters that stay when new words are typed
MOST_VALUES = 10


def query_of(request: HttpRequest) -> Query:
    """The query in the address. What makes no sense there narrows nothing."""
    get = request.GET
    decade, page = get.get("tahun", ""), get.get("page", "")
    return Query(
        text=get.get("q", "")[:1000], library=get.get("perpustakaan", "")[:12], language=get.get("bahasa", "")[:8],
        main_class=get.get("kelas", "")[:1], format=get.get("bentuk", "")[:12],
        decade=int(decade) if decade.isdecimal() and len(decade) == 4 else 0,
        is_easy=get.get("mudah") == "1", is_available=get.get("tersedia") == "1",
        is_online=get.get("daring") == "1",
        page=max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow by (or, chosen, to let go of) with its address."""

    caption: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    name: str
    heading: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Line:
    """A hit as the list shows it."""

    id: UUID
    url: str
    cover: SafeString
    name: str
    makers: str
    imprint: str
    where: str
    is_in: bool
    chips: list[str]  # format and level, where they are not the usual ones


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The search field, and below it the hits or the newest titles."""
    query = query_of(request)
    hits = search(query, with_facets=True)
    library = Library.objects.filter(code=query.library).first() if query.library else None
    page = page_of(hits)
    return render(request, "catalogue/search.html", {
        "query": query, "hits": hits, "lines": lines_of(hits), "page": page, "library": library,
        "is_start": not query.text.strip() and not query.is_narrowed and query.page == 1,
        "chosen": chosen(request, query, library), "facets": facet_groups(request, hits),
        "kept": [(name, request.GET[name]) for name in KEPT if request.GET.get(name)],
        "ways_in": ways_in() if not hits.count or not query.text else [],
    })


@require_safe
def title(request: HttpRequest, id: UUID) -> HttpResponse:
    """What it is, and where it is now."""
    page = title_page(id)
    if page is None:
        raise Http404
    row, class_ = page.title, main_class(page.title.ddc)
    response = render(request, "catalogue/title.html", {
        "resources": [(one, verb_of(one), language_name(one.language)) for one in page.resources],
        "page": page, "title": row, "cover": cover(row.title, row.contributors_line, row.ddc),
        "format": format_name(row.format), "language": language_name(row.language),
        "class_name": MAIN_CLASSES.get(class_, ""), "class": class_,
        "contributors": [(maker, search_url(maker.name)) for maker in page.contributors],
        "subjects": [(term, search_url(term)) for term in page.subjects],
        "citation": citation(row, [maker.name for maker in page.contributors]),
    })
    if page.resources:  # so that a double tap on what this page offers is one use
        remember_browser(response, browser_number(request))
    return response


@require_safe
def marc(request: HttpRequest, id: UUID) -> HttpResponse:
    """The record as the library brought it, byte for byte."""
    record = marc_record(id)
    if record is None:
        raise Http404
    is_xml = record.form == SourceRecord.Form.MARCXML
    response = HttpResponse(bytes(record.content), content_type="application/marcxml+xml" if is_xml
                            else "application/marc")
    response["Content-Disposition"] = f'attachment; filename="{id}.{"xml" if is_xml else "mrc"}"'
    return response


def page_of(hits: Hits) -> Page:
    return Paginator(range(hits.count), hits.query.page_size).get_page(hits.query.page)


def lines_of(hits: Hits) -> list[Line]:
    """The hits of the page in their order, with where they are: two queries."""
    online = DigitalResource.objects.shown(clock.local_date(clock.now(), "Asia/Jakarta")).filter(title=OuterRef("pk"))
    rows = {row.id: row for row in Title.objects.filter(pk__in=hits.title_ids).order_by().annotate(
        is_online=Exists(online)).values_list(
        "id", "title", "subtitle", "contributors_line", "publisher", "year", "ddc", "format", "is_easy_reading",
        "is_online", named=True)}
    places = shelves(hits.title_ids, first=hits.query.library)
    return [_line(rows[id], places[id]) for id in hits.title_ids if id in rows]


def _line(row: Any, found: list[Shelf]) -> Line:
    is_said = row.format == Format.BOOK or (row.format == Format.DIGITAL and row.is_online)
    chips = [] if is_said else [format_name(row.format)]
    if row.is_easy_reading:
        chips.append(_("easy reading"))
    if row.is_online:
        chips.append(_("can be opened online"))
    return Line(
        row.id, f"{reverse('catalogue:search')}{row.id}/", cover(row.title, row.contributors_line, row.ddc),
        f"{row.title} : {row.subtitle}" if row.subtitle else row.title, row.contributors_line,
        ", ".join(filter(None, (row.publisher, str(row.year or "")))),
        where(found) if found or not row.is_online else _("Open it here, on your phone"),
        row.is_online or any(shelf.available for shelf in found), chips)


def where(found: list[Shelf]) -> str:
    """Where a title is now, in one sentence."""
    standing = [shelf for shelf in found if shelf.available]
    if standing:
        more = len(standing) - 1
        if not more:
            return _("On the shelf: %(library)s") % {"library": standing[0].name}
        return ngettext("On the shelf: %(library)s and one more library",
                        "On the shelf: %(library)s and %(n)s more libraries", more) % {
            "library": standing[0].name, "n": more}
    reading = [shelf for shelf in found if shelf.reading]
    if reading:
        return _("To be read there: %(library)s") % {"library": reading[0].name}
    if any(shelf.lent for shelf in found):
        return _("All copies are lent")
    return _("No copy at the moment")


def search_url(text: str, **narrowed: str) -> str:
    """A search for a name or subject: its words together."""
    query = {"q": f'"{text}"'.replace('""', '"') if text else "", **narrowed}
    return f"{reverse('catalogue:search')}?{urlencode({k: v for k, v in query.items() if v})}"


def citation(row: Title, makers: list[str]) -> str:
    """Author. (Year). Title. Place: Publisher."""
    who = "; ".join(makers[:3]) + (" et al." if len(makers) > 3 else "")
    house = ": ".join(part for part in (row.place, row.publisher) if part)
    parts = [who, f"({row.year})" if row.year else "", row.full_title, row.edition, house]
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


def chosen(request: HttpRequest, query: Query, library: Library | None) -> list[Choice]:
    """What the hits are narrowed by; following a choice lets it go."""
    captions: dict[str, str] = {
        "perpustakaan": library.name if library else query.library, "bahasa": language_name(query.language),
        "kelas": str(MAIN_CLASSES.get(query.main_class, query.main_class)), "tahun": decade_name(query.decade),
        "bentuk": format_name(query.format), "mudah": _("easy reading"), "tersedia": _("available now"),
        "daring": _("can be opened online")}
    return [Choice(captions[word], 0, address(request, **{word: None}))
            for word, field in WORDS.items() if getattr(query, field)]


def facet_groups(request: HttpRequest, hits: Hits) -> list[FacetGroup]:
    """Values that would narrow the hits, without those already chosen."""
    facets, query = hits.facets, hits.query
    if facets is None or not hits.count:
        return []
    names = dict(Library.objects.filter(code__in=[code for code, _n in facets.library[:MOST_VALUES]])
                 .values_list("code", "name"))
    groups = [
        _group(request, "tersedia", _("Availability"), [("1", facets.available)], lambda _v: _("available now")),
        _group(request, "daring", _("Online"), [("1", facets.online)], lambda _v: _("can be opened online")),
        _group(request, "perpustakaan", _("Library"), facets.library, lambda code: names.get(code, code)),
        _group(request, "bentuk", _("Format"), facets.format, format_name),
        _group(request, "mudah", _("Level"), [("1", facets.easy)], lambda _v: _("easy reading")),
        _group(request, "kelas", _("Class"), facets.main_class, lambda value: str(MAIN_CLASSES[value])),
        _group(request, "bahasa", _("Language"), facets.language, language_name),
        _group(request, "tahun", _("Year"), [(str(year), n) for year, n in facets.decade],
               lambda value: decade_name(int(value))),
    ]
    return [group for group in groups if group.choices and not getattr(query, WORDS[group.name])]


def _group(request: HttpRequest, name: str, heading: str, values: Iterable[tuple[str, int]],
           caption: Callable[[str], str]) -> FacetGroup:
    shown = [(value, n) for value, n in values if n][:MOST_VALUES]
    base = address(request, **{name: "-"})[:-1]
    return FacetGroup(name, heading, [Choice(caption(value), n, base + quote(value)) for value, n in shown])


def address(request: HttpRequest, **changes: str | None) -> str:
    """This search with other filters, from its first page."""
    now = {key: value for key, value in request.GET.items()
           if (key in WORDS or key == "q") and key not in changes} | changes
    return f"{request.path}?{urlencode({key: value for key, value in now.items() if value})}"


def format_name(value: str) -> str:
    return str(Format(value).label) if value in Format.values else value


def decade_name(year: int) -> str:
    return f"{year}–{year + 9}" if year else ""


def ways_in() -> list[FacetGroup]:
    """Where to begin without words: what everybody can read, and the ten classes."""
    base = reverse("catalogue:search")
    formats = (Format.BRAILLE, Format.LARGE_PRINT, Format.AUDIO, Format.SERIAL)
    return [
        FacetGroup("bentuk", _("For every reader"), [
            Choice(_("easy reading"), 0, f"{base}?mudah=1"), Choice(_("available now"), 0, f"{base}?tersedia=1"),
            Choice(_("can be opened online"), 0, f"{base}?daring=1"),
            *(Choice(str(format_.label), 0, f"{base}?bentuk={format_.value}") for format_ in formats)]),
        FacetGroup("kelas", _("By class"), [
            Choice(str(name), 0, f"{base}?kelas={value}") for value, name in MAIN_CLASSES.items()]),
    ]
