"""What is taken as something to read, hear or see: by its bytes, never by its name."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from simpul.files.materials import prepare_material
from simpul.files.pictures import UploadRefused

PDF = b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF\n"


@pytest.fixture(autouse=True)
def disk(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path


def upload(content: bytes, name: str = "berkas.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else method)
    return out.getvalue()


@pytest.mark.parametrize(("content", "code"), [
    (b"", "empty"), (b"<!doctype html><script>alert(1)</script>", "not_a_material"),
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not_a_material"), (b"MZ\x90\0", "not_a_material"),
    (PDF[:3000], "damaged"), (PDF.replace(b"xxxxxxxxxxx", b"/JavaScript", 1), "active_pdf"),
    (b"%PDF-1.7\n" + b"x" * ((1 << 20) - 15) + b"/EmbeddedFile" + b"\n%%EOF", "active_pdf"),
    (zipped({"index.html": b"<html>"}), "not_a_material"), (b"PK\x03\x04" + b"\0" * 200, "damaged"),
    (zipped({"h5p.json": b"{broken"}), "damaged"), (zipped({"h5p.json": b"[" * 100_000}), "damaged"),
    (zipped({"mimetype": b"application/epub+zip", "a.xhtml": b"\0" * 30_000_000}), "bomb"),
    (zipped({str(n): b"" for n in range(5_001)}), "bomb"),
    (b"\xff\xd8\xff\xe0 no picture", "damaged"), (b"\0\0\0\x18ftypheic\0\0", "heic"),
    (b"RIFF\0\0\0\0WAVEfmt ", "not_a_material")])
def test_what_is_not_taken_says_why(content: bytes, code: str, tmp_path: Any) -> None:
    with pytest.raises(UploadRefused) as refused:
        prepare_material(upload(content, "buku.pdf" if code != "damaged" else "gambar.jpg"))
    assert (refused.value.code in (code, "not_a_picture"), [*tmp_path.rglob("*.part")]) == (True, [])


def test_too_large_is_refused_before_it_is_kept(settings: Any, tmp_path: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 1_000
    with pytest.raises(UploadRefused) as refused:
        prepare_material(upload(PDF))
    assert (refused.value.code, [*tmp_path.rglob("*")]) == ("too_large", [])
