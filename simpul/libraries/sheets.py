"""Libraries in a sheet: the template people fill in, and reading what comes back (xlsx, xls, ods, csv)."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from simpul.core.refusal import Refusal
from simpul.libraries.models import Library, Region
from simpul.transfers.unpacking import refuse_bomb

MOST_ROWS = 5000

#: what the sheet writes → the kind; the first word of each kind is the one the template offers
KIND_WORDS: dict[str, str] = {
    "kota": Library.Kind.CITY, "kabupaten": Library.Kind.CITY, "umum": Library.Kind.CITY,
    "kecamatan": Library.Kind.DISTRICT,
    "kelurahan": Library.Kind.VILLAGE, "desa": Library.Kind.VILLAGE,
    "tbm": Library.Kind.TBM, "taman bacaan": Library.Kind.TBM, "taman bacaan masyarakat": Library.Kind.TBM,
    "rw": Library.Kind.NEIGHBOURHOOD, "rt": Library.Kind.NEIGHBOURHOOD,
    "pojok literasi": Library.Kind.CORNER, "pojok baca": Library.Kind.CORNER, "pojok": Library.Kind.CORNER,
    "keliling": Library.Kind.MOBILE, "mobil": Library.Kind.MOBILE,
    "sekolah": Library.Kind.SCHOOL, "madrasah": Library.Kind.SCHOOL,
    "rumah ibadah": Library.Kind.WORSHIP, "masjid": Library.Kind.WORSHIP, "gereja": Library.Kind.WORSHIP,
    "lapas": Library.Kind.PRISON, "rutan": Library.Kind.PRISON,
    **{kind: kind for kind in Library.Kind.values},
}
OFFERED_KINDS = ("kota", "kecamatan", "kelurahan", "desa", "tbm", "rw", "pojok literasi", "keliling", "sekolah",
                 "rumah ibadah", "lapas")


@dataclass(frozen=True)
class Column:
    """A column of the sheet; the heading is Indonesian in every language, so that sheets can be exchanged."""

    key: str
    heading: str
    also: tuple[str, ...]
    hint: str
    example: str
    is_needed: bool = False


COLUMNS = (
    Column("name", "Nama", ("nama perpustakaan", "name"), "Nama lengkap perpustakaan", "TBM Melati", True),
    Column("kind", "Jenis", ("jenis perpustakaan", "kind"), "Salah satu dari: " + ", ".join(OFFERED_KINDS), "tbm",
           True),
    Column("region", "Kelurahan", ("kode wilayah", "kelurahan/desa", "desa", "wilayah", "region"),
           "Nama kelurahan/desa atau kodenya dari lembar Wilayah; kosong untuk perpustakaan kota", "Sukasari"),
    Column("district", "Kecamatan", ("district",),
           "Perlu bila dua kelurahan bernama sama, atau untuk perpustakaan kecamatan", "Tangerang"),
    Column("address", "Alamat", ("address",), "Jalan dan nomor", "Jl. Melati 12"),
    Column("rt_rw", "RT/RW", ("rt rw", "rt_rw"), "", "003/005"),
    Column("postal_code", "Kode pos", ("kodepos",), "5 angka", "15118"),
    Column("npp", "NPP", ("nomor pokok perpustakaan",), "Nomor Pokok Perpustakaan, bila ada", ""),
    Column("npsn", "NPSN", ("nomor pokok sekolah nasional",), "8 angka, untuk sekolah", ""),
    Column("phone", "Telepon", ("whatsapp", "no hp", "hp", "wa", "phone"), "Nomor WhatsApp perpustakaan",
           "0812-3456-7890"),
    Column("email", "E-mail", ("email", "surel"), "", ""),
    Column("opened_on", "Berdiri", ("buka sejak", "tahun berdiri", "opened_on"),
           "Tanggal, misalnya 17-08-2019; tahun saja boleh", "2019"),
    Column("code", "Kode", ("kode perpustakaan", "code"),
           "Hanya untuk mengubah perpustakaan yang sudah ada, misalnya L012", ""),
)


class SheetRefused(Refusal):
    """The file as a whole cannot be read."""

    code = "sheet_refused"


@dataclass(frozen=True)
class SheetRow:
    """A row with something in it: its number in the sheet (the heading is 1), and its cells as text."""

    number: int
    cells: dict[str, str]


def read_sheet(name: str, content: bytes) -> list[SheetRow]:
    """The rows of an uploaded file. Raises SheetRefused with what to do."""
    first, rows = (1, _csv_rows(content)) if name.lower().endswith((".csv", ".txt")) else _workbook_rows(content)
    found: list[SheetRow] = []
    keys: list[str] | None = None
    for number, cells in enumerate(rows, start=first):
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            continue
        if keys is None:
            keys = _keys_of(texts)
            continue
        told = {key: text for key, text in zip(keys, texts, strict=False) if key and text}
        if told:
            found.append(SheetRow(number, told))
        if len(found) > MOST_ROWS:
            raise SheetRefused(_("The sheet has more than %(n)d rows. Split it.") % {"n": MOST_ROWS}, field="sheet",
                               code="too_many_rows")
    if not found:
        raise SheetRefused(_("There is no row below the headings."), field="sheet", code="empty")
    return found


def _keys_of(headings: list[str]) -> list[str]:
    known = {word: column.key for column in COLUMNS for word in (column.heading.lower(), column.key, *column.also)}
    keys = [known.get(" ".join(heading.lower().replace("*", "").split()), "") for heading in headings]
    missing = [column.heading for column in COLUMNS if column.is_needed and column.key not in keys]
    if missing:
        raise SheetRefused(_("The first row must hold the headings; missing: %(names)s. Take the template.") % {
            "names": ", ".join(missing)}, field="sheet", code="headings_missing")
    return keys


def _csv_rows(content: bytes) -> Iterable[list[str]]:
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    first = text.split("\n", 1)[0]
    return csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))


def _workbook_rows(content: bytes) -> tuple[int, Iterable[list[Any]]]:
    """The number of the first row that holds anything, and the rows from there on."""
    try:
        refuse_bomb(io.BytesIO(content))
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows: list[list[Any]] = sheet.to_python()
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise SheetRefused(_("This file cannot be read as a sheet. Save it as xlsx or csv."), field="sheet",
                           code="unreadable") from error
    return (sheet.start[0] if sheet.start else 0) + 1, rows


def _text(cell: Any) -> str:
    """A cell as a person reads it: 36710110.0 is 36710110."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    return " ".join(str(cell).split())


