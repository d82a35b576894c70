"""MARCXML: cutting a stream into <record> elements, and one element into a record.

Each record is parsed alone, without the document around it: a broken one never harms the next, nothing is held in
memory but one record, and no document type declaration can define an entity (a file that brings one is refused).
"""

import html
import re
from collections.abc import Generator, Iterator
from typing import BinaryIO
from xml.parsers import expat

from simpul.catalogue.importing.marc.iso2709 import CHUNK, LARGEST, Piece
from simpul.catalogue.importing.marc.record import Broken, Field, Record

_TOKEN = re.compile(rb"<!--|<!\[CDATA\[|<!DOCTYPE|<!ENTITY|<(?:[A-Za-z_][\w.-]*:)?record(?=[\s>/])"
                    rb"|</(?:[A-Za-z_][\w.-]*:)?record\s*>", re.IGNORECASE)
_CLOSERS = {b"<!--": b"-->", b"<![cdata[": b"]]>"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:[0-8]|1[124-9]|2\\d|3[01]);")
_LONE_AMPERSAND = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|\w+;)")
_ENTITY = re.compile(r"&(\w+);")
_XML_OWN = {"amp", "lt", "gt", "quot", "apos"}


def pieces(stream: BinaryIO) -> Iterator[Piece]:
    """Every innermost <record>…</record>, exactly as it stands; at most LARGEST bytes in memory."""
    buffer, start = b"", 0
    scan = _Scan()
    while True:
        chunk = stream.read(CHUNK)
        buffer += chunk
        done = yield from scan.walk(buffer, start, is_last=not chunk)
        if scan.is_refused or not chunk:
            return
        buffer, start = buffer[done:], start + done
        if len(buffer) > LARGEST:
            yield Piece(buffer[:200], start + len(buffer), "too_large")
            buffer, start = b"", start + len(buffer)
            scan = _Scan()


class _Scan:
    """Where we are between two chunks."""

    def __init__(self) -> None:
        self.is_refused = False

    def walk(self, buffer: bytes, start: int, *, is_last: bool) -> Generator[Piece, None, int]:
        """Yield finished records; return how many bytes are done with."""
        position, opened = 0, -1
        while token := _TOKEN.search(buffer, position):
            word = token[0].lower()
            if word in _CLOSERS:
                close = buffer.find(_CLOSERS[word], token.end())
                if close < 0:
                    break
                position = close + 3
                continue
            position = token.end()
            if word.startswith(b"<!"):
                self.is_refused = True
                yield Piece(buffer[token.start():token.start() + 200], start + position, "document_type")
                return position
            if not word.startswith(b"</"):
                opened = token.start()
            elif opened >= 0:
                yield Piece(buffer[opened:position], start + position)
                opened = -1
        if is_last and opened >= 0:
            yield Piece(buffer[opened:], start + len(buffer), "truncated")
        if opened >= 0:
            return opened
        return max(position, len(buffer) - 100) if not token else token.start()


def encoding_of(head: bytes) -> str:
    """The encoding in the XML declaration; UTF-8 where there is none or Python does not know it."""
    found = re.match(rb"""\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)""", head.removeprefix(b"\xef\xbb\xbf"))
    name = found[1].decode().lower() if found else "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return "utf-8" if name.startswith("utf-16") else name


def parse(data: bytes, encoding: str) -> Record:
    """The record in this element; raises Broken. Bad bytes, bare ampersands and HTML entities are forgiven."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    try:
        built = _Builder().build(text)
    except expat.ExpatError:
        try:
            built = _Builder().build(_repaired(text))
        except expat.ExpatError:
            raise Broken("xml_not_well_formed") from None
    if not built.fields:
        raise Broken("no_fields")
    return built


def _repaired(text: str) -> str:
    text = _LONE_AMPERSAND.sub("&amp;", _ILLEGAL.sub(" ", text))
    return _ENTITY.sub(lambda m: m[0] if m[1] in _XML_OWN else html.escape(html.unescape(m[0])), text)


class _Builder:
    """Collects leader, control fields and data fields from expat's events; prefixes are looked past."""

    def __init__(self) -> None:
        self.leader, self.fields = "", list[Field]()
        self.field: Field | None = None
        self.code: str | None = None
        self.text: list[str] = []

    def build(self, text: str) -> Record:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.Parse(text.encode("utf-8", "replace"), True)
        return Record(self.leader.ljust(24)[:24], self.fields)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2].lower()
        if kind in ("leader", "controlfield", "datafield"):
            tag = attributes.get("tag", "")[:3]
            indicators = (attributes.get("ind1", " ")[:1] or " ") + (attributes.get("ind2", " ")[:1] or " ")
            self.field = Field(tag, indicators=indicators)
            self.text.clear()
        elif kind == "subfield":
            self.code = attributes.get("code", "")[:1]
            self.text.clear()

    def _end(self, name: str) -> None:
        kind = name.rpartition(":")[2].lower()
        if self.field is None:
            return
        if kind == "subfield":
            if self.code:
                self.field.subfields.append((self.code, "".join(self.text)))
            self.code = None
        elif kind == "leader":
            self.leader = "".join(self.text)
        elif kind == "controlfield":
            self.field.text = "".join(self.text)
            self.fields.append(self.field)
        elif kind == "datafield" and self.field.tag:
            self.fields.append(self.field)
        if kind in ("leader", "controlfield", "datafield"):
            self.field = None
