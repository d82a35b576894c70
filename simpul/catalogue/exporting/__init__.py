"""A library takes its catalogue along: MARC 21 (ISO 2709 or MARCXML) with its copies, or a sheet that comes back in.

    export(kind="marc", library=library, stream=file)

Imported into another library of the city an export finds the same titles; imported twice it adds nothing.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO
from uuid import UUID

from simpul.catalogue.exporting.marc import as_iso2709, as_marcxml, record_of
from simpul.catalogue.exporting.sheet import heading, rows_of
from simpul.catalogue.models import Copy, SourceRecord, Title
from simpul.libraries.models import Library

STRETCH = 500
KINDS = ("marc", "marcxml", "csv")
MARC = (SourceRecord.Form.MARC21, SourceRecord.Form.MARCXML)
XML_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n'


def export(*, kind: str, library: Library, stream: BinaryIO, progress: Callable[[int, int], None] | None = None) -> int:
    """Write the titles that a library holds or brought, with its copies, as `marc`, `marcxml` or `csv` (UTF-8).
    `progress(done, total)` in titles; returns how many were written. ValueError for another kind."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    ids = _titles_of(library)
    stream.write({"marc": b"", "marcxml": XML_HEAD, "csv": heading()}[kind])
    done = 0
    for title, copies, source in _each(library, ids):
        if kind == "csv":
            stream.write(rows_of(title, copies))
        else:
            record = record_of(title, copies, source)
            stream.write(as_iso2709(record) if kind == "marc" else as_marcxml(record))
        done += 1
        if progress and (done % STRETCH == 0 or done == len(ids)):
            progress(done, len(ids))
    if kind == "marcxml":
        stream.write(b"</collection>\n")
    return done


def _titles_of(library: Library) -> list[UUID]:
    """In the order of their keys, so that two exports are alike."""
    held = Copy.objects.filter(library=library).values("title_id")
    brought = SourceRecord.objects.filter(library=library).values("title_id")
    return list(Title.objects.filter(pk__in=held.union(brought), withdrawn_at=None).order_by("pk").values_list(
        "pk", flat=True))


def _each(library: Library, ids: list[UUID]) -> Iterator[tuple[Title, list[Copy], SourceRecord | None]]:
    """Titles with this library's copies and the fullest MARC record that stands for each; five queries a stretch."""
    for start in range(0, len(ids), STRETCH):
        part = ids[start:start + STRETCH]
        copies: dict[UUID, list[Copy]] = {}
        for copy in Copy.objects.filter(library=library, title_id__in=part).order_by("code"):
            copies.setdefault(copy.title_id, []).append(copy)
        sources = {source.title_id: source for source in SourceRecord.objects.filter(
            title_id__in=part, form__in=MARC).order_by("fullness", "pk")}
        for title in Title.objects.filter(pk__in=part).order_by("pk").prefetch_related(
                "contributors", "subjects", "identifiers"):
            yield title, copies.get(title.pk, []), sources.get(title.pk)
