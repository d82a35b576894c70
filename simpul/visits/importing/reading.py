"""What a line of a table of visits says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from simpul.people.categories import EDUCATION, OCCUPATIONS, age_group_said, sex_said
from simpul.transfers.refusals import Refused
from simpul.transfers.tables import OLDEST, Line, is_yes, moment_of, whole
from simpul.visits.models import Cell, Details, Visit

#: the columns of the simple table; only the first is needed
TEMPLATE = ("tanggal", "jam", "jenis_kelamin", "kelompok_umur", "jumlah", "nomor_anggota", "pekerjaan", "pendidikan",
            "tujuan", "komputer")
EXAMPLE = ("2025-03-09", "09.30", "P", "6-12", "1", "", "Pelajar", "SD", "membaca", "tidak")
NEEDED = ("tanggal", "moment")
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
PURPOSE = {"membaca": "read", "meminjam": "borrow", "belajar": "study", "komputer": "ict", "internet": "ict",
           "kegiatan": "activity", "bermain": "play", "lainnya": "other",
           **{value: value for value in Visit.Purpose.values}}


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


def slims_log(cells: Sequence[str]) -> dict[str, int] | None:
    """A visitor log without its heading is known by its shape."""
    if len(cells) in (4, 5) and moment_of(cells[-1].strip())[0]:
        offset = len(cells) - 4
        return {"nomor_anggota": offset, "moment": offset + 3}
    return None


def draft_of(line: Line, *, zone: str, today: date) -> Draft | Refused:
    """The visit that a line tells of, or why it tells of none."""
    told, position = line.told, line.position
    moment, has_time = moment_of(told("moment") or f"{told('tanggal')} {told('jam')}".strip())
    if moment is None:
        return Refused(position, "no_date", _("the day cannot be read"), (told("moment") or told("tanggal"))[:40])
    if not OLDEST <= moment.date() <= today:
        return Refused(position, "wrong_date", _("the day lies in the future or before 1990"), str(moment.date()))
    count = whole(told("jumlah") or "1", 100_000)
    if not count:
        return Refused(position, "wrong_count", _("the number is not between 1 and 100,000"), told("jumlah")[:40])
    sex = sex_said(told("jenis_kelamin"))
    if sex is None:
        return Refused(position, "unknown_sex", _("the sex is not known here"), told("jenis_kelamin")[:40])
    age = age_group_said(told("kelompok_umur"))
    if age is None:
        return Refused(position, "unknown_age", _("the age group is not known here"), told("kelompok_umur")[:40])
    number = told("nomor_anggota")
    how = (Visit.How.MEMBER if number else Visit.How.VISITOR) if count == 1 else (
        Visit.How.TALLY if has_time else Visit.How.SHEET)
    return Draft(
        position=position, member_number=number if count == 1 else "", how=how.value,
        happened_at=moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC), local_date=moment.date(),
        cell=Cell(sex, age, count), details=Details(
            _code(told("pekerjaan"), OCCUPATIONS), _code(told("pendidikan"), EDUCATION),
            PURPOSE.get(told("tujuan").casefold(), ""), is_yes(told("komputer")) or told("komputer") == "komputer"),
        identity="|".join((moment.isoformat(), number, sex, age, str(count))))


def _code(text: str, known: object) -> str:
    """A category by its INLISLite code, in any case; what is not known is not said."""
    return next((str(code) for code in known if str(code).casefold() == text.casefold()), "")  # type: ignore[attr-defined]