def day_of(text: str) -> date | None:
    """`17-08-2019`, `17/8/2019`, `2019-08-17`, `2019` (its first day); None where it is no date."""
    for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 a calendar day has no zone
        except ValueError:
            continue
    return None


def template_csv() -> str:
    """Headings and one example."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerow([column.example for column in COLUMNS])
    return "\ufeff" + out.getvalue()


def template_xlsx(regions: Iterable[Region]) -> bytes:
    """Headings with hints and a list of kinds to choose from; a second sheet with the codes of the regions."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd-mm-yyyy"})
    bold = book.add_format({"bold": True, "bottom": 1})
    as_text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("Perpustakaan")
    for n, column in enumerate(COLUMNS):
        sheet.set_column(n, n, 26 if n in (0, 4) else 16, as_text)  # text keeps the zero of 0812…
        sheet.write_string(0, n, column.heading + ("*" if column.is_needed else ""), bold)
        sheet.write_string(1, n, column.example)
        if column.hint:
            sheet.write_comment(0, n, column.hint)
    sheet.data_validation(1, 1, MOST_ROWS, 1, {"validate": "list", "source": list(OFFERED_KINDS),
                                              "error_type": "warning"})
    sheet.freeze_panes(1, 1)
    places = book.add_worksheet("Wilayah")
    places.set_column(0, 2, 24)
    for n, heading in enumerate(("Kode", "Kelurahan/Desa", "Kecamatan")):
        places.write_string(0, n, heading, bold)
    villages = [region for region in regions if region.level == Region.Level.VILLAGE]
    for n, region in enumerate(villages, start=1):
        places.write_row(n, 0, [region.code, region.name, region.parent.name if region.parent else ""])
    book.close()
    return out.getvalue()


def refused_csv(rows: Iterable[tuple[dict[str, str], str]]) -> str:
    """The rows that were not taken with their reason in a last column: mend them and upload this file again."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([*(column.heading for column in COLUMNS), "Alasan"])
    for cells, reason in rows:
        # a cell that begins like a formula would run in the reader's spreadsheet
        texts = [cells.get(column.key, "") for column in COLUMNS]
        writer.writerow([*(f"'{t}" if t[:1] in "=+-@" and t[1:2] else t for t in texts), reason])
    return "\ufeff" + out.getvalue()
