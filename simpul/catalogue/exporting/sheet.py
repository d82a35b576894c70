"""A title and its copies as rows of the sheet that the import reads."""

import csv
import io
from collections.abc import Sequence

from simpul.catalogue.exporting.marc import SOURCES
from simpul.catalogue.importing.sheet.template import COLUMNS
from simpul.catalogue.models import Copy, Format, Identifier, Title

_MORE = (("item_type", "Jenis eksemplar"), ("availability", "Keadaan"), ("summary", "Ringkasan"), ("issn", "ISSN"),
         ("responsibility", "Pernyataan tanggung jawab"), ("city_id", "ID judul Simpul"))
_NAMES = [name for name, _heading, _width in COLUMNS] + [name for name, _heading in _MORE]
_FORMATS = {Format.BOOK: "Buku", Format.BRAILLE: "Braille", Format.LARGE_PRINT: "Huruf besar", Format.AUDIO: "Audio",
            Format.VIDEO: "Video", Format.MUSIC: "Musik", Format.SERIAL: "Majalah", Format.MAP: "Peta",
            Format.PICTURE: "Gambar", Format.DIGITAL: "Digital", Format.OBJECT: "Permainan", Format.OTHER: "Lainnya"}
_STATES = {Copy.State.MISSING: "Hilang", Copy.State.DAMAGED: "Rusak", Copy.State.REFERENCE: "Baca di tempat",
           Copy.State.WITHDRAWN: "Afkir"}


def heading() -> bytes:
    """The first line, behind a byte order mark so that spreadsheets read it as UTF-8."""
    names = [h for _name, h, _width in COLUMNS] + [h for _name, h in _MORE]
    return b"\xef\xbb\xbf" + _line(names)


def rows_of(title: Title, copies: Sequence[Copy]) -> bytes:
    """One row a copy; a title without copies is one row that says 0."""
    numbers = list(title.identifiers.all())
    said = {
        "title": f"{title.title} : {title.subtitle}" if title.subtitle else title.title, "part": title.part,
        "makers": "; ".join(m.name for m in title.contributors.all()), "publisher": title.publisher,
        "place": title.place, "year": str(title.year or ""), "edition": title.edition, "language": title.language,
        "isbn": "; ".join(n.value for n in numbers if n.kind == Identifier.Kind.ISBN),
        "issn": "; ".join(n.value for n in numbers if n.kind == Identifier.Kind.ISSN), "ddc": title.ddc,
        "subjects": "; ".join(s.term for s in title.subjects.all()), "extent": title.extent, "series": title.series,
        "format": _FORMATS[Format(title.format)], "summary": title.summary, "responsibility": title.responsibility,
        "city_id": str(title.pk)}
    if not copies:
        return _line([_harmless((said | {"copies": "0"}).get(name, "")) for name in _NAMES])
    return b"".join(_line([_harmless((said | _of(copy)).get(name, "")) for name in _NAMES]) for copy in copies)


def _of(copy: Copy) -> dict[str, str]:
    return {"code": copy.code, "inventory_number": copy.inventory_number, "call_number": copy.call_number,
            "shelf": copy.shelf, "item_type": copy.item_type, "supplier": copy.supplier, "copies": "1",
            "acquisition": SOURCES.get(Copy.Acquisition(copy.acquisition), ""),
            "price": str(copy.price) if copy.price is not None else "",
            "received_on": copy.received_on.isoformat() if copy.received_on else "",
            "availability": _STATES.get(Copy.State(copy.state), "")}


def _line(cells: list[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)
    return stream.getvalue().encode("utf-8", "replace")


def _harmless(text: str) -> str:
    """What a spreadsheet would run as a formula begins with an apostrophe; the import takes it away again."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
