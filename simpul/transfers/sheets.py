"""Sheets that people take along: typed cells, nothing that a spreadsheet would run."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

FORM = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, heading: Sequence[str], rows: Iterable[Sequence[Any]], *, widths: Sequence[int] = ()) -> bytes:
    """One sheet as XLSX. Numbers and dates stay numbers and dates; every text is a text, also `=HYPERLINK(…)`.
    `widths` in letters, by column; 18 where none is given."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    bold = book.add_format({"bold": True, "bg_color": "#dfeee3", "border": 1, "text_wrap": True})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
    sheet = book.add_worksheet("".join(c for c in name if c not in "[]:*?/\\'")[:31] or "Simpul")
    for n, text in enumerate(heading):
        sheet.set_column(n, n, widths[n] if n < len(widths) else 18)
        sheet.write_string(0, n, str(text), bold)
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(rows, start=1):
        for n, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, bool):
                sheet.write_boolean(line, n, value)
            elif isinstance(value, int | float):
                sheet.write_number(line, n, value)
            elif isinstance(value, datetime):
                local = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
                sheet.write_datetime(line, n, local, moment)
            elif isinstance(value, date):
                sheet.write_datetime(line, n, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day has no zone
            else:
                sheet.write_string(line, n, str(value)[:32_000])  # a cell holds 32,767 letters
    book.close()
    return stream.getvalue()


def sheet_response(content: bytes, name: str) -> HttpResponse:
    """The workbook as a download under a plain file name without ending; it may hold names: no cache keeps it."""
    response = HttpResponse(content, content_type=FORM)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
