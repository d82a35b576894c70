"""Reads a SLiMS export: titles, with the export of copies where it was given."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from simpul.catalogue.importing.drafts import CopyDraft, Draft, Unreadable
from simpul.catalogue.importing.files import Source
from simpul.catalogue.importing.reasons import excerpt_of, reason
from simpul.catalogue.importing.slims.describe import BIBLIO, copy_of, describe, listed
from simpul.catalogue.importing.slims.items import Items
from simpul.catalogue.importing.slims.rows import Row, lines, rows, separator_of
from simpul.catalogue.importing.values import clean, fold
from simpul.catalogue.models import SourceRecord

#: what makes a row the same title on the next export: SLiMS exports no number of its own
_IDENTITY = ("title", "edition", "isbn_issn", "publish_year", "authors")
_facts = attrgetter(*(f.name for f in fields(CopyDraft)))
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class SlimsReader:
    """biblio.csv, and item.csv joined to it by the codes that a title lists, else by the title's words."""

    source = "slims"

    def __init__(self, biblio: Path, item: Path | None = None) -> None:
        self.file, self.item = Source(biblio), item
        self.total_bytes = self.file.total_bytes

    def __iter__(self) -> Iterator[Draft | Unreadable]:
        items = Items(self.item) if self.item else None
        try:
            with self.file as stream:
                yield from self._titles(lines(stream), items)
            if items:
                yield from self._leftovers(items)
        finally:
            if items:
                items.close()

    def _titles(self, found: Iterator[str], items: Items | None) -> Iterator[Draft | Unreadable]:
        first = next(found, "")
        separator = separator_of(first)
        names = [name.strip().strip('"').lower() for name in first.split(separator)]
        position = 0
        if "title" not in names:
            names = list(BIBLIO)
            for row in rows(iter([first]), separator, len(names)):
                if not row.code:
                    position += 1
                    yield self._take(position, row, names, items)
        for row in rows(found, separator, len(names)):
            position += 1
            yield self._take(position, row, names, items)
        if not position:
            yield Unreadable(1, self.total_bytes, "no_records", reason("no_records"), excerpt_of(first))

    def _take(self, position: int, row: Row, names: list[str], items: Items | None) -> Draft | Unreadable:
        offset = self.file.done_bytes
        if row.code:
            return Unreadable(position, offset, row.code, reason(row.code), excerpt_of(row.text))
        columns = dict(zip(names, row.cells, strict=True))
        description = describe(columns)
        if description is None:
            return Unreadable(position, offset, "no_title", reason("no_title"), excerpt_of(" ".join(row.cells)))
        held = _copies(columns, items)
        content = _encode(columns).encode("utf-8", "replace")
        told = "\x1f".join(fold(columns.get(name, "")) for name in _IDENTITY)
        return Draft(
            position=position, offset=offset, form=SourceRecord.Form.SLIMS, content=content, description=description,
            external_id=hashlib.sha256(told.encode()).hexdigest()[:40],
            fingerprint=hashlib.sha256(content + repr([_facts(copy) for copy in held]).encode()).hexdigest(),
            copies=held, is_joined_by_id=True)

    def _leftovers(self, items: Items) -> Iterator[Unreadable]:
        for n, code, text in items.refused:
            yield Unreadable(n, self.total_bytes, code, reason(code), excerpt_of(text), is_counted=False)
        why = reason("item_without_title")
        for n, text in items.left():
            yield Unreadable(n, self.total_bytes, "item_without_title", why, excerpt_of(text), is_counted=False)


def _copies(columns: dict[str, str], items: Items | None) -> list[CopyDraft]:
    call_number = clean(columns.get("call_number", ""), 80)
    codes = [code for code in listed(columns.get("item_code", "")) if len(code) <= 40]
    found = []
    for code in codes:
        item = items.coded(code) if items else None
        found.append(copy_of(item, call_number) if item else CopyDraft(code=code, call_number=call_number))
    if items and not codes:
        found = [copy_of(item, call_number) for item in items.titled(columns.get("title", "").strip())]
    return found
