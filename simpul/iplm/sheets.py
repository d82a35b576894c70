"""The yearly sheet: a template that already holds the city's list and what it answered, and reading what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from simpul.core.refusal import Refusal
from simpul.iplm.actions import Described, ReturnRefused, SheetRow, check_answers
from simpul.iplm.lines import ITEMS
from simpul.iplm.models import Institution, Return
from simpul.libraries.models import City, Region
from simpul.transfers.sheets import workbook
from simpul.transfers.tables import NotTheColumns, Table, whole

MOST_ROWS = 3000
SALT = "simpul.iplm.sheet"
HEAD = ("Nama lembaga", "Jenis", "NPSN", "NPP", "Kode wilayah")
#: what the sheet writes → the kind
KINDS = {"sd": "sd", "mi": "sd", "sd/mi": "sd", "smp": "smp", "mts": "smp", "smp/mts": "smp", "sma": "sma", "ma": "sma",
         "sma/ma": "sma", "smk": "smk", "umum": "public", "kecamatan": "district", "kelurahan": "village", "desa": "village",
         "tbm": "tbm", **{kind: kind for kind in Institution.Kind.values}}
WORD = {"public": "umum", "district": "kecamatan", "village": "kelurahan"}


class SheetRefused(Refusal):
    code = "sheet_refused"


def heading(key: str, label: str) -> str:
    """`K1 Jumlah Judul Koleksi Tercetak`: the dimension's letter and the form's number, so that columns may be moved."""
    section, _dot, number = key.partition(".")
    return f"{CODES[section]}{number} {label}"


CODES = {"koleksi": "K", "tenaga": "T", "pelayanan": "P", "penyelenggaraan": "U"}


def template(year: int) -> bytes:
    """XLSX with a row for every institution of the list that the city counts, what it answered already filled in."""
    rows = Institution.objects.on_frame(year).of_city().select_related("region").order_by("kind", "name")
    known = dict(Return.objects.filter(year=year, voided_at__isnull=True).values_list("institution_id", "answers"))
    return workbook(f"IPLM {year}", [*HEAD, *(heading(item.key, item.label) for item in ITEMS)], [
        [one.name, WORD.get(one.kind, one.kind), one.npsn, one.npp, one.region.code,
         *(known.get(one.pk, {}).get(item.key) for item in ITEMS)] for one in rows],
        widths=[36, 12, 12, 18, 16])


@dataclass(frozen=True)
class Read:
    """A sheet as read: rows to keep, what they would change, and what was not understood (position, name, reason)."""

    rows: tuple[SheetRow, ...]
    new: int
    changed: int
    unchanged: int
    refused: tuple[tuple[int, str, str], ...] = field(default_factory=tuple)


def read(upload: Any, year: int) -> Read:
    """Raises SheetRefused where it is no such sheet."""
    suffix = Path(str(getattr(upload, "name", ""))).suffix.lower()
    with NamedTemporaryFile(suffix=suffix if suffix in (".xlsx", ".xls", ".ods", ".csv") else ".csv") as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        names = {"name": ("nama lembaga", "nama"), "kind": ("jenis",), "npsn": ("npsn",), "npp": ("npp",),
                 "region": ("kode wilayah", "kelurahan"),
                 **{item.key: (heading(item.key, item.label).casefold(), heading(item.key, "").strip().casefold())
                    for item in ITEMS}}
        try:
            return _read(Table(Path(file.name), names, ("name",)), year)
        except NotTheColumns as error:
            raise SheetRefused(_("This is not the sheet: its first row has to name the columns, as in the template."),
                               field="file") from error


def _read(table: Table, year: int) -> Read:
    known = _Known(year)
    rows: list[SheetRow] = []
    refused: list[tuple[int, str, str]] = []
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    seen: set[Any] = set()
    for n, line in enumerate(table, start=1):
        if n > MOST_ROWS:
            raise SheetRefused(_("A sheet may hold %(n)d rows.") % {"n": MOST_ROWS}, field="file")
        if not hasattr(line, "told"):
            refused.append((line.position, "", line.reason))
            continue
        try:
            row = known.row(line)
        except Refusal as refusal:
            refused.append((line.position, line.told("name"), str(refusal)))
            continue
        key = row.institution_id or (row.described.npsn or (row.described.name.casefold(), row.described.region.pk))
        if key in seen:
            refused.append((line.position, row.described.name, _("The same institution stands further up.")))
            continue
        seen.add(key)
        rows.append(row)
        counts[known.would(row)] += 1
    return Read(tuple(rows), counts["new"], counts["changed"], counts["unchanged"], tuple(refused))


class _Known:
    """What stands already, asked once for a whole sheet."""

    def __init__(self, year: int) -> None:
        city = City.objects.select_related("region").get()
        self.city: Region = city.region
        current = Region.objects.current().filter(code__startswith=city.region.code)
        self.regions = {one.code: one for one in current}
        self.villages: dict[str, list[Region]] = {}
        for one in self.regions.values():
            self.villages.setdefault(one.name.casefold(), []).append(one)
        every = list(Institution.objects.select_related("region"))
        self.by_npsn = {one.npsn: one for one in every if one.npsn}
        self.by_name = {(one.name.casefold(), one.region_id): one for one in every}
        self.answers: Mapping[UUID, Any] = dict(Return.objects.filter(year=year, voided_at__isnull=True).values_list(
            "institution_id", "answers"))

    def row(self, line: Any) -> SheetRow:
        name, npsn = " ".join(line.told("name").split())[:160], line.told("npsn")
        kind, region = KINDS.get(line.told("kind").casefold()), self._region(line.told("region"))
        found = self.by_npsn.get(npsn) if npsn else self.by_name.get((name.casefold(), region.pk))
        if found is None and not name:
            raise ReturnRefused(_("The name is missing."))
        if found is None and kind is None:
            raise ReturnRefused(_("The kind is not known: write sd, smp, umum, kecamatan, kelurahan or tbm."))
        if npsn and not (npsn.isascii() and npsn.isalnum() and len(npsn) == 8):
            raise ReturnRefused(_("The NPSN has eight characters."))
        described = Described(name or (found.name if found else ""), kind or (found.kind if found else ""), region, npsn,
                              line.told("npp"))
        answers: dict[str, int] = {}
        for item in ITEMS:
            text = line.told(item.key)
            if text:
                number = whole(text, 10**13)
                if number is None:
                    raise ReturnRefused(_("%(line)s: “%(text)s” is no whole number.") % {"line": item.label, "text": text[:40]})
                answers[item.key] = number
        if (found.kind if found else kind) in Institution.OF_THE_PROVINCE and answers:
            raise ReturnRefused(_("The province counts senior secondary schools; the city does not."))
        return SheetRow(found.pk if found else None, described, check_answers(answers) if answers else {})

    def _region(self, text: str) -> Region:
        if not text:
            return self.city
        if text in self.regions:
            return self.regions[text]
        named = self.villages.get(text.casefold(), [])
        if len(named) != 1:
            raise ReturnRefused(_("The region “%(text)s” is not known here; write its code.") % {"text": text[:40]})
        return named[0]

    def would(self, row: SheetRow) -> str:
        if row.institution_id is None:
            return "new"
        is_same = not row.answers or dict(row.answers) == self.answers.get(row.institution_id)
        return "unchanged" if is_same else "changed"


def packed(rows: tuple[SheetRow, ...]) -> str:
    """The checked rows, signed, to be brought back by the page that confirms them."""
    return signing.dumps([[str(row.institution_id or ""), row.described.name, row.described.kind, row.described.region.code,
                           row.described.npsn, row.described.npp, dict(row.answers)] for row in rows], salt=SALT, compress=True)


def unpacked(text: str) -> tuple[SheetRow, ...]:
    """Raises SheetRefused where it was not this node that packed it, or a day ago."""
    try:
        told = signing.loads(text, salt=SALT, max_age=86_400)
    except signing.BadSignature as error:
        raise SheetRefused(_("The preview is too old. Choose the file once more.")) from error
    regions = {one.code: one for one in Region.objects.current().filter(code__in={row[3] for row in told})}
    return tuple(SheetRow(UUID(id) if id else None, Described(name, kind, regions[code], npsn, npp), answers)
                 for id, name, kind, code, npsn, npp, answers in told)
