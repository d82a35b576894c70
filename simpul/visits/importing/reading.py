"""A CSV file of visits, line by line: what encoding, which columns, and what each line says."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from simpul.people.categories import EDUCATION, OCCUPATIONS
from simpul.transfers.refusals import Refused
from simpul.visits.models import Cell, Details, Visit

#: the columns of the simple table; only the first is needed
TEMPLATE = ("tanggal", "jam", "jenis_kelamin", "kelompok_umur", "jumlah", "nomor_anggota", "pekerjaan", "pendidikan",
            "tujuan", "komputer")
SLIMS_LOG = ("visitor_id", "member_id", "member_name", "institution", "checkin_date")  # SLiMS 9 visitor_count
NAMES = {
    "tanggal": ("tanggal", "date", "hari"), "jam": ("jam", "waktu", "time"),
    "moment": ("checkin_date", "waktukunjungan", "checkin"),
    "jenis_kelamin": ("jenis_kelamin", "jenis kelamin", "jeniskelamin", "sex", "gender", "l/p"),
    "kelompok_umur": ("kelompok_umur", "kelompok umur", "kelompokumur", "umur", "age", "age_group"),
    "jumlah": ("jumlah", "count", "banyak"),
    "nomor_anggota": ("nomor_anggota", "noanggota", "member_id", "nomor anggota"),
    "pekerjaan": ("pekerjaan", "profesi", "occupation"),
    "pendidikan": ("pendidikan", "pendidikanterakhir", "education"),
    "tujuan": ("tujuan", "purpose"), "komputer": ("komputer", "uses_ict", "ict"),
}
SEX = {"l": "L", "laki-laki": "L", "laki": "L", "pria": "L", "m": "L", "male": "L",
       "p": "P", "perempuan": "P", "wanita": "P", "f": "P", "female": "P"}
PURPOSE = {"membaca": "read", "meminjam": "borrow", "belajar": "study", "komputer": "ict", "internet": "ict",
           "kegiatan": "activity", "bermain": "play", "lainnya": "other",
           **{value: value for value in Visit.Purpose.values}}
EMPTY = {"", "null", "\\n", "-", "0000-00-00", "0000-00-00 00:00:00"}
YEARS = ((5, "0-5"), (12, "6-12"), (17, "13-17"), (59, "18-59"))
OLDEST = date(1990, 1, 1)
MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d", "%d/%m/%Y %H:%M:%S",
           "%d/%m/%Y %H:%M", "%d/%m/%Y", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y")


@dataclass(frozen=True)
class Draft:
    """One line as a visit. `identity` is what makes the line the same line next time; it holds no name."""

    position: int
    identity: str
    happened_at: datetime
    local_date: date
    how: str
    cell: Cell
    details: Details
    member_number: str


class NotTheColumns(Exception):
    """The first line names no column that tells when somebody came."""


class Table:
    """A CSV file of either kind. Iterating gives Draft or Refused, one a line; `done_bytes` tells how far it is."""

    def __init__(self, path: Path, time_zone: str, today: date) -> None:
        self.path, self.zone, self.today = path, ZoneInfo(time_zone), today
        self.total_bytes = path.stat().st_size
        self.done_bytes = 0
        self.encoding = _encoding(path)

    def __iter__(self) -> Iterator[Draft | Refused]:
        with self.path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding=self.encoding, errors="replace", newline="")
            lines = csv.reader(_without_nul(text), delimiter=_delimiter(self.path, self.encoding))
            columns, first = _columns(next(lines, []))
            position = 0
            for cells in ([first] if first else []):
                position += 1
                yield self._draft(position, columns, cells)
            while True:
                try:
                    cells = next(lines)
                except StopIteration:
                    return
                except csv.Error as error:
                    position += 1
                    yield Refused(position, "unreadable_line", str(error))
                    continue
                self.done_bytes = min(raw.tell(), self.total_bytes)
                if any(cell.strip() for cell in cells):
                    position += 1
                    yield self._draft(position, columns, cells)

    def check(self) -> None:
        """Raises NotTheColumns where the first line names nothing that is known."""
        for _first in self:
            break

    def _draft(self, position: int, columns: dict[str, int], cells: Sequence[str]) -> Draft | Refused:
        def told(name: str) -> str:
            at = columns.get(name)
            text = cells[at].strip() if at is not None and at < len(cells) else ""
            return "" if text.casefold() in EMPTY else text

        moment, has_time = _moment(told("moment") or f"{told('tanggal')} {told('jam')}".strip())
        if moment is None:
            return Refused(position, "no_date", _("the day cannot be read"), (told("moment") or told("tanggal"))[:40])
        if not OLDEST <= moment.date() <= self.today:
            return Refused(position, "wrong_date", _("the day lies in the future or before 1990"), str(moment.date()))
        count = told("jumlah") or "1"
        if not count.isdecimal() or not 0 < int(count) <= 100_000:
            return Refused(position, "wrong_count", _("the number is not between 1 and 100,000"), count[:40])
        sex = SEX.get(told("jenis_kelamin").casefold(), "")
        if told("jenis_kelamin") and not sex:
            return Refused(position, "unknown_sex", _("the sex is not known here"), told("jenis_kelamin")[:40])
        age = _age_group(told("kelompok_umur"))
        if age is None:
            return Refused(position, "unknown_age", _("the age group is not known here"), told("kelompok_umur")[:40])
        number = told("nomor_anggota")
        how = (Visit.How.MEMBER if number else Visit.How.VISITOR) if int(count) == 1 else (
            Visit.How.TALLY if has_time else Visit.How.SHEET)
        return Draft(
            position=position, member_number=number if int(count) == 1 else "", how=how.value,
            happened_at=moment.replace(tzinfo=self.zone).astimezone(UTC), local_date=moment.date(),
            cell=Cell(sex, age, int(count)), details=Details(
                _code(told("pekerjaan"), OCCUPATIONS), _code(told("pendidikan"), EDUCATION),
                PURPOSE.get(told("tujuan").casefold(), ""),
                told("komputer").casefold() in ("1", "ya", "y", "yes", "true", "komputer")),
            identity="|".join((moment.isoformat(), number, sex, age, count)))


def _columns(heading: Sequence[str]) -> tuple[dict[str, int], Sequence[str] | None]:
    """Where each column stands. A visitor log without its heading is known by its shape, and its first line is a
    line then. Raises NotTheColumns."""
    named = {cell.strip().lstrip("\ufeff").casefold(): at for at, cell in enumerate(heading)}
    found = {name: named[alias] for name, aliases in NAMES.items() for alias in aliases if alias in named}
    if "moment" in found or "tanggal" in found:
        return found, None
    if len(heading) in (4, 5) and _moment(heading[-1].strip())[0]:
        offset = len(heading) - 4
        return {"nomor_anggota": offset, "moment": offset + 3}, heading
    raise NotTheColumns


def _moment(text: str) -> tuple[datetime | None, bool]:
    """A naive local moment and whether it has a time; a day alone is its noon."""
    for form in MOMENTS:
        try:
            moment = datetime.strptime(text.replace(".", ":") if "%H" in form else text, form)  # noqa: DTZ007
        except ValueError:
            continue
        return (moment, True) if "%H" in form else (datetime.combine(moment.date(), time(12)), False)
    return None, False


def _age_group(text: str) -> str | None:
    """A group as it is called here, or years; "" where nothing is said, None where it is not known."""
    plain = text.replace("–", "-").replace(" ", "").replace("tahun", "").replace("th", "")
    if plain in ("", "0-5", "6-12", "13-17", "18-59", "60+"):
        return plain
    if plain.isdecimal() and int(plain) < 120:
        years = int(plain)
        return next((group for limit, group in YEARS if years <= limit), "60+")
    return None


def _code(text: str, known: object) -> str:
    """A category by its INLISLite code, in any case; what is not known is not said."""
    return next((str(code) for code in known if str(code).casefold() == text.casefold()), "")  # type: ignore[attr-defined]


def _encoding(path: Path) -> str:
    """UTF-8 (with or without mark), else Windows-1252, which old exports of Excel are written in."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors="replace") as text:
        heading = text.readline()
    return max(",;\t", key=heading.count)


def _without_nul(lines: io.TextIOWrapper) -> Iterator[str]:
    for line in lines:
        yield line.replace("\0", "")
