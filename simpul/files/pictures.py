"""Uploaded pictures are decoded and written anew; documents are looked at before they are kept.

`prepare_picture` and `prepare_document` are pure: bytes in, a `Prepared` file or a refusal out. They may take half a
second, so forms call them before an action opens its transaction (`files.forms.PictureField`): the write lock is
never held while a picture is decoded.
"""

import hashlib
import io
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image

from simpul.core.refusal import Refusal
from simpul.files.models import StoredFile

LONGEST_SIDE = 2000             # pixels: a guest-book page stays readable
JPEG_PIXELS = 120_000_000       # a JPEG is decoded at a fraction of its size
OTHER_PIXELS = 25_000_000       # PNG and WebP are decoded whole: 100 MB at most
PICTURE_NAMES = ("jpg", "jpeg", "jpe", "jfif", "png", "webp")
HEIC_NAMES = ("heic", "heif", "hif", "avif")
ACTIVE_PDF = (b"/JavaScript", b"/JS(", b"/JS (", b"/Launch", b"/EmbeddedFile")
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Image.MAX_IMAGE_PIXELS = JPEG_PIXELS


class UploadRefused(Refusal):
    """A file that is not taken, and what to do instead."""

    code = "upload_refused"


@dataclass(frozen=True)
class Prepared:
    """A file ready to be kept: bytes that this house wrote (or, for documents, looked at)."""

    kind: str        # StoredFile.Kind
    media_type: str
    given_name: str  # for showing only
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def prepare_picture(upload: Any, *, asks_name: bool = True) -> Prepared:
    """`upload` (a Django UploadedFile, or any binary file with `name`) as a JPEG, or WebP where it is
    transparent: upright, at most 2,000 pixels a side, without EXIF, GPS or anything behind the picture.
    Raises UploadRefused with words for the person who uploaded; without `asks_name` the bytes alone say what it is."""
    name = given_name(upload)
    content = _read(upload)
    ending = _ending(name) if asks_name else ""
    if ending in HEIC_NAMES or content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypavif"):
        raise UploadRefused(code="heic", message=_(
            "This picture is in the iPhone format HEIC. Set the camera to “Most compatible” (JPEG), or take a "
            "screenshot of the picture and upload that."))
    if ending and ending not in PICTURE_NAMES:
        raise UploadRefused(code="not_a_picture", message=_(
            "A file ending in .%(ending)s is not taken here. Upload a photo (JPEG, PNG or WebP).") % {
                "ending": ending})
    try:
        media_type, clean = _written_anew(content)
    except UploadRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise _too_large() from None
    except Image.UnidentifiedImageError:
        raise UploadRefused(code="not_a_picture", message=_(
            "This file is not a photo that can be read. Upload a JPEG, PNG or WebP.")) from None
    except Exception:  # whatever a decoder throws at broken bytes, the answer is the same
        raise UploadRefused(code="damaged", message=_(
            "This photo is damaged or was not uploaded completely. Take it again, or upload it again.")) from None
    return Prepared(StoredFile.Kind.PICTURE.value, media_type, name, clean)


def prepare_document(upload: Any) -> Prepared:
    """A PDF, kept as it is and only ever offered as a download. Raises UploadRefused."""
    name = given_name(upload)
    content = _read(upload)
    if _ending(name) not in ("pdf", "") or not content.startswith(b"%PDF-"):
        raise UploadRefused(code="not_a_pdf", message=_(
            "This file is not a PDF. Save or print it as PDF and upload that."))
    if b"%%EOF" not in content[-2048:]:
        raise UploadRefused(code="damaged", message=_("This PDF is not complete. Upload it again."))
    if any(mark in content for mark in ACTIVE_PDF):
        raise UploadRefused(code="active_pdf", message=_(
            "This PDF contains a programme or another file. Print it to PDF once more and upload that."))
    return Prepared(StoredFile.Kind.DOCUMENT.value, "application/pdf", name, content)


def _written_anew(content: bytes) -> tuple[str, bytes]:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
        pixels = picture.width * picture.height
        if pixels > (JPEG_PIXELS if picture.format in ("JPEG", "MPO") else OTHER_PIXELS):
            raise _too_large()
        turn = _turn(picture)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
        picture.load()
        transparent = "A" in picture.getbands() or "transparency" in picture.info
        plain = picture.convert("RGBA" if transparent else "RGB")
    upright = plain.transpose(turn) if turn is not None else plain
    # a fresh picture from the colours alone: no EXIF, no profile, no comment can go along
    fresh = Image.frombytes(upright.mode, upright.size, upright.tobytes())
    out = io.BytesIO()
    if transparent:
        fresh.save(out, "WEBP", quality=85)
        return "image/webp", out.getvalue()
    fresh.save(out, "JPEG", quality=85, optimize=True)
    return "image/jpeg", out.getvalue()


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """How the camera was held. A photo whose EXIF is broken is still a photo."""
    try:
        return TURNS.get(picture.getexif().get(0x0112, 1))
    except Exception:
        return None


def _too_large() -> UploadRefused:
    return UploadRefused(code="too_many_pixels", message=_(
        "This picture has too many pixels. Take the photo with a smaller size, or crop it."))


def _read(upload: IO[bytes]) -> bytes:
    limit = settings.MAX_UPLOAD_BYTES
    upload.seek(0)
    content = upload.read(limit + 1)
    if len(content) > limit:
        raise UploadRefused(code="too_large", message=_(
            "This file is larger than %(limit)s MB. Upload a smaller one.") % {"limit": limit // 1_000_000})
    if not content:
        raise UploadRefused(code="empty", message=_("This file is empty. Choose it again."))
    return content


def given_name(upload: Any) -> str:
    """The name people gave, without folders and control characters; never used as a path."""
    name = str(getattr(upload, "name", "") or "").replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(ch for ch in name if ch.isprintable())
    return kept[-160:]


def _ending(name: str) -> str:
    return name.rsplit(".", 1)[1].lower().strip() if "." in name else ""
