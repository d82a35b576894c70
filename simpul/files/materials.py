"""Materials to read, hear, see or try: what a file is, its bytes say, never its name.

`prepare_material` looks at an upload piece by piece (a film is never whole in memory) and sets it down on the disk
before any transaction begins. Pages, drawings and programmes (HTML, SVG, scripts) are nothing of what is taken here.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from simpul.files import storage
from simpul.files.pictures import ACTIVE_PDF, Prepared, UploadRefused, given_name, prepare_picture

PIECE = 1 << 20
HEAD = 4096
FILMS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash", b"3gp4",
         b"3gp5", b"3gp6")
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypavif")  # refused with words of its own
SOUNDS = (b"M4A ", b"M4B ")
MOST_ENTRIES = 5_000
MOST_UNPACKED = 20  # times the packed size (text packs well, ten thousand times is a bomb) …
ALWAYS_UNPACKED = 20_000_000  # … beyond this many bytes
MOST_DESCRIPTION = 1_000_000


class Material:
    """A file that stands on the disk already, half: `half` is its place, `media_type` what its bytes say."""

    __slots__ = ("given_name", "half", "media_type", "sha256", "size")

    def __init__(self, media_type: str, given_name: str, sha256: str, size: int, half: Path) -> None:
        self.media_type, self.given_name, self.sha256, self.size, self.half = media_type, given_name, sha256, size, half

    def __str__(self) -> str:
        """What the same upload has in common with itself, for the change's fingerprint."""
        return f"{self.media_type} {self.sha256}"


def prepare_material(upload: Any) -> Material | Prepared:
    """`upload` (a Django UploadedFile, or a binary file with `name`) as a Material; a picture is written anew like
    every picture. Raises UploadRefused with words for whoever uploaded, NotStored where the disk is full."""
    upload.seek(0)
    head = upload.read(HEAD)
    if not head:
        raise UploadRefused(code="empty", message=_("This file is empty. Choose it again."))
    if head[4:12] in HEIC or head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n")) or (
            head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return prepare_picture(upload, asks_name=False)
    size = _size(upload)
    media_type = _sniffed(head, upload)
    digest = hashlib.sha256()
    half = storage.set_down(_pieces(upload, digest))
    return Material(media_type, given_name(upload), digest.hexdigest(), size, half)


def _size(upload: IO[bytes]) -> int:
    upload.seek(0, 2)
    size = upload.tell()
    limit = settings.MAX_UPLOAD_BYTES
    if size > limit:
        raise UploadRefused(code="too_large", message=_(
            "This file is larger than %(limit)s MB. Upload a smaller one.") % {"limit": limit // 1_000_000})
    return size


def _pieces(upload: IO[bytes], digest: Any = None) -> Iterator[bytes]:
    upload.seek(0)
    while piece := upload.read(PIECE):
        if digest is not None:
            digest.update(piece)
        yield piece


def _sniffed(head: bytes, upload: IO[bytes]) -> str:
    if head.startswith(b"%PDF-"):
        return _pdf(upload)
    if head.startswith(b"PK\x03\x04"):
        return _package(upload)
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in SOUNDS:
            return "audio/mp4"
        if brand in FILMS:
            return "video/mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return "video/webm"
    if head.startswith(b"OggS") and (b"vorbis" in head[:64] or b"OpusHead" in head[:64]):
        return "audio/ogg"
    if head.startswith(b"ID3") or (head[0] == 0xFF and head[1:2] in (b"\xfb", b"\xfa", b"\xf3", b"\xf2")):
        return "audio/mpeg"
    raise UploadRefused(code="not_a_material", message=_(
        "This kind of file is not taken. Upload a PDF, EPUB, MP4 or WebM film, MP3, M4A or OGG sound, H5P package or a "
        "picture; save others in one of these forms first."))


def _pdf(upload: IO[bytes]) -> str:
    upload.seek(0, 2)
    upload.seek(max(0, upload.tell() - 2048))
    if b"%%EOF" not in upload.read():
        raise UploadRefused(code="damaged", message=_("This PDF is not complete. Upload it again."))
    before = b""
    for piece in _pieces(upload):
        seen = before + piece
        if any(mark in seen for mark in ACTIVE_PDF):
            raise UploadRefused(code="active_pdf", message=_(
                "This PDF contains a programme or another file. Print it to PDF once more and upload that."))
        before = piece[-20:]
    return "application/pdf"


def _package(upload: IO[bytes]) -> str:
    """An EPUB or an H5P, told from each other and from any other archive by what stands inside; never unpacked here."""
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries)
            if len(entries) > MOST_ENTRIES or unpacked > max(ALWAYS_UNPACKED, MOST_UNPACKED * packed):
                raise UploadRefused(code="bomb", message=_(
                    "This package would become far too large when it is opened. Make it again with fewer or smaller parts."))
            if entries and entries[0].filename == "mimetype" and _start(archive, "mimetype", 20) == b"application/epub+zip":
                return "application/epub+zip"
            if any(entry.filename == "h5p.json" and entry.file_size < MOST_DESCRIPTION for entry in entries):
                told = json.loads(_start(archive, "h5p.json", MOST_DESCRIPTION))
                if isinstance(told, dict) and told.get("mainLibrary"):
                    return "application/x-h5p"
    except (zipfile.BadZipFile, ValueError, RecursionError, NotImplementedError, RuntimeError, EOFError, OSError,
            KeyError, zipfile.LargeZipFile):
        raise UploadRefused(code="damaged", message=_("This package is damaged. Save it again and upload that.")) from None
    raise UploadRefused(code="not_a_material", message=_(
        "This archive is neither an EPUB book nor an H5P package. Upload what is inside it, one by one."))


def _start(archive: zipfile.ZipFile, name: str, length: int) -> bytes:
    with archive.open(name) as entry:
        return entry.read(length)
