"""Reads a MARC file of any kind, one record after the other."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from simpul.catalogue.importing.drafts import Draft, Unreadable
from simpul.catalogue.importing.files import Source
from simpul.catalogue.importing.marc import describe, iso2709, marcxml
from simpul.catalogue.importing.marc.record import Broken, Record
from simpul.catalogue.importing.reasons import excerpt_of, reason
from simpul.catalogue.importing.values import clean
from simpul.catalogue.models import SourceRecord

CITY = "(Simpul)"


class MarcReader:
    """ISO 2709 or MARCXML, plain or packed with gzip; which one is seen from how the file begins."""

    source = "marc"

    def __init__(self, path: Path) -> None:
        self.file = Source(path)
        self.total_bytes = self.file.total_bytes

    def __iter__(self) -> Iterator[Draft | Unreadable]:
        with self.file as stream:
            head = stream.peek(1000).lstrip(b" \t\r\n")
            is_xml = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
            encoding = marcxml.encoding_of(head) if is_xml else ""
            pieces = marcxml.pieces(stream) if is_xml else iso2709.pieces(stream)
            position = 0
            for position, piece in enumerate(pieces, 1):
                yield self._take(position, piece, encoding)
            if not position:
                yield Unreadable(1, self.total_bytes, "no_records", reason("no_records"), excerpt_of(head))

    def _take(self, position: int, piece: iso2709.Piece, encoding: str) -> Draft | Unreadable:
        offset = self.file.done_bytes
        code = piece.code
        if not code:
            try:
                record = marcxml.parse(piece.data, encoding) if encoding else iso2709.parse(piece.data)
                return draft_of(record, piece.data, position, offset, is_xml=bool(encoding))
            except Broken as broken:
                code = broken.code
        return Unreadable(position, offset, code, reason(code), excerpt_of(piece.data))


def draft_of(record: Record, content: bytes, position: int, offset: int, *, is_xml: bool) -> Draft:
    """The record described; raises Broken where it is not about a title."""
    fingerprint = hashlib.sha256(content).hexdigest()
    return Draft(
        position=position, offset=offset, external_id=_external_id(record) or f"sha256:{fingerprint}",
        form=SourceRecord.Form.MARCXML if is_xml else SourceRecord.Form.MARC21, content=content,
        fingerprint=fingerprint, description=describe.describe(record), copies=describe.copies(record),
        city_id=next((v[len(CITY):] for f in record.tagged("035") for v in f.all("a") if v.startswith(CITY)), ""))


def _external_id(record: Record) -> str:
    """`(003)001`, as 035 writes it; empty where the record carries no number."""
    number, agency = clean(record.control("001"), 100), clean(record.control("003"), 40)
    return f"({agency}){number}" if number and agency else number
