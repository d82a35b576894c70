"""Certificates on paper and as a badge. What is printed is Indonesian, whoever prints it."""

import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import segno
import typst
from django.urls import reverse
from django.utils import formats, translation

from simpul.certificates.badges.baking import bake
from simpul.certificates.models import Batch, Certificate
from simpul.certificates.queries import slug
from simpul.files.papers import page_picture, pdf
from simpul.files.papers.pdf import HOUSE

PAPERS = Path(__file__).parent / "papers"
MOST_CORES = 4
QUIET = 2  # modules of white around a code
_DARK = re.compile(rb"\x01+")


def batch_pdf(batch: Batch, rows: Sequence[Certificate], base: str) -> bytes:
    """All certificates as one PDF for the printer, untagged. `base`: where this node is reached ("https://…/")."""
    return _set(batch, [_values(row, base, with_credential=False) for row in rows], is_tagged=False)


def single_pdf(row: Certificate, base: str) -> bytes:
    """One certificate; its credential goes along as an attachment."""
    return _set(row.batch, [_values(row, base, with_credential=True)])


def batch_zip(batch: Batch, rows: Sequence[Certificate], base: str) -> bytes:
    """One PDF each under its register number, ready to be signed one by one and to find its way back."""
    out = io.BytesIO()
    with TemporaryDirectory(prefix="papers-") as name, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        folder = Path(name)
        _set_each(folder, batch, rows, base)
        for n, row in enumerate(rows):  # stored: a PDF is packed already
            archive.write(folder / f"{n}.pdf", f"{file_name(row)}.pdf")
    return out.getvalue()


def _set_each(folder: Path, batch: Batch, rows: Sequence[Certificate], base: str) -> None:
    """folder/<n>.pdf for each, on all cores: typst lets go of Python's lock while it sets. Values come in a file: other
    inputs from outside would make it set the frame and the list of materials anew, a third of the time."""
    moment = (batch.issued_at or datetime.fromtimestamp(0, UTC)).replace(microsecond=0)
    cores = min(os.cpu_count() or 1, MOST_CORES)

    def set_some(first: int) -> None:
        desk = folder / f"desk-{first}"
        desk.mkdir()
        shutil.copyfile(HOUSE, desk / "house.typ")
        shutil.copyfile(PAPERS / "certificate.typ", desk / "paper.typ")
        (desk / "values.json").write_text("{}", encoding="utf-8")
        compiler = typst.Compiler(str(desk / "paper.typ"), root=str(desk), ignore_system_fonts=True)
        for n in range(first, len(rows), cores):
            told = _paper(batch, [_values(rows[n], base, with_credential=True)])
            (desk / "values.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
            made = compiler.compile(timestamp=moment)
            (folder / f"{n}.pdf").write_bytes(made if isinstance(made, bytes) else b"".join(made or []))

    with ThreadPoolExecutor(cores) as workers:
        list(workers.map(set_some, range(cores)))


def badge(row: Certificate) -> bytes:
    """The medal as PNG with the credential baked in."""
    with translation.override("id"):
        kind = str(row.get_kind_display())
    picture = page_picture(PAPERS / "badge.typ", {
        "title": row.achievement, "kind": kind, "jp": row.jp, "year": str(row.batch.last_on.year),
        "issuer": row.batch.issuer_name}, dots_per_inch=170)
    return bake(picture, row.credential)


def file_name(row: Certificate) -> str:
    """The register number as a file name: 421-9-001-dpad-2024."""
    return slug(row.number or "") or "contoh"


def check_address(row: Certificate, base: str) -> str:
    return base.rstrip("/") + reverse("certificates:check", args=[row.check_token])


def days(first: date, last: date) -> str:
    """`20–21 Mei 2024`, `30 April – 2 Mei 2024`."""
    with translation.override("id"):
        end = formats.date_format(last, "j F Y")
        if first == last:
            return end
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{end}"
        return f"{formats.date_format(first, 'j F Y' if first.year != last.year else 'j F')} – {end}"


def _set(batch: Batch, certificates: list[dict[str, Any]], *, is_tagged: bool = True) -> bytes:
    return pdf(PAPERS / "certificate.typ", _paper(batch, certificates), made_at=batch.issued_at, is_tagged=is_tagged)


def _paper(batch: Batch, certificates: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": batch.event, "certificates": certificates,
        "batch": {"event": batch.event, "issuer": batch.issuer_name, "place": batch.place,
                  "days": days(batch.first_on, batch.last_on), "signed_in": batch.signed_in,
                  "signer_role": batch.signer_role, "signer_name": batch.signer_name,
                  "signer_number": f"NIP {batch.signer_number}" if batch.signer_number else ""},
    }


def _values(row: Certificate, base: str, *, with_credential: bool) -> dict[str, Any]:
    is_draft = row.state == Certificate.State.DRAFT
    told = {
        "name": row.name, "kind": row.kind, "number": row.number or "", "achievement": row.achievement, "jp": row.jp,
        "criteria": row.criteria, "materials": row.materials, "qr": "", "address": "",
        "day": days(row.local_date or row.batch.last_on, row.local_date or row.batch.last_on),
    }
    if not is_draft:
        told["address"] = check_address(row, base)
        told["qr"] = code(told["address"])
        if with_credential:
            told["jwt"] = row.credential
    return told


@lru_cache(maxsize=1024)
def code(address: str) -> str:
    """The QR code as SVG. The mask is set: trying all eight takes five times as long, for a code no easier to scan. Each
    run of dark modules is one stroke of one line."""
    matrix = segno.make(address, error="m", mask=3, boost_error=False).matrix
    size = len(matrix) + 2 * QUIET
    strokes = "".join(f"M{run.start() + QUIET} {y}.5h{run.end() - run.start()}"
                      for y, line in enumerate(matrix, QUIET) for run in _DARK.finditer(line))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}">'
            f'<path stroke="#000" d="{strokes}"/></svg>')
