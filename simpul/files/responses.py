"""Giving a kept file to somebody who may see the row it belongs to."""

import os
import re
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from simpul.files import storage
from simpul.files.models import StoredFile

ENDINGS = {"image/jpeg": "jpg", "image/webp": "webp", "application/pdf": "pdf", "application/epub+zip": "epub",
           "application/x-h5p": "h5p", "video/mp4": "mp4", "video/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg",
           "audio/mpeg": "mp3"}
#: what a browser shows or plays by itself
SHOWN = frozenset(ENDINGS) - {"application/epub+zip", "application/x-h5p"}
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})", re.ASCII)


def file_response(stored: StoredFile) -> FileResponse:
    """The file, harmless to the browser: a picture (whose bytes this house wrote) is shown, everything else is only
    downloaded. The caller has checked that the reader may see the row the file belongs to; there is no address
    that takes a file's id alone. Raises Http404 where the file is gone."""
    try:
        content = storage.read(stored.pk)
    except FileNotFoundError:
        raise Http404 from None
    is_ours = stored.kind == StoredFile.Kind.PICTURE
    response = FileResponse(
        content, as_attachment=not is_ours, filename=name_of(stored),
        content_type=stored.media_type if is_ours else "application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"  # signatures and faces stay on no shared computer
    return response


def material_response(request: HttpRequest, stored: StoredFile, *, as_attachment: bool = False,
                      is_for_everybody: bool = False) -> HttpResponseBase:
    """A material for a reader who may have it: shown or played (PDF, film, sound, picture) or, asked for or of any
    other kind, downloaded. Answers range requests, so that a film plays and can be wound on a phone. A sandbox keeps
    it from doing anything; a PDF has none, because the reader of Chromium does not open inside one, and may load
    nothing instead. Raises Http404 where the file is gone."""
    try:
        content = storage.read(stored.pk)
    except FileNotFoundError:
        raise Http404 from None
    is_shown = stored.media_type in SHOWN and not as_attachment
    size = os.fstat(content.fileno()).st_size
    tag = f'"{stored.sha256[:32]}"'
    span = _span(request, size, tag)
    # a part of a packed answer is no part of the film
    request.META["HTTP_ACCEPT_ENCODING"] = ""
    response: HttpResponseBase
    if span == ():
        content.close()
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        first, last = span or (0, size - 1)
        content.seek(first)
        response = FileResponse(
            _Part(content, last - first + 1) if span else content, as_attachment=not is_shown,
            filename=name_of(stored), content_type=stored.media_type if is_shown else "application/octet-stream",
            status=206 if span else 200)
        response["Content-Length"] = str(last - first + 1)
        if span:
            response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = (PDF_POLICY if stored.media_type == "application/pdf" and is_shown
                                           else "default-src 'none'; media-src 'self'; img-src 'self'; sandbox")
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache" if is_for_everybody else "private, no-store"
    return response


def _span(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | tuple[()] | None:
    """First and last byte of the part that is asked for; None: the whole; (): a part that is not there. Several
    parts at once, and a part of an older file, are answered with the whole."""
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or found.groups() == ("", "") or request.headers.get("If-Range", tag) != tag:
        return None
    begin, end = found.groups()
    first = int(begin) if begin else max(0, size - int(end))
    last = min(int(end), size - 1) if begin and end else size - 1
    return (first, last) if first <= last and (begin or int(end)) else ()


class _Part:
    """So many bytes of an open file."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self.file, self.left = file, left

    def read(self, amount: int = -1) -> bytes:
        piece = self.file.read(self.left if amount < 0 else min(amount, self.left))
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.file.close()


def name_of(stored: StoredFile) -> str:
    """The name people gave, with the ending of what the bytes are."""
    return f"{stored.given_name.rsplit('.', 1)[0] or 'file'}.{ENDINGS.get(stored.media_type, 'bin')}"
