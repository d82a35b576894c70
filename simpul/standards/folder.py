"""The folder for the assessors: an index as PDF, and with it every paper and picture, component by component."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.files import storage
from simpul.files.models import StoredFile
from simpul.files.papers import pdf
from simpul.files.responses import ENDINGS
from simpul.libraries.models import City, Library
from simpul.standards.queries.evidence import Evidence, as_text

PAPER = Path(__file__).parent / "papers" / "index.typ"


def _slug(text: Any) -> str:
    return re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-")[:50] or "berkas"


def index_rows(found: Sequence[Evidence]) -> list[tuple[str, str, str, str]]:
    """Component, what, value or number, day: everything that is known, in order."""
    rows = []
    for one in found:
        name = f"{one.component.number}. {one.component.label}"
        for fact in one.facts:
            if fact.now is not None:
                rows.append((name, str(fact.fact.label), fact.text, fact.now.from_on.strftime("%d-%m-%Y")))
        for figure in one.figures:
            if figure.value is not None:
                rows.append((name, figure.version.name, f"{as_text(figure)} {figure.unit}", figure.period.label))
        rows += [(name, str(paper.get_kind_display()), paper.number or ("–" if paper.file_id else _("no file")),
                  paper.dated_on.strftime("%d-%m-%Y")) for paper in one.papers]
    return rows


def index_pdf(library: Library, found: Sequence[Evidence], period: str, day: Any) -> bytes:
    """The index on paper, with what is missing at the end of each component."""
    city = City.objects.first()
    rows = index_rows(found)
    parts = []
    for one in found:
        name = f"{one.component.number}. {one.component.label}"
        lacks = [str(fact.fact.label) for fact in one.facts if fact.now is None] + [str(kind.label) for kind in one.missing]
        parts.append({"title": name, "rows": [list(row[1:]) for row in rows if row[0] == name],
                      "lacks": _("Missing: %(what)s") % {"what": ", ".join(lacks)} if lacks else ""})
    return pdf(PAPER, {
        "title": _("Evidence for accreditation"), "sender": city.name if city else "", "library": library.name,
        "day": formats.date_format(day, "j F Y"), "period": period, "head": [_("What"), _("Value"), _("Day")],
        "foot": _("From the records of the library. Components by SK 296/2022."), "parts": parts,
        "nothing": _("Nothing is here yet.")})


def folder_zip(library: Library, found: Sequence[Evidence], index: bytes) -> bytes:
    """`daftar-isi.pdf`, `daftar-isi.csv`, and a folder for each component with its papers and pictures. A file that is gone
    from the disk is left out; the index still names its paper."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("daftar-isi.pdf", index)
        sheet = io.StringIO()
        writer = csv.writer(sheet, delimiter=";")
        writer.writerow([_("Component"), _("What"), _("Value"), _("Day")])
        writer.writerows([[f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row]
                          for row in index_rows(found)])
        bundle.writestr("daftar-isi.csv", "\ufeff" + sheet.getvalue())
        for one in found:
            under = f"{one.component.number}-{_slug(one.component.label)}"
            for n, paper in enumerate(one.papers, 1):
                if paper.file is not None:
                    _put(bundle, f"{under}/{n:02}-{_slug(paper.get_kind_display())}", paper.file)
            for n, photo in enumerate(one.photos, 1):
                _put(bundle, f"{under}/foto-{n:02}-{_slug(photo.caption or photo.activity.gathering.title)}", photo.file)
    return stream.getvalue()


def _put(bundle: zipfile.ZipFile, name: str, stored: StoredFile) -> None:
    try:
        with storage.read(stored.pk) as content:
            bundle.writestr(f"{name}.{ENDINGS.get(stored.media_type, 'bin')}", content.read())
    except FileNotFoundError:
        return
