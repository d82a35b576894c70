"""Visits as a CSV file in the words of INLISLite's guest book.

One line an entry row, with the codes of INLISLite 3.3 (`Profesi`, `PendidikanTerakhir`, `JenisKelamin`,
`CountLaki`, `CountPerempuan`, `AsalInstansi`, `TujuanKunjungan`). `Nama` and `Alamat` stay empty: no name is kept
with a visit, and a member's number is given for her own library only.
"""

import csv
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from simpul.libraries.models import Library
from simpul.visits.models import Visit

COLUMNS = ("NoPengunjung", "Jenis", "WaktuKunjungan", "NoAnggota", "Nama", "JenisKelamin", "KelompokUmur", "Profesi",
           "PendidikanTerakhir", "Alamat", "AsalInstansi", "CountPersonel", "CountLaki", "CountPerempuan",
           "TujuanKunjungan", "Location", "Information")
KINDS = {"member": "anggota", "visitor": "non-anggota", "group": "rombongan", "tally": "hitungan",
         "sheet": "buku tamu"}
SEXES = {"L": "Laki-laki", "P": "Perempuan", "": ""}
PURPOSES = {"read": "Membaca", "borrow": "Meminjam/mengembalikan", "study": "Belajar/mengerjakan tugas",
            "ict": "Komputer/internet", "activity": "Kegiatan", "play": "Bermain", "other": "Lainnya", "": ""}


class _Echo:
    def write(self, line: str) -> str:
        return line


def inlislite_lines(library: Library, first: date, last: date) -> Iterator[str]:
    """Header and lines, UTF-8 with a byte-order mark for Excel; nothing is loaded whole."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(COLUMNS))
    rows = Visit.objects.valid().filter(library=library).between(first, last).select_related(
        "person__member", "stop").order_by("local_date", "happened_at", "pk")
    for row in rows.iterator(chunk_size=1000):
        yield str(writer.writerow([_harmless(cell) for cell in _line(row, library)]))


def _line(row: Visit, library: Library) -> list[str]:
    at = row.happened_at.astimezone(ZoneInfo(library.time_zone))
    when = str(row.local_date) if row.how == Visit.How.SHEET else f"{at:%Y-%m-%d %H:%M:%S}"
    member = getattr(row.person, "member", None) if row.person else None
    is_one = row.how in (Visit.How.MEMBER, Visit.How.VISITOR)
    return [
        row.entry_id.hex[-12:], KINDS[row.how], when, member.number if member else "", "", SEXES[row.sex],
        row.age_group, row.occupation, row.education, "", row.origin, str(row.count),
        "" if is_one else str(row.count if row.sex == "L" else 0),
        "" if is_one else str(row.count if row.sex == "P" else 0),
        PURPOSES[row.purpose], row.stop.name if row.stop else library.name, "komputer" if row.uses_ict else ""]


def _harmless(text: str) -> str:
    """Text that a spreadsheet does not run as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
