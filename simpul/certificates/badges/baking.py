"""The credential inside a file: baked into a PNG as Open Badges 3.0 asks, or attached to a PDF."""

import re
import struct
import zlib
from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"  # OB 3.0, 5.3.1; 2.0 had "openbadges"
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_EMBEDDED = re.compile(rb"<<[^\x00]{0,400}?/Type\s*/EmbeddedFile\b[^\x00]{0,800}?>>\s*stream\r?\n")
MOST = 200_000  # bytes of one credential, unpacked


def bake(picture: bytes, credential: str) -> bytes:
    """The PNG with the credential in an iTXt chunk before its end. ValueError: it is no PNG."""
    chunks = list(_chunks(picture))
    if not chunks or chunks[-1][0] != b"IEND":
        raise ValueError("not a whole PNG")
    body = KEYWORD + b"\x00\x00\x00\x00\x00" + credential.encode("ascii")  # no compression, no language
    kept = [(kind, data) for kind, data in chunks if not _is_baked(kind, data)]
    return PNG + b"".join(_chunk(kind, data) for kind, data in [*kept[:-1], (b"iTXt", body), kept[-1]])


def credentials_in(content: bytes) -> list[str]:
    """The different credentials that a .jwt, a PNG or a PDF holds; none for anything else."""
    if content.startswith(PNG):
        found = [_text(data) for kind, data in _chunks(content) if _is_baked(kind, data)]
    elif content.lstrip()[:5] == b"%PDF-":
        found = [_plain(data) for data in attached(content)]
    else:
        found = [_plain(content)]
    return list(dict.fromkeys(one for one in found if one))


def attached(content: bytes) -> Iterator[bytes]:
    """The files attached to a PDF that keeps them in streams of their own, as ours does, also after it was signed."""
    for match in _EMBEDDED.finditer(content):
        start = match.end()
        if b"FlateDecode" in match[0]:
            try:
                yield zlib.decompressobj().decompress(content[start:start + MOST], MOST)
            except zlib.error:
                yield b""
        else:
            yield content[start:content.find(b"endstream", start, start + MOST)]


def _plain(content: bytes) -> str:
    if len(content) > MOST:
        return ""
    text = content.decode("utf-8-sig", "replace").strip()
    return text if _COMPACT.fullmatch(text) else ""


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG) if content.startswith(PNG) else len(content)
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        if place + 12 + length > len(content):
            return
        yield kind, content[place + 8:place + 8 + length]
        place += 12 + length


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _is_baked(kind: bytes, data: bytes) -> bool:
    return kind == b"iTXt" and data.startswith(KEYWORD + b"\x00")


def _text(data: bytes) -> str:
    """Keyword, NUL, compression flag and method, language NUL, translated keyword NUL, text."""
    rest = data[len(KEYWORD) + 1:]
    if len(rest) < 4 or rest[0] != 0:  # the standard forbids compression
        return ""
    parts = rest[2:].split(b"\x00", 2)
    return _plain(parts[2]) if len(parts) == 3 else ""
