"""A ZIP from somebody unknown as its parts: names and contents, or one reason why not."""

import io
import re
import stat
import zipfile
import zlib

from simpul.kits.package.plain import BadKit

MOST_BYTES = 4_000_000       # the file
MOST_UNPACKED = 12_000_000   # all parts together
MOST_OF_PART = 400_000       # one part
MOST_PARTS = 600
MOST_RATIO = 60              # unpacked to packed, of all; texts reach 10
ALLOWED_ENDING = ".json"     # a kit holds texts; an archive in an archive cannot come in
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}(/[a-z0-9][a-z0-9._-]{0,79}){0,3}")


def parts_of(content: bytes) -> dict[str, bytes]:
    """Name → bytes. BadKit: size, zip, count, unsafe_name, name, twice, link, encrypted, packing, ratio, type."""
    if len(content) > MOST_BYTES:
        raise BadKit("size")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check(entries, archive.comment)
            return _unpacked(archive, entries)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, OSError, RuntimeError, OverflowError):
        raise BadKit("zip") from None


def _check(entries: list[zipfile.ZipInfo], comment: bytes) -> None:
    """What the directory of the archive says, before anything is unpacked."""
    if len(entries) > MOST_PARTS or not entries:
        raise BadKit("count")
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if name.casefold() in seen:
            raise BadKit("twice", name[:80])
        seen.add(name.casefold())
        _check_name(name)
        mode = entry.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise BadKit("link", name)
        if entry.flag_bits & 0x1:
            raise BadKit("encrypted", name)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadKit("packing", name)
        if entry.file_size > MOST_OF_PART:
            raise BadKit("size", name)
        if not name.endswith(ALLOWED_ENDING):
            raise BadKit("type", name)
    told, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
    if told > MOST_UNPACKED:
        raise BadKit("size")
    if told > MOST_RATIO * max(packed, 1_000):
        raise BadKit("ratio")
    if comment:
        raise BadKit("zip")


def _check_name(name: str) -> None:
    steps = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in steps or "." in steps or ":" in name or "\x00" in name:
        raise BadKit("unsafe_name", name[:80])
    if not NAME.fullmatch(name):
        raise BadKit("name", name[:80])


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Never more than a part said of itself, whatever its stream goes on to hold."""
    found = {}
    for entry in entries:
        with archive.open(entry) as stream:
            part = stream.read(MOST_OF_PART + 1)
        if len(part) != entry.file_size:
            raise BadKit("size", entry.filename)
        found[entry.filename] = part
    return found
