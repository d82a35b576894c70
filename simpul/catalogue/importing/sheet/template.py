"""The sheet to fill in: Indonesian headings, two examples, and what each column means."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from simpul.catalogue.importing.sheet.columns import HEADINGS
from simpul.catalogue.importing.sheet.reader import EXAMPLE

#: our name → heading as printed, width; the heading folds to the first one in HEADINGS
COLUMNS = (
    ("title", "Judul*", 34), ("subtitle", "Anak judul", 24), ("makers", "Pengarang", 26), ("publisher", "Penerbit", 20),
    ("place", "Kota terbit", 14), ("year", "Tahun terbit", 12), ("edition", "Edisi", 12), ("isbn", "ISBN", 18),
    ("language", "Bahasa", 12), ("ddc", "Nomor kelas (DDC)", 17), ("subjects", "Subjek", 24),
    ("extent", "Jumlah halaman", 15), ("series", "Seri", 16), ("part", "Jilid", 10), ("format", "Bentuk", 12),
    ("copies", "Jumlah eksemplar", 16), ("code", "Kode eksemplar", 18), ("inventory_number", "Nomor induk", 16),
    ("call_number", "Nomor panggil", 18), ("shelf", "Rak", 12), ("acquisition", "Sumber", 12),
    ("supplier", "Nama sumber", 20), ("price", "Harga", 12), ("received_on", "Tanggal diterima", 16),
)
EXAMPLES = (
    {"title": "Laskar Pelangi", "makers": "Hirata, Andrea", "publisher": "Bentang", "place": "Yogyakarta",
     "year": "2005", "isbn": "9789793062792", "language": "Indonesia", "ddc": "813", "subjects": "Fiksi Indonesia",
     "extent": "529 hlm.", "format": "Buku", "code": f"{EXAMPLE}-1", "inventory_number": "001/2024",
     "call_number": "813 HIR l", "shelf": "Rak 3", "acquisition": "Hibah", "supplier": "Warga RW 03",
     "price": "79000", "received_on": "2024-02-12"},
    {"title": "Ensiklopedia anak", "part": "Jilid 2", "makers": "Tim Penulis; Santoso, Budi", "copies": "3",
     "language": "Indonesia", "format": "Buku", "code": f"{EXAMPLE}-2", "acquisition": "APBD"},
)


def template() -> bytes:
    """The workbook as bytes. Rows whose code begins with CONTOH are passed over by the import."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#dfeee3", "border": 1})
    plain = book.add_format({"num_format": "@"})
    grey = book.add_format({"italic": True, "font_color": "#666666", "num_format": "@"})
    sheet = book.add_worksheet("Buku")
    for n, (name, heading, width) in enumerate(COLUMNS):
        sheet.set_column(n, n, width, plain)  # text, so that an ISBN keeps its digits
        sheet.write_string(0, n, heading, bold)
        for row, example in enumerate(EXAMPLES, 1):
            sheet.write_string(row, n, example.get(name, ""), grey)
    sheet.freeze_panes(1, 1)
    told = book.add_worksheet("Petunjuk")
    told.set_column(0, 0, 22)
    told.set_column(1, 1, 100)
    for row, (heading, text) in enumerate(_explained()):
        told.write_string(row, 0, heading, bold)
        told.write_string(row, 1, text)
    book.close()
    return stream.getvalue()


def _explained() -> list[tuple[str, str]]:
    texts = {
        "title": _("The only column that must be filled. One row for each title, or one for each copy."),
        "makers": _("Several are parted by a semicolon: Hirata, Andrea; Santoso, Budi"),
        "year": _("Four digits. Leave it empty if it is not known."),
        "isbn": _("With or without hyphens. A wrong check digit is kept and marked."),
        "ddc": _("813 or 2X4.1"),
        "subjects": _("Several are parted by a semicolon."),
        "format": _("Buku, Braille, Huruf besar, Audio, Video, Majalah, Peta, Gambar, Digital, Permainan"),
        "copies": _("Empty means 1; 0 means a title without copies. Copies without a code get one."),
        "code": _("What is scanned; it stands once in a library. Rows that begin with CONTOH are passed over."),
        "inventory_number": _("The number in the inventory book; it stands once in a library."),
        "acquisition": _("APBD, Perpusnas, Hibah, Swadaya or Tukar. Empty stays unknown."),
        "price": _("Whole rupiah."),
        "received_on": _("2024-02-12 or 12/02/2024. Leave it empty if it is not known: it never becomes today."),
    }
    assert set(texts) <= set(HEADINGS)
    return [(heading, texts.get(name, "")) for name, heading, _width in COLUMNS]
