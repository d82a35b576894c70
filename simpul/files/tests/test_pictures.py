"""Uploads: what is taken, what is refused in which words, and what is never kept."""

import errno
import io
import struct
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from simpul.core.ids import new_id
from simpul.files import storage
from simpul.files.actions import store_document, store_picture
from simpul.files.models import StoredFile
from simpul.files.pictures import UploadRefused, prepare_document, prepare_picture
from simpul.files.responses import file_response

LIBRARY = new_id()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def photo(size: tuple[int, int] = (60, 40), *, format: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    picture = Image.new(mode, size, "white" if mode in ("RGB", "L", "CMYK") else 0)
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def half_red() -> Image.Image:
    """Red on its left half, blue on its right."""
    picture = Image.new("RGB", (60, 40), "blue")
    picture.paste("red", (0, 0, 30, 40))
    return picture


def upload(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def refused(content: bytes, name: str = "foto.jpg") -> str:
    with pytest.raises(UploadRefused) as caught:
        prepare_picture(upload(content, name))
    return caught.value.code


@pytest.mark.parametrize(("format", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp"),
                                              ("JPEG", "blob"), ("PNG", "whatsapp.jpg"), ("JPEG", "A.JPEG")])
def test_the_formats_of_phones_are_taken_and_written_anew(format: str, name: str) -> None:
    prepared = prepare_picture(upload(photo(format=format), name))
    assert (prepared.media_type, prepared.given_name, opened(prepared.content).size) == ("image/jpeg", name, (60, 40))


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_every_colour_mode_becomes_rgb(mode: str) -> None:
    assert opened(prepare_picture(upload(photo(mode=mode))).content).mode == "RGB"


def test_a_transparent_picture_stays_transparent() -> None:
    prepared = prepare_picture(upload(photo(format="PNG", mode="RGBA"), "logo.png"))
    assert (prepared.media_type, opened(prepared.content).mode) == ("image/webp", "RGBA")


def test_place_camera_and_comment_are_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    exif.get_ifd(0x8825)[2] = (6.0, 10.0, 30.0)
    content = photo(exif=exif, comment=b"rumah Bu Siti", icc_profile=b"x" * 200)
    assert (b"Kamera Rahasia" in content, b"rumah Bu Siti" in content) == (True, True)
    clean = prepare_picture(upload(content)).content
    assert (b"Exif" in clean, b"Kamera Rahasia" in clean, b"rumah Bu Siti" in clean) == (False, False, False)
    assert dict(opened(clean).getexif()) == {}


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn 90 degrees clockwise to see it upright
    out = io.BytesIO()
    half_red().save(out, "JPEG", exif=exif)
    upright = opened(prepare_picture(upload(out.getvalue())).content)
    assert upright.size == (40, 60)
    top, bottom = upright.getpixel((20, 5)), upright.getpixel((20, 55))
    assert (top[0] > 200, top[2] < 60, bottom[0] < 60, bottom[2] > 200) == (True, True, True, True)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_exif_does_not_refuse_a_good_photo() -> None:
    content = photo(exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")
    assert opened(prepare_picture(upload(content)).content).size == (60, 40)


def test_a_large_photo_is_made_smaller() -> None:
    assert opened(prepare_picture(upload(photo((4000, 3000)))).content).size == (2000, 1500)


def png_claiming(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000))
            + chunk(b"IEND", b""))


@pytest.mark.parametrize("side", [6_000, 12_000, 60_000])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    assert refused(png_claiming(side, side), "bom.png") == "too_many_pixels"


def test_a_truncated_photo_is_refused() -> None:
    content = photo((800, 600))
    assert refused(content[: len(content) // 2]) == "damaged"


@pytest.mark.parametrize(("content", "name", "code"), [
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.svg", "not_a_picture"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "not_a_picture"),
    (b"<html><script>alert(1)</script></html>", "a.jpg", "not_a_picture"),
    (b"GIF89a<script>alert(1)</script>", "a.jpg", "not_a_picture"),
    (b"%PDF-1.7 not a picture", "a.jpg", "not_a_picture"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_0001.HEIC", "heic"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_0001.jpg", "heic"),
    (b"", "a.jpg", "empty"),
    (b"MZ\x90\0", "a.jpg", "not_a_picture"),
])
def test_what_is_no_photo_is_refused(content: bytes, name: str, code: str) -> None:
    assert refused(content, name) == code


@pytest.mark.parametrize("name", ["foto.jpg.php", "foto.html", "foto.exe", "foto.svg", "foto.gif"])
def test_a_photo_under_a_wrong_ending_is_refused(name: str) -> None:
    assert refused(photo(), name) == "not_a_picture"


def test_of_a_polyglot_only_the_picture_is_kept() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as z:
        z.writestr("muatan.js", "alert('muatan')")
    content = photo(comment=b"<?php system('id') ?>") + b"<script>alert('muatan')</script>" + archive.getvalue()
    clean = prepare_picture(upload(content)).content
    assert [mark in clean for mark in (b"<?php", b"<script>", b"PK\x03\x04", b"muatan")] == [False] * 4
    assert clean[-2:] == b"\xff\xd9"


def test_a_file_over_the_limit_is_refused(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 1_000
    assert refused(photo((900, 900)) + b"\0" * 1_000) == "too_large"


@given(st.binary(max_size=300), st.sampled_from([
    b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 "]))
@hypothesis_settings(max_examples=150, deadline=None)
def test_no_bytes_crash_it(noise: bytes, start: bytes) -> None:
    with pytest.raises(UploadRefused):
        prepare_picture(upload(start + noise))


def test_the_name_people_gave_holds_no_path_and_no_control_characters() -> None:
    file = io.BytesIO(photo())
    file.name = "C:\\foto\\..\\ibu\x00\u202e.jpg"
    assert prepare_picture(file).given_name == "ibu.jpg"


# --- keeping ------------------------------------------------------------------------------------------------


def test_a_picture_is_kept_outside_the_web_root_under_its_id(db: None, at: datetime, folder: Path) -> None:
    id = new_id()
    stored = store_picture(upload=upload(photo()), library_id=LIBRARY, at=at, id=id)
    kept = folder / id.hex[-2:] / str(id)
    assert (stored.pk, stored.size, stored.library_id, stored.media_type) == (
        id, kept.stat().st_size, LIBRARY, "image/jpeg")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in kept.parent.iterdir()] == [str(id)]


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_nothing_half_written(
        db: None, at: datetime, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "write":
        monkeypatch.setattr("builtins.open", full)
    else:
        monkeypatch.setattr(f"os.{step}", full)
    prepared = prepare_picture(upload(photo()))
    with pytest.raises(storage.NotStored) as caught:
        store_picture(upload=prepared, library_id=LIBRARY, at=at, id=new_id())
    monkeypatch.undo()
    assert caught.value.code == "disk_full"
    assert [p for p in folder.rglob("*") if p.is_file()] == []
    assert StoredFile.objects.count() == 0


def test_a_kept_picture_is_shown_and_a_document_only_downloaded(db: None, at: datetime) -> None:
    picture = store_picture(upload=upload(photo(), "halaman.png"), library_id=LIBRARY, at=at, id=new_id())
    document = store_document(upload=upload(b"%PDF-1.4\n%%EOF\n", "sk.pdf"), library_id=LIBRARY, at=at, id=new_id())
    told = []
    for stored in (picture, document):
        response = file_response(stored)
        told.append([response[name] for name in (
            "Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")])
        response.close()
    assert told == [
        ["image/jpeg", 'inline; filename="halaman.jpg"', "nosniff", "default-src 'none'; sandbox"],
        ["application/octet-stream", 'attachment; filename="sk.pdf"', "nosniff", "default-src 'none'; sandbox"],
    ]


def test_a_file_that_is_gone_is_not_found(db: None, at: datetime) -> None:
    stored = store_picture(upload=upload(photo()), library_id=LIBRARY, at=at, id=new_id())
    storage.remove(stored.pk)
    with pytest.raises(Http404):
        file_response(stored)


@pytest.mark.parametrize(("content", "name", "code"), [
    (b"%PDF-1.4\n%%EOF\n", "sk.exe", "not_a_pdf"),
    (b"<html>%PDF-1.4 %%EOF", "sk.pdf", "not_a_pdf"),
    (b"%PDF-1.4\nhalf", "sk.pdf", "damaged"),
    (b"%PDF-1.4\n/OpenAction << /S /JavaScript /JS (app.alert(1)) >>\n%%EOF", "sk.pdf", "active_pdf"),
])
def test_what_is_no_plain_pdf_is_refused(content: bytes, name: str, code: str) -> None:
    with pytest.raises(UploadRefused) as caught:
        prepare_document(upload(content, name))
    assert caught.value.code == code
