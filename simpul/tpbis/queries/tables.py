"""A pasted table or CSV of accounts and colours: read line by line, with the reason of each that is not taken."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from simpul.libraries.models import Library
from simpul.tpbis.models import SimAccount
from simpul.tpbis.parts import Colour

HEADING = ("kode", "perpustakaan", "akun", "sejak", "warna", "dibaca")
NAMES = {"kode": "code", "code": "code", "perpustakaan": "name", "nama": "name", "library": "name", "akun": "state",
         "account": "state", "sejak": "since_on", "since": "since_on", "warna": "colour", "colour": "colour",
         "dibaca": "read_on", "tanggal": "read_on", "read": "read_on"}
STATES = {"ya": "yes", "ada": "yes", "punya": "yes", "sudah": "yes", "yes": "yes", "y": "yes", "tidak": "no", "belum": "no",
          "no": "no", "tidak ada": "no", "t": "no", "diminta": "asked", "diajukan": "asked", "proses": "asked",
          "asked": "asked", "": "", "-": ""}
COLOURS = {"hijau": "green", "green": "green", "h": "green", "kuning": "yellow", "yellow": "yellow", "k": "yellow",
           "merah": "red", "red": "red", "m": "red", "": "", "-": ""}
MOST_LINES = 2000


@dataclass(frozen=True)
class Read:
    """A line that can be taken."""

    library: Library
    state: str
    since_on: date | None
    colour: str
    read_on: date | None


@dataclass(frozen=True)
class NotRead:
    """A line that cannot: its number (1 is the first after the heading), why, its text to be mended."""

    number: int
    why: str
    text: str


def read_table(text: str, libraries: Sequence[Library], today: date) -> tuple[list[Read], list[NotRead]]:
    """Columns by their heading in any order; without one, in the order of HEADING. A library is found by its code, else
    by its name. A missing day is today."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()][:MOST_LINES]
    if not lines:
        return [], []
    sign = max(("\t", ";", ","), key=lines[0].count)
    rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=sign))
    named = [NAMES.get(cell.strip().lower(), "") for cell in rows[0]]
    has_heading = "code" in named or "name" in named
    columns = named if has_heading else [NAMES[name] for name in HEADING]
    by_code = {one.code.lower(): one for one in libraries}
    by_name: dict[str, list[Library]] = {}
    for one in libraries:
        by_name.setdefault(_plain(one.name), []).append(one)
    taken: list[Read] = []
    refused: list[NotRead] = []
    seen: set[str] = set()
    for number, row in enumerate(rows[1:] if has_heading else rows, 1):
        cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False) if name}
        try:
            line = _line(cells, by_code, by_name, today)
            if line.library.code in seen:
                raise ValueError(_("this library stands in the table twice"))
            seen.add(line.library.code)
            taken.append(line)
        except ValueError as problem:
            refused.append(NotRead(number, str(problem), sign.join(row)))
    return taken, refused


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", name.lower()).split())


def _line(cells: dict[str, str], by_code: dict[str, Library], by_name: dict[str, list[Library]], today: date) -> Read:
    library = by_code.get(cells.get("code", "").lower())
    if library is None:
        alike = by_name.get(_plain(cells.get("name", "")), [])
        if len(alike) > 1:
            raise ValueError(_("several libraries have this name; write the code"))
        if not alike:
            raise ValueError(_("no library has this code or name"))
        library = alike[0]
    state = _choice(cells.get("state", ""), STATES, _("the account is ya, tidak or diminta"))
    colour = _choice(cells.get("colour", ""), COLOURS, _("the colour is hijau, kuning or merah"))
    if not state and not colour:
        raise ValueError(_("neither account nor colour"))
    return Read(library, state, _day(cells.get("since_on", ""), today) if state else None, colour,
                _day(cells.get("read_on", ""), today) if colour else None)


def _choice(text: str, choices: dict[str, str], why: str) -> str:
    if text.lower() not in choices:
        raise ValueError(why)
    return choices[text.lower()]


def _day(text: str, today: date) -> date:
    """2025-03-31, 31-3-2025, 31/03/2025."""
    if not text:
        return today
    try:
        parts = [int(part) for part in re.split(r"[-/.]", text)]
        year, month, day = parts if parts[0] > 31 else reversed(parts)
        found = date(year, month, day)
    except (ValueError, TypeError):
        raise ValueError(_("a day is written 31-3-2026")) from None
    if not date(2015, 1, 1) <= found <= today:
        raise ValueError(_("the day lies in the future or long ago"))
    return found


def template_rows(libraries: Sequence[Library], standings: Any) -> list[list[str]]:
    """The sheet to fill in: every library with what is known."""
    words = {SimAccount.State.YES.value: "ya", SimAccount.State.NO.value: "tidak", SimAccount.State.ASKED.value: "diminta"}
    colours = {Colour.GREEN.value: "hijau", Colour.YELLOW.value: "kuning", Colour.RED.value: "merah"}
    return [[one.code, one.name, words.get(standings[one.pk].state, ""), "", colours.get(standings[one.pk].colour, ""), ""]
            for one in libraries]
