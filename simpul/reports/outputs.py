"""A filled form as JSON, CSV, XLSX, PDF."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.files.papers import code_picture, pdf
from simpul.reports.asking import Asked, kind_of
from simpul.reports.form import Counts, Filled, Kind, Line, Section, Value
from simpul.transfers.sheets import Sheet, workbook_of

PAPER = Path(__file__).parent / "papers" / "report.typ"


def plain(value: Value) -> Any:
    """A value as JSON and spreadsheets hold it: ratios as numbers, days as ISO text, unknown as nothing."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def in_words(line: Line) -> str:
    """The value as people read it; "" where unknown."""
    value = line.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if line.kind == Kind.RUPIAH:
        return "Rp" + f"{value:,}".replace(",", ".")
    if isinstance(value, date):
        return formats.date_format(value, "j F Y")
    if isinstance(value, int | Decimal):
        return str(formats.number_format(value, use_l10n=True, force_grouping=True))
    return str(value)


def for_typing(line: Line) -> str:
    """The value as a form's field takes it: digits without separators, yes or no, a day as 31-12-2025."""
    value = line.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", "," if get_language() != "en" else ".")
    return str(value)


def of_what(line: Line) -> str:
    """Of people or of visits, in words; "" where it makes no difference."""
    return {Counts.PEOPLE: _("people, each once"), Counts.VISITS: _("visits: who comes twice counts twice")}.get(
        line.counts, "")


def progress(filled: Filled) -> tuple[int, int]:
    """How many lines have an answer, and how many there are."""
    lines = [line for section in filled.sections for line in section.lines]
    return sum(line.value is not None for line in lines), len(lines)


def as_facts(asked: Asked, filled: Filled) -> dict[str, Any]:
    """One JSON object. `dimensions[section][number]` is the value, null where it is unknown; `lines` say the rest."""
    done, whole = progress(filled)
    return {
        "report": asked.form.name, "title": str(asked.form.title), "official": asked.form.official,
        "place": {"kind": kind_of(filled.place).value, "code": _code(filled), "name": filled.place.name},
        "period": filled.period.code, "is_over": asked.is_over,
        "dimensions": {section.key: {line.number: plain(line.value) for line in section.lines}
                       for section in filled.sections},
        "filled": done, "asked": whole,
        "lines": [_fact(section, line) for section in filled.sections for line in section.lines],
        "tables": [{"key": table.key, "title": str(table.title), "headings": [str(one) for one in table.headings],
                    "rows": [[plain(cell) for cell in row] for row in table.rows]} for table in filled.tables],
        "notes": [str(note) for note in filled.notes], **filled.extra,
    }


def _code(filled: Filled) -> str:
    place = filled.place
    return place.library.code if place.library else place.region.code if place.region else place.code


def _fact(section: Section, line: Line) -> dict[str, Any]:
    told: dict[str, Any] = {
        "section": section.key, "number": line.number, "label": str(line.label), "value": plain(line.value),
        "kind": line.kind.value, "unit": str(line.unit), "source": str(line.source), "why": str(line.why),
        "opens": line.opens, "tell_at": line.tell_at, "is_applicable": line.is_applicable, "counts": line.counts.value}
    if line.between is not None:
        told["between"] = list(line.between)
    if line.is_met is not None or line.asked:
        told |= {"is_met": line.is_met, "asked": str(line.asked)}
    if line.remark:
        told["remark"] = str(line.remark)
    return told


def _row(section: Section, line: Line) -> list[Any]:
    least, most = line.between or (None, None)
    return [str(section.title), line.number, str(line.label), plain(line.value), str(line.unit), of_what(line), least, most,
            str(line.why), str(line.source), str(line.remark), line.opens]


def headings() -> list[str]:
    return [_("Section"), _("No."), _("Question"), _("Value"), _("Unit"), _("Of what"), _("People, at least"),
            _("People, at most"), _("Why there is none"), _("Source"), _("Remark"), _("Opens at")]


def lines_of(filled: Filled) -> list[list[Any]]:
    return [_row(section, line) for section in filled.sections for line in section.lines]


def as_csv(filled: Filled) -> str:
    """UTF-8 with a byte-order mark for Excel."""
    return csv_of([headings(), *lines_of(filled)])


def csv_of(rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([[harmless(cell) for cell in row] for row in rows])
    return "\ufeff" + out.getvalue()


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet must not take for a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def as_xlsx(asked: Asked, filled: Filled) -> bytes:
    """The form on its first sheet, each table on one of its own, the notes on the last."""
    sheets = [Sheet(str(asked.form.title), headings(), lines_of(filled), [18, 6, 48, 16, 14, 22, 10, 10, 34, 40, 34, 40])]
    sheets += [Sheet(str(table.title), [str(one) for one in table.headings],
                     [[plain(cell) for cell in row] for row in table.rows]) for table in filled.tables]
    about = [[asked.form.official], [filled.place.name], [filled.period.label], *([str(note)] for note in filled.notes)]
    return workbook_of([*sheets, Sheet(_("Notes"), [_("Notes")], about, [100])])


def as_pdf(asked: Asked, filled: Filled, *, base: str, address: str, now: datetime) -> bytes:
    """To sign and to file: every number with its source, a QR code to the page that opens them."""
    done, whole = progress(filled)
    link = base.rstrip("/") + address
    return pdf(PAPER, {
        "title": str(asked.form.title), "official": asked.form.official, "place": filled.place.name,
        "period": filled.period.label, "language": "en" if get_language() == "en" else "id",
        "says": _("%(n)d of %(all)d lines filled from the records") % {"n": done, "all": whole},
        "printed": _("Printed on %(day)s") % {"day": formats.date_format(asked.today, "j F Y")}, "link": link,
        "opens": _("Scan: this page with every number's source"),
        "head": [_("No."), _("Question"), _("Value"), _("Source")],
        "sections": [{"title": str(section.title), "remark": str(section.remark),
                      "rows": [_printed(line) for line in section.lines]} for section in filled.sections if section.lines],
        "tables": [{"title": str(table.title), "head": [str(one) for one in table.headings],
                    "rows": [[_cell(cell) for cell in row] for row in table.rows]} for table in filled.tables
                   if len(table.headings) <= 8 and table.rows],
        "notes_title": _("To be read with it"), "notes": [str(note) for note in filled.notes],
    }, pictures={"qr.svg": code_picture(link)}, made_at=now)


def _printed(line: Line) -> list[str]:
    value = f"{in_words(line)} {line.unit}".strip() if line.value is not None else f"– ({line.why})"
    if line.between and line.between[0] != line.between[1]:
        value += "\n" + _("people: %(least)s to %(most)s") % {
            "least": formats.number_format(line.between[0], force_grouping=True),
            "most": formats.number_format(line.between[1], force_grouping=True)}
    said = " · ".join(str(one) for one in (line.source, line.remark) if one)
    return [line.number, str(line.label), value, said]


def _cell(cell: Value) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, date):
        return formats.date_format(cell, "j F Y")
    return str(formats.number_format(cell, force_grouping=True)) if isinstance(cell, int | Decimal) else str(cell)
