"""Headings of member sheets and what stands under them."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from simpul.core.phones import normalise
from simpul.people.actions.enrolment import tidy
from simpul.people.categories import EDUCATION, OCCUPATIONS
from simpul.people.queries import fold_name

#: our name → headings that mean it, folded; the first is our template's
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("nomor anggota", "no anggota", "member id", "nomor", "id anggota"),
    "name": ("nama", "nama anggota", "nama lengkap", "member name", "name"),
    "birth": ("tahun lahir", "tanggal lahir", "tgl lahir", "birth date", "birth year"),
    "sex": ("jenis kelamin", "l p", "kelamin", "gender", "sex"),
    "phone": ("telepon", "no hp", "hp", "nomor hp", "whatsapp", "no wa", "member phone", "phone"),
    "home_phone": ("no telp rumah", "telepon rumah"),
    "address": ("alamat", "alamat tempat tinggal sekarang", "alamat sekarang", "member address", "address"),
    "old_address": ("alamat sesuai ktp",),
    "institution": ("sekolah atau tempat kerja", "nama institusi", "sekolah", "institusi", "inst name"),
    "occupation": ("pekerjaan", "occupation"),
    "education": ("pendidikan", "pendidikan terakhir", "education"),
    "email": ("e mail", "email", "alamat email", "surel", "member email"),
    "guardian_name": ("nama wali", "nama keadaan darurat", "nama orang tua", "wali"),
    "guardian_phone": ("telepon wali", "no telp keadaan darurat", "no hp wali"),
    "guardian_relation": ("hubungan wali", "status hubungan darurat", "hubungan"),
    "since": ("anggota sejak", "tanggal pendaftaran", "member since date", "tanggal daftar"),
    "registered": ("register date",),
    "until": ("berlaku sampai", "tanggal akhir berlaku", "expire date", "berlaku hingga"),
}
_MEANING = {heading: name for name, headings in HEADINGS.items() for heading in headings}

#: never read, whatever stands there: identity, religion, family, secrets
FORBIDDEN = re.compile(
    r"\b(nik|ktp|kk|identitas|agama|religion|ibu kandung|nama ibu|mother|perkawinan|marital|tempat lahir|suku|"
    r"golongan darah|pin|password|mpasswd|photo|foto|image)\b")
_STILL_READ = {"alamat sesuai ktp"}  # an address by another name

#: the columns of SLiMS's member export, for files without a heading
SLIMS = ("member_id", "member_name", "gender", "member_type_name", "member_email", "member_address", "postal_code",
         "inst_name", "is_new", "member_image", "pin", "member_phone", "member_fax", "member_since_date",
         "register_date", "expire_date", "birth_date", "member_notes")


@dataclass(frozen=True)
class Heading:
    """What a heading row means: `names[i]` is ours of column i or "", `dropped` the headings never read."""

    names: tuple[str, ...]
    dropped: tuple[str, ...]
    source: str  # inlislite, slims, sheet


def fold_heading(text: str) -> str:
    return fold_name(re.sub(r"[*_/().\-]", " ", text))


def heading_of(cells: list[str]) -> Heading | None:
    """The meaning of a heading row; None if it is none."""
    folded = [fold_heading(cell) for cell in cells]
    dropped = [cell for cell, key in zip(cells, folded, strict=True)
               if FORBIDDEN.search(key) and key not in _STILL_READ]
    names = ["" if cell in dropped else _MEANING.get(key, "") for cell, key in zip(cells, folded, strict=True)]
    names = [name if name not in names[:n] else "" for n, name in enumerate(names)]
    if "name" not in names or sum(map(bool, names)) + len(dropped) < 2:
        return None
    source = "slims" if "member id" in folded else "inlislite" if "no identitas" in folded else "sheet"
    return Heading(tuple(names), tuple(dropped), source)


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A row as it can be taken."""

    position: int
    number: str       # in the other system; may be empty
    name: str
    birth_year: int | None
    sex: str
    phone: str
    address: str
    institution: str
    occupation: str
    education: str
    email: str
    guardian_name: str
    guardian_phone: str
    guardian_relation: str
    since_on: date | None
    until_on: date | None


