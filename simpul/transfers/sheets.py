"""Sheets that people take along: typed cells, nothing that a spreadsheet would run."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

FORM = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, heading: Sequence[str], rows: Iterable[Sequence[Any]], *, widths: Sequence[int] = ()) -> bytes:
    """One sheet as XLSX. Numbers and dates stay numbers and dates; every text is a text, also `=HYPERLINK(…)`.
    `widths` in letters, by column; 18 where none is given."""
    return workbook_of([Sheet(name, heading, rows, widths)])


@dataclass(frozen=True)
class Sheet:
    """One page of a workbook; `widths` in letters, by column."""

    name: str
    heading: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """Several sheets in one file, as `workbook`; two of one name are numbered."""
    stream, names = io.BytesIO(), set[str]()
    book = xlsxwriter.Workbook(stream, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    bold = book.add_format({"bold": True, "bg_color": "#dfeee3", "border": 1, "text_wrap": True})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
    for number, one in enumerate(sheets, start=1):
        name = "".join(c for c in one.name if c not in "[]:*?/\\'")[:31] or "Simpul"
        name = f"{name[:28]} {number}" if name.casefold() in names else name
        names.add(name.casefold())
        sheet = book.add_worksheet(name)
        for n, text in enumerate(one.heading):
            sheet.set_column(n, n, one.widths[n] if n < len(one.widths) else 18)
            sheet.write_string(0, n, str(text), bold)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(one.rows, start=1):
            for n, value in enumerate(row):
                _write(sheet, line, n, value, day, moment)
    book.close()
    return stream.getvalue()


def _write(sheet: Any, line: int, n: int, value: Any, day: Any, moment: Any) -> None:
    if value is None:
        return
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


def sheet_response(content: bytes, name: str) -> HttpResponse:
    """The workbook as a download under a plain file name without ending; it may hold names: no cache keeps it."""
    response = HttpResponse(content, content_type=FORM)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
