"""The population as people bring it: a sheet of kelurahan, looked at before it is kept, and what is known of a region."""

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from simpul.indicators.models import RegionFact
from simpul.libraries.models import Region
from simpul.transfers.refusals import Refused
from simpul.transfers.tables import Line, Table, moment_of, whole

Name = RegionFact.Name
MOST = 2_000_000_000  # more people than any country has
AGES = (Name.AGE_TO_5, Name.AGE_TO_12, Name.AGE_TO_17, Name.AGE_TO_59, Name.AGE_OLDER)
#: column of the sheet → how else it is called
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("kode", "kode wilayah", "kode kelurahan", "kode kemendagri", "code"),
    "day": ("per tanggal", "tanggal", "tahun", "day", "year"),
    Name.POPULATION: ("penduduk", "jumlah penduduk", "jumlah", "population"),
    Name.MALE: ("laki-laki", "l", "male"), Name.FEMALE: ("perempuan", "p", "female"),
    Name.AGE_TO_5: ("0-5", "umur 0-5"), Name.AGE_TO_12: ("6-12", "umur 6-12"), Name.AGE_TO_17: ("13-17", "umur 13-17"),
    Name.AGE_TO_59: ("18-59", "umur 18-59"), Name.AGE_OLDER: ("60+", "umur 60+", "60 ke atas"),
}
HEADING = ("kode", "wilayah", "per tanggal", "penduduk", "laki-laki", "perempuan", "umur 0-5", "umur 6-12", "umur 13-17",
           "umur 18-59", "umur 60+")
LARGEST = 2_000_000  # bytes of a sheet: a province has some hundred kilobytes


@dataclass(frozen=True)
class Told:
    """The numbers of a region from a day on."""

    region: Region
    from_on: date
    numbers: Mapping[str, int]

    @property
    def people(self) -> int | None:
        return self.numbers.get(Name.POPULATION)


@dataclass(frozen=True)
class Preview:
    """What a sheet would tell, and which lines say nothing that can be kept."""

    told: tuple[Told, ...]
    refused: tuple[tuple[int, str], ...]

    @property
    def people(self) -> int:
        return sum(one.people or 0 for one in self.told)

    @property
    def as_text(self) -> str:
        """The good lines as a small CSV that the page carries to the second step."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        names = (Name.POPULATION, Name.MALE, Name.FEMALE, *AGES)
        writer.writerow(HEADING)
        writer.writerows([[one.region.code, "", one.from_on.isoformat(), *(one.numbers.get(name, "") for name in names)]
                          for one in self.told])
        return out.getvalue()


def wrong_with(numbers: Mapping[str, int]) -> str:
    """Why numbers of one region cannot all be right; "" where they can."""
    people, parts = numbers.get(Name.POPULATION), [numbers.get(name) for name in (Name.MALE, Name.FEMALE)]
    if any(not 0 <= n <= MOST for n in numbers.values()):
        return _("This number cannot be right.")
    if people is None:
        return _("The number of residents is missing.")
    if None not in parts and sum(n or 0 for n in parts) != people:
        return _("Women and men do not add up to the residents.")
    if any((n or 0) > people for n in parts):
        return _("There are more women or men than residents.")
    ages = [numbers[name] for name in AGES if name in numbers]
    if sum(ages) > people or (len(ages) == len(AGES) and sum(ages) != people):
        return _("The age groups do not add up to the residents.")
    return ""


def completed(numbers: Mapping[str, int]) -> dict[str, int]:
    """With the residents, where both women and men are told."""
    both = [numbers[name] for name in (Name.MALE, Name.FEMALE) if name in numbers]
    return {**({Name.POPULATION.value: sum(both)} if len(both) == 2 else {}), **{str(k): v for k, v in numbers.items()}}


def read_sheet(content: bytes, file_name: str, *, above: Region, today: date) -> Preview:
    """A CSV or spreadsheet. Raises NotTheColumns."""
    with tempfile.TemporaryDirectory(prefix="simpul-") as folder:
        path = Path(folder) / f"lembar{Path(file_name).suffix.lower()[:6] or '.csv'}"
        path.write_bytes(content)
        return _preview(Table(path, COLUMNS, ["code"]), above, today)


def read_text(text: str, *, above: Region, today: date) -> Preview:
    """What the page carried from the preview. Raises NotTheColumns."""
    return read_sheet(text.encode(), "lembar.csv", above=above, today=today)


def _preview(lines: Iterable[Line | Refused], above: Region, today: date) -> Preview:
    regions = {_plain(one.code): one for one in regions_under(above)}
    told: dict[tuple[Any, date], Told] = {}
    refused: list[tuple[int, str]] = []
    for line in lines:
        if isinstance(line, Refused):
            refused.append((line.position, _("This line cannot be read.")))
            continue
        found = _line(line, regions, today)
        if isinstance(found, str):
            refused.append((line.position, found))
        elif found is not None and (found.region.pk, found.from_on) in told:
            refused.append((line.position, _("This region and day stand in the sheet twice.")))
        elif found is not None:
            told[found.region.pk, found.from_on] = found
    return Preview(tuple(told.values()), tuple(refused))


def _plain(code: str) -> str:
    """36.71.01.1001 and 3671011001 are one code."""
    return code.replace(".", "").strip()


def _line(line: Line, regions: Mapping[str, Region], today: date) -> Told | str | None:
    """What a line tells, or why it cannot be kept. None: a line of the template that nobody filled in."""
    texts = {name: line.told(str(name)) for name in (Name.POPULATION, Name.MALE, Name.FEMALE, *AGES)}
    if not any(texts.values()):
        return None
    region = regions.get(_plain(line.told("code")))
    if region is None:
        return _("No region of the city has this code.")
    day = _day(line.told("day"))
    if day is None:
        return _("Write the day like 2025-06-30, or the year.")
    if day > today:
        return _("This day is still to come.")
    numbers = {name: whole(text, MOST) for name, text in texts.items() if text}
    if None in numbers.values():
        return _("One of the numbers cannot be read.")
    complete = completed({name: n for name, n in numbers.items() if n is not None})
    return wrong_with(complete) or Told(region, day, complete)


def _day(text: str) -> date | None:
    """A day; of a year alone its first one."""
    if text.isdecimal() and len(text) == 4 and 1900 < int(text) < 2200:
        return date(int(text), 1, 1)
    moment, _has_time = moment_of(text)
    return moment.date() if moment else None


def regions_under(above: Region) -> list[Region]:
    """The region itself, its kecamatan and kelurahan, by code."""
    return [one for one in Region.objects.current().filter(code__startswith=above.code).select_related("parent").order_by("code")
            if one.code == above.code or one.code.startswith(f"{above.code}.")]


def template(above: Region, today: date) -> list[Sequence[Any]]:
    """A line for each kelurahan, to be filled in."""
    return [[one.code, one.name, date(today.year, 1, 1), *[None] * 8]
            for one in regions_under(above) if one.level == Region.Level.VILLAGE]


@dataclass(frozen=True)
class Known:
    """What is known of a region on a day: its latest numbers by name."""

    region: Region
    facts: Mapping[str, RegionFact]

    @property
    def latest(self) -> RegionFact | None:
        return self.facts.get(Name.POPULATION)


def known_on(day: date, regions: Sequence[Region]) -> list[Known]:
    """One question for all of them."""
    latest: dict[Any, dict[str, RegionFact]] = {}
    for row in RegionFact.objects.valid().filter(region__in=regions, from_on__lte=day).order_by("from_on"):
        latest.setdefault(row.region_id, {})[row.name] = row
    return [Known(one, latest.get(one.pk, {})) for one in regions]