#: an identity number has sixteen digits; no library counts so far
_NIK = re.compile(r"\d{16}")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that cannot be taken. Its position says enough: nothing of the person goes into the list of refusals,
    which erasure does not reach."""

    position: int
    code: str


def draft_of(position: int, said: dict[str, object], day: date) -> MemberDraft | Unreadable:
    """The draft of a row `{our name: cell}`. What cannot be understood is left out, never guessed; only a row
    without a name is refused."""
    def text(name: str, length: int) -> str:
        value = said.get(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        written = tidy(str(value)) if value is not None else ""
        return "" if written.lower() in ("-", "null", "none", "\\n", "0") else written[:length]

    name, number = text("name", 120), text("number", 60)
    if _NIK.fullmatch(re.sub(r"[\s.-]", "", number)):
        number = ""  # some libraries numbered their members by NIK: it is never kept
    if not fold_name(name):
        return Unreadable(position, "name_missing")
    year = _year(said.get("birth"), day)
    return MemberDraft(
        position=position, number=number, name=name, birth_year=year, sex=_sex(text("sex", 20), said.get("sex")),
        phone=_phone(text("phone", 40)) or _phone(text("home_phone", 40)),
        address=text("address", 200) or text("old_address", 200), institution=text("institution", 120),
        occupation=_occupation(text("occupation", 60)), education=_education(text("education", 40)),
        email=text("email", 254) if "@" in text("email", 254) else "",
        guardian_name=text("guardian_name", 120), guardian_phone=_phone(text("guardian_phone", 40)),
        guardian_relation=text("guardian_relation", 40),
        since_on=_day(said.get("since")) or _day(said.get("registered")), until_on=_day(said.get("until")))


def _phone(text: str) -> str:
    """The first number of a cell in E.164, or nothing."""
    for part in re.split(r"[/,;]| atau ", text):
        if len(re.sub(r"\D", "", part)) >= 7 and (number := normalise(part)):
            return number
    return ""


def _day(value: object) -> date | None:
    """A day written as a date, `2024-05-21`, `21-05-2024`, `21/05/2024`; None where it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()[:10]
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%Y"):
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 a calendar day has no zone
        except ValueError:
            continue
        return found if 1900 <= found.year <= 2100 else None
    return None


def _year(value: object, day: date) -> int | None:
    found = _day(value)
    if found is None and (match := re.fullmatch(r"(\d{4})(?:\.0)?", str(value or "").strip())):
        year = int(match[1])
    elif found is not None:
        year = found.year
    else:
        return None
    return year if day.year - 120 <= year <= day.year else None


def _sex(text: str, raw: object) -> str:
    """SLiMS writes 1 for male and 0 for female; everybody else letters or words."""
    word = fold_name(text)
    if word in ("l", "lk", "laki laki", "laki", "pria", "m", "male", "1"):
        return "L"
    if word in ("p", "pr", "perempuan", "wanita", "w", "f", "female"):
        return "P"
    return "P" if str(raw).strip() in ("0", "0.0") else ""


_JOBS = {"pns": "PNS", "asn": "PNS", "pegawai negeri": "PNS", "guru": "Guru", "dosen": "Dosen", "peneliti": "Peneliti",
         "pegawai swasta": "PSwasta", "karyawan swasta": "PSwasta", "swasta": "PSwasta", "pensiunan": "Pensiunan",
         "tni": "TNI", "polri": "TNI", "tni polri": "TNI", "wiraswasta": "Wiraswasta", "pelajar": "Pelajar",
         "siswa": "Pelajar", "mahasiswa": "Mahasiswa"}


def _occupation(text: str) -> str:
    if not text:
        return ""
    exact = next((code for code in OCCUPATIONS if code.casefold() == text.casefold()), "")
    return exact or _JOBS.get(fold_name(text), "Lainnya")


def _education(text: str) -> str:
    found = re.search(r"\b(TK|SD|SMP|SMA|SMK|D[1-4]|S[1-3])\b", text.upper())
    code = {"SMK": "SMA", "D4": "S1"}.get(found[1], found[1]) if found else ""
    return code if code in EDUCATION else ""
