"""What the columns of a SLiMS export say about a title and its copies."""

import re
from functools import lru_cache

from simpul.catalogue.importing.drafts import CopyDraft, Description, Maker
from simpul.catalogue.importing.values import (
    acquisition_of,
    clean,
    date_of,
    ddc_of,
    fold,
    language_of,
    rupiah_of,
    standard_numbers,
    year_of,
)
from simpul.catalogue.models import Copy, Format

BIBLIO = ("title", "gmd_name", "edition", "isbn_issn", "publisher_name", "publish_year", "collation", "series_title",
          "call_number", "language_name", "place_name", "classification", "notes", "image", "sor", "authors", "topics",
          "item_code")
ITEM = ("item_code", "call_number", "coll_type_name", "inventory_code", "received_date", "supplier_name", "order_no",
        "location_name", "order_date", "item_status_name", "site", "source", "invoice", "price", "price_currency",
        "invoice_date", "input_date", "last_update", "title")
_ANGLE = re.compile(r"<([^<>]*)>")
_FORMATS = (("braille", Format.BRAILLE), ("huruf besar", Format.LARGE_PRINT), ("large", Format.LARGE_PRINT),
            ("audio", Format.AUDIO), ("sound", Format.AUDIO), ("rekaman suara", Format.AUDIO),
            ("video", Format.VIDEO), ("film", Format.VIDEO), ("motion", Format.VIDEO), ("musik", Format.MUSIC),
            ("music", Format.MUSIC), ("majalah", Format.SERIAL), ("serial", Format.SERIAL), ("koran", Format.SERIAL),
            ("surat kabar", Format.SERIAL), ("berkala", Format.SERIAL), ("peta", Format.MAP), ("map", Format.MAP),
            ("cartographic", Format.MAP), ("atlas", Format.MAP), ("gambar", Format.PICTURE), ("picture", Format.PICTURE),
            ("foto", Format.PICTURE), ("poster", Format.PICTURE), ("art", Format.PICTURE),
            ("electronic", Format.DIGITAL), ("elektronik", Format.DIGITAL), ("digital", Format.DIGITAL),
            ("computer", Format.DIGITAL), ("komputer", Format.DIGITAL), ("cd rom", Format.DIGITAL),
            ("multimedia", Format.DIGITAL), ("permainan", Format.OBJECT), ("game", Format.OBJECT),
            ("model", Format.OBJECT), ("realia", Format.OBJECT), ("kit", Format.OBJECT))
_PART = re.compile(r"[\s,.:;(]+((?:jilid|volume|vol\.?|buku|seri|bagian|edisi khusus no\.?)\s*\.?\s*(?:\d+|[ivx]+))\)?$",
                   re.IGNORECASE)


def listed(text: str) -> list[str]:
    """The names in `<a><b>`; a list without angle brackets is parted by semicolons."""
    if not text:
        return []
    found = _ANGLE.findall(text) if "<" in text else text.split(";")
    return [name for part in dict.fromkeys(found) if (name := clean(part, 255))]


@lru_cache(maxsize=512)
def format_of(text: str) -> Format:
    """The form that a general material designation names; text and nothing are books."""
    word = fold(text)
    return next((meaning for name, meaning in _FORMATS if name in word), Format.BOOK) if word else Format.BOOK


def split_title(text: str) -> tuple[str, str, str]:
    """Title proper, subtitle and part: SLiMS keeps all three in one column."""
    text = clean(text, 1000).rstrip(" /")
    part = _PART.search(text)
    if part and part.start() > 2:
        text = text[:part.start()]
    title, _colon, rest = text.partition(" : ")
    return clean(title or rest, 500), clean(rest if title else "", 500), clean(part[1], 200) if part else ""


def describe(columns: dict[str, str]) -> Description | None:
    """The title in a row; None where it has none."""
    title, subtitle, part = split_title(columns.get("title", ""))
    if not title:
        return None
    return Description(
        title=title, subtitle=subtitle, part=part, responsibility=clean(columns.get("sor", ""), 500),
        edition=clean(columns.get("edition", ""), 120), publisher=clean(columns.get("publisher_name", ""), 255),
        place=clean(columns.get("place_name", ""), 160), year=year_of(columns.get("publish_year", "")),
        extent=clean(columns.get("collation", ""), 160), series=clean(columns.get("series_title", ""), 255),
        language=language_of(columns.get("language_name", "")),
        ddc=ddc_of(columns.get("classification", "")) or ddc_of(columns.get("call_number", "")),
        format=format_of(columns.get("gmd_name", "")), summary=clean(columns.get("notes", ""), 4000),
        makers=[Maker(name) for name in listed(columns.get("authors", ""))][:100],
        subjects=listed(columns.get("topics", ""))[:100], numbers=standard_numbers(columns.get("isbn_issn", ""))[:50])


_STATES = (("hilang", Copy.State.MISSING), ("missing", Copy.State.MISSING), ("lost", Copy.State.MISSING),
           ("rusak", Copy.State.DAMAGED), ("repair", Copy.State.DAMAGED), ("damage", Copy.State.DAMAGED),
           ("perbaikan", Copy.State.DAMAGED), ("weeding", Copy.State.WITHDRAWN), ("afkir", Copy.State.WITHDRAWN),
           ("no loan", Copy.State.REFERENCE), ("tidak dipinjam", Copy.State.REFERENCE),
           ("baca di tempat", Copy.State.REFERENCE), ("tandon", Copy.State.REFERENCE))


@lru_cache(maxsize=512)
def state_of(text: str) -> str:
    """The state that an item status or access rule names; anything else stands on the shelf."""
    word = fold(text)
    return next((state for name, state in _STATES if name in word), Copy.State.AVAILABLE) if word else (
        Copy.State.AVAILABLE)


@lru_cache(maxsize=512)
def is_rupiah(currency: str) -> bool:
    """Is a price in this currency in rupiah? One without any is."""
    return fold(currency) in ("", "rupiah", "idr", "rp")


def copy_of(columns: dict[str, str], call_number: str) -> CopyDraft:
    """The copy in a row of the export of copies."""
    return CopyDraft(
        code=clean(columns.get("item_code", ""), 40), inventory_number=clean(columns.get("inventory_code", ""), 60),
        call_number=clean(columns.get("call_number", "") or call_number, 80),
        item_type=clean(columns.get("coll_type_name", ""), 40),
        shelf=clean(columns.get("site", "") or columns.get("location_name", ""), 80),
        acquisition=acquisition_of(columns.get("source", "") or columns.get("supplier_name", "")),
        supplier=clean(columns.get("supplier_name", ""), 120),
        price=(rupiah_of(columns.get("price")) or None) if is_rupiah(columns.get("price_currency", "")) else None,
        received_on=date_of(columns.get("received_date")), state=state_of(columns.get("item_status_name", "")))
