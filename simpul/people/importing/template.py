"""The sheet to fill in, with an example row that is passed over."""

from typing import IO

import xlsxwriter

from simpul.people.importing.columns import HEADINGS

COLUMNS = ("number", "name", "birth", "sex", "phone", "address", "institution", "occupation", "education", "email",
           "guardian_name", "guardian_phone", "guardian_relation", "since", "until")
EXAMPLE = ("CONTOH-001", "Nurul Hidayah", "2014", "P", "", "Jl. Melati 3", "SDN Sukasari 1", "Pelajar", "SD", "",
           "Dian Pratama", "0812-3456-7890", "ibu", "2024-05-21", "")


def write_template(to: IO[bytes]) -> None:
    """Writes an .xlsx: headings, one example (its number begins with CONTOH), text cells so that zeros stay."""
    book = xlsxwriter.Workbook(to, {"in_memory": True})
    sheet = book.add_worksheet("Anggota")
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet.set_column(0, len(COLUMNS) - 1, 18, text)
    for n, name in enumerate(COLUMNS):
        heading = HEADINGS[name][0]
        sheet.write_string(0, n, heading[0].upper() + heading[1:], bold)
        sheet.write_string(1, n, EXAMPLE[n], text)
    sheet.freeze_panes(1, 0)
    book.close()
