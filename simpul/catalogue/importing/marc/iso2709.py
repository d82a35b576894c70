"""ISO 2709: cutting a stream of bytes into records, and a record into fields. Lengths are hints, not truths."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from simpul.catalogue.importing.marc.charsets import decode, decoder_name
from simpul.catalogue.importing.marc.record import Broken, Field, Record

END_OF_RECORD, END_OF_FIELD, SUBFIELD = 0x1D, b"\x1e", b"\x1f"
CHUNK = 1 << 18
LARGEST = 8_000_000  # bytes; the standard stops at 99,999, real exports with a copy list do not
_BLANK = b" \t\r\n\x00\x1a"
_LEADER = re.compile(rb"[0-9]{5}[A-Za-z #|^-]{2}[A-Za-z0-9 #|^-]{3}[0-9 ]{2}[0-9]{5}[\x20-\x7e]{3}[^\x1d-\x1f]{4}")


@dataclass(slots=True)
class Piece:
    """Bytes between two boundaries; `code` says why they are no record, empty where they may be one."""

    data: bytes
    end: int       # offset in the file after the piece
    code: str = ""


def pieces(stream: BinaryIO) -> Iterator[Piece]:
    """Every stretch of the stream, in order, none left out but white space; at most LARGEST bytes in memory."""
    buffer = bytearray()
    start, skipping, is_last = 0, False, False
    while not is_last:
        chunk = stream.read(CHUNK)
        is_last = not chunk
        buffer += chunk
        done = 0
        while (cut := _end_of_record(buffer, done, is_last=is_last)) >= 0:
            if not skipping:
                yield from _separated(bytes(buffer[done:cut + 1]), start + cut + 1)
            done, skipping = cut + 1, False
        del buffer[:done]
        start += done
        if len(buffer) > LARGEST:
            if not skipping:
                yield Piece(bytes(buffer[:200]), start + len(buffer), "too_large")
            skipping = True
            start += len(buffer)
            buffer.clear()
    if buffer and not skipping:
        yield from _separated(bytes(buffer), start + len(buffer))


def _end_of_record(buffer: bytearray, begin: int, *, is_last: bool) -> int:
    """The first terminator, unless no leader follows it and the one that its own leader promises exists: then
    the first stood inside a field. -1 where the end has not been read yet."""
    cut = buffer.find(END_OF_RECORD, begin)
    head = bytes(buffer[begin:begin + 5])
    if cut < 0 or not head.isdigit():
        return cut
    promised = begin + int(head) - 1
    after = bytes(buffer[cut + 1:cut + 60]).lstrip(_BLANK)
    if promised <= cut or _LEADER.match(after):
        return cut
    if promised >= len(buffer) or len(after) < 24:
        return -1 if not is_last and promised < begin + 100_000 else cut
    return promised if buffer[promised] == END_OF_RECORD else cut


def _separated(data: bytes, end: int) -> Iterator[Piece]:
    """Parts of one stretch: garbage before the leader, and records that were glued together without terminator."""
    begin = len(data) - len(data.lstrip(_BLANK))
    if data[begin:begin + 3] == b"\xef\xbb\xbf":
        begin += 3
    if not data[begin:].strip(_BLANK + b"\x1d"):
        if b"\x1d" in data:
            yield Piece(data[begin:], end, "empty_record")
        return
    found = _LEADER.match(data, begin)
    if found is None:
        found = _LEADER.search(data, begin)
        if found is None:
            yield Piece(data[begin:], end)
            return
        yield Piece(data[begin:found.start()], end - len(data) + found.start(), "garbage")
        begin = found.start()
    length = int(data[begin:begin + 5])
    for split in (begin + length, begin + length - 1):  # the length counts a terminator that may be missing
        if begin + 24 < split < len(data) and data[split - 1] in (0x1D, 0x1E) and _LEADER.match(data, split):
            yield Piece(data[begin:split], end - len(data) + split)
            yield from _separated(data[split:], end)
            return
    yield Piece(data[begin:], end)


def parse(data: bytes) -> Record:
    """The record in these bytes; raises Broken. Where the directory lies, the field ends are believed instead."""
    data = data.rstrip(b"\x1d") if data[-1:] == b"\x1d" else data
    if len(data) < 24:
        raise Broken("truncated")
    leader = data[:24].decode("ascii", "replace")
    directory, body = _halves(data)
    if body.rstrip(_BLANK)[-1:] != END_OF_FIELD and data[:5].isdigit() and len(data) + 1 < int(data[:5]):
        raise Broken("truncated")
    entries = [directory[i:i + 12] for i in range(0, len(directory) - len(directory) % 12, 12)]
    if not entries:
        raise Broken("no_fields")
    raw = _by_directory(entries, body) or _in_order(entries, body)
    if raw is None:
        raise Broken("directory_broken")
    charset = decoder_name(body, says_utf8=leader[9] == "a")
    fields = [parsed for tag, value in raw if (parsed := _field(tag, value, charset))]
    if not fields:
        raise Broken("no_fields")
    return Record(leader, fields)


def _halves(data: bytes) -> tuple[bytes, bytes]:
    base = data[12:17]
    if base.isdigit() and 24 < int(base) <= len(data) and data[int(base) - 1:int(base)] == END_OF_FIELD:
        at = int(base)
        if END_OF_FIELD not in data[24:at - 1]:
            return data[24:at - 1], data[at:]
    at = data.find(END_OF_FIELD, 24)
    if at < 0:
        raise Broken("directory_missing")
    return data[24:at], data[at + 1:]


def _by_directory(entries: list[bytes], body: bytes) -> list[tuple[str, bytes]] | None:
    """Fields as the directory places them, or None where a single one does not end where it says."""
    found, last = [], len(body)
    for entry in entries:
        if not entry[3:].isdigit():
            return None
        length, start = int(entry[3:7]), int(entry[7:12])
        end = start + length
        if length < 1 or end > last or body[end - 1] != 0x1E:
            return None
        value = body[start:end - 1]
        if END_OF_FIELD in value:  # a mark inside a field, unless there are as many marks as fields
            if body.count(END_OF_FIELD) == len(entries):
                return None
            value = value.replace(END_OF_FIELD, b"")
        found.append((entry[:3].decode("ascii", "replace"), value))
    return found


def _in_order(entries: list[bytes], body: bytes) -> list[tuple[str, bytes]] | None:
    """Fields one after the other, as most systems write them; None where their number is another.
    A record that was cut off in the middle has fewer: it is not guessed at."""
    values = body.split(END_OF_FIELD)
    while values and not values[-1].strip(_BLANK):
        values.pop()
    if len(values) != len(entries):
        return None
    return [(entry[:3].decode("ascii", "replace"), value) for entry, value in zip(entries, values, strict=True)]


def _field(tag: str, value: bytes, charset: str) -> Field | None:
    if SUBFIELD not in value:
        if tag < "010" or not value.strip():
            return Field(tag, decode(value, charset))
        return Field(tag, subfields=[("a", decode(value[2:], charset))], indicators="  ")
    head, *parts = value.split(SUBFIELD)
    indicators = head.decode("ascii", "replace")[:2].ljust(2)
    subfields = [(chr(part[0]), decode(part[1:], charset)) for part in parts if part and part[0] < 0x80]
    return Field(tag, indicators=indicators, subfields=subfields)
