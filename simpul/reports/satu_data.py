"""Satu Data Indonesia: the figures as a plain table, with the metadata that BPS asks for (MS-Keg, MS-Var, MS-Ind)."""

import io
import json
import zipfile
from typing import Any

from simpul.indicators.definitions import Version, indicators
from simpul.reports.asking import Asked
from simpul.reports.form import Counts, Filled, Kind, Line, Section
from simpul.reports.outputs import csv_of, plain

HEADING = ("kode_wilayah", "kode_perpustakaan", "tempat", "periode", "kode_variabel", "variabel", "nilai", "satuan",
           "jenis_hitungan", "keterangan")
HOW_COUNTED = {Counts.PEOPLE: "orang", Counts.VISITS: "kunjungan", Counts.NOTHING: ""}
TYPES = {Kind.COUNT: "bilangan bulat", Kind.RUPIAH: "bilangan bulat (rupiah)", Kind.RATIO: "bilangan desimal",
         Kind.YES_NO: "ya/tidak", Kind.TEXT: "teks", Kind.DAY: "tanggal"}
MEMBER = (2020, 1, 1, 0, 0, 0)  # the same figures give the same bytes


def as_satu_data(asked: Asked, filled: Filled) -> bytes:
    """A zip with data.csv and metadata.json."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("data.csv", _data(filled)), ("metadata.json", json.dumps(
                metadata(asked, filled), ensure_ascii=False, indent=2))):
            archive.writestr(zipfile.ZipInfo(name, MEMBER), text.encode())
    return out.getvalue()


def _data(filled: Filled) -> str:
    place = filled.place
    region = place.region or (place.library.region if place.library else None)
    here = [region.code if region else "", place.library.code if place.library else "", place.name, filled.period.code]
    rows = [[*here, f"{section.key}.{line.number}", str(line.label), plain(line.value), str(line.unit),
             HOW_COUNTED[line.counts], str(line.why or line.remark)] for section in filled.sections for line in section.lines]
    return csv_of([HEADING, *rows])


def metadata(asked: Asked, filled: Filled) -> dict[str, Any]:
    """One activity (MS-Keg), a variable for each line (MS-Var), an indicator where one defines it (MS-Ind)."""
    lines = [(section, line) for section in filled.sections for line in section.lines]
    return {
        "ms_keg": {"judul": str(asked.form.title), "dasar": asked.form.official, "cara": "kompilasi produk administrasi",
                   "periode": filled.period.code, "wilayah": filled.place.name,
                   "dihasilkan": asked.today.isoformat(), "penghasil": "Simpul"},
        "ms_var": [_variable(section, line, filled) for section, line in lines],
        "ms_ind": [_indicator(indicators()[id].now) for id in dict.fromkeys(line.indicator for _section, line in lines)
                   if id in indicators()],
        "catatan": [str(note) for note in filled.notes],
    }


def _variable(section: Section, line: Line, filled: Filled) -> dict[str, Any]:
    version = indicators()[line.indicator].now if line.indicator in indicators() else None
    told = version.standards.get("ms_var", {}) if version else {}
    return {"kode": f"{section.key}.{line.number}", "nama": str(line.label), "konsep": told.get("konsep", str(line.label)),
            "definisi": version.meanings.get("id", "") if version else str(line.source), "satuan": str(line.unit),
            "tipe_data": TYPES[line.kind], "referensi_waktu": told.get("referensi_waktu", filled.period.code),
            "sumber": str(line.source), "indikator": line.indicator}


def _indicator(version: Version) -> dict[str, Any]:
    return {"id": version.id, "versi": version.number, "nama": version.names.get("id", ""),
            "definisi": version.meanings.get("id", ""), "satuan": version.units.get("id", ""),
            "iso_2789": version.standards.get("iso_2789", ""), **version.standards.get("ms_ind", {})}
