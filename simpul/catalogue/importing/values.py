"""Values as catalogues write them, and what they mean here: texts, years, numbers, languages, dates, prices."""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

from stdnum import isbn, issn

from simpul.catalogue.importing.drafts import Number
from simpul.catalogue.models import Copy, Identifier

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u200b\u2028\u2029]+")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
# what fold makes of ASCII: letters small, digits, and spaces for the rest
_FOLDED = {n: chr(n).lower() if chr(n).isalnum() else " " for n in range(128)}
_YEAR = re.compile(r"(?<!\d)(14[5-9]\d|1[5-9]\d\d|20\d\d)(?!\d)")
_DDC = re.compile(r"^\W*((?:\d{3}|2[xX]\d?)(?:\.\d+)*)")
_ISBN = re.compile(r"[0-9][0-9\-– ]{8,}[0-9xX]")
_PIECES = re.compile(r"[,;/|<>]+")
_NOT_DIGIT = re.compile(r"[^0-9Xx]")


def clean(text: str, length: int = 0) -> str:
    """One line in NFC without control characters, cut to `length` characters (0: whole)."""
    if not text:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():  # the space is the only printable one of its kind
        text = _CONTROL.sub(" ", text.replace("\xad", ""))
        if not any(c.isprintable() and c != " " for c in text):
            return ""  # marks of direction and the like alone say nothing
        text = _SPACES.sub(" ", text)
    text = text.strip(" ")
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return text[:length].rstrip() if length and len(text) > length else text


def fold(text: str) -> str:
    """Words for comparing: no accents, no case, no punctuation."""
    if text.isascii():
        return " ".join(text.translate(_FOLDED).split())
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def year_of(text: str) -> int | None:
    """The year of `[1998?]`, `c1998`, `1420 H / 1999 M`; None of `9999`, `19--` or nothing."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def ddc_of(text: str) -> str:
    """`005.133` of `005.13/3 22`, `2X4.1` of the class for Islam; empty where there is no class."""
    found = _DDC.match(text.replace("/", "").replace("'", "").replace("′", ""))
    return found[1].upper()[:40] if found else ""


def isbn_number(text: str) -> Number | None:
    """The ISBN in `979-461-1 (pbk.)` as 13 digits; one with a wrong check digit as written, marked; None of none."""
    if len(text) == 13 and text.isascii() and text.isdigit() and text.startswith(("978", "979")):
        # nearly every number in an export: a third of the time
        adds_up = (sum(map(int, text[::2])) + 3 * sum(map(int, text[1::2]))) % 10 == 0
        return Number(Identifier.Kind.ISBN, text, is_valid=adds_up)
    found = _ISBN.search(text)
    raw = found[0] if found else text.split("(")[0]
    digits = _NOT_DIGIT.sub("", raw).upper()
    if not 8 <= len(digits) <= 20:
        return None
    if len(digits) in (10, 13) and isbn.is_valid(digits):
        return Number(Identifier.Kind.ISBN, isbn.to_isbn13(digits))
    return Number(Identifier.Kind.ISBN, digits, is_valid=False)


def issn_number(text: str) -> Number | None:
    """The ISSN as 8 characters; a wrong one marked; None of none."""
    digits = _NOT_DIGIT.sub("", text.split("(")[0]).upper()
    if not 7 <= len(digits) <= 10:
        return None
    return Number(Identifier.Kind.ISSN, digits, is_valid=len(digits) == 8 and issn.is_valid(digits))


def standard_numbers(text: str) -> list[Number]:
    """ISBNs and ISSNs of one column that may hold several, parted by comma, semicolon, slash or bar."""
    found: list[Number] = []
    if not text:
        return found
    for piece in _PIECES.split(text):
        digits = piece if piece.isdecimal() else _NOT_DIGIT.sub("", piece)
        number = issn_number(piece) if len(digits) == 8 else isbn_number(piece)
        if number and number not in found:
            found.append(number)
    return found


LANGUAGES = {
    "indonesia": "ind", "indonesian": "ind", "bahasa indonesia": "ind", "id": "ind", "inggris": "eng",
    "english": "eng", "en": "eng", "bahasa inggris": "eng", "arab": "ara", "arabic": "ara", "ar": "ara",
    "jawa": "jav", "javanese": "jav", "jv": "jav", "sunda": "sun", "sundanese": "sun", "su": "sun",
    "melayu": "may", "malay": "may", "ms": "may", "belanda": "dut", "dutch": "dut", "nl": "dut",
    "jerman": "ger", "german": "ger", "de": "ger", "prancis": "fre", "perancis": "fre", "french": "fre", "fr": "fre",
    "jepang": "jpn", "japanese": "jpn", "ja": "jpn", "mandarin": "chi", "cina": "chi", "tionghoa": "chi",
    "chinese": "chi", "zh": "chi", "korea": "kor", "korean": "kor", "ko": "kor", "bali": "ban", "betawi": "bew",
    "minang": "min", "minangkabau": "min", "bugis": "bug", "madura": "mad", "batak": "btk", "aceh": "ace",
    "banjar": "bjn", "spanish": "spa", "spanyol": "spa", "russian": "rus", "rusia": "rus", "latin": "lat",
}
_CODE = re.compile(r"^[a-z]{3}$")


@lru_cache(maxsize=512)
def language_of(text: str) -> str:
    """The MARC language code of a code or of a name in Indonesian or English; empty where it is not known."""
    word = fold(text)
    known = LANGUAGES.get(word) or LANGUAGES.get(word.removeprefix("bahasa ").strip())
    if known:
        return known
    return word if _CODE.match(word) and word not in ("und", "zxx", "mul") else ""


ACQUISITIONS = (
    (Copy.Acquisition.PERPUSNAS, ("perpusnas", "perpustakaan nasional", "bantuan perpusnas")),
    (Copy.Acquisition.APBD, ("apbd", "apbn", "anggaran", "pembelian", "beli", "purchase", "dana desa", "bos", "buy",
                             "dispusip", "dinas")),
    (Copy.Acquisition.EXCHANGE, ("tukar", "exchange")),
    (Copy.Acquisition.SELF, ("swadaya", "self", "mandiri", "iuran", "terbitan sendiri")),
    (Copy.Acquisition.GRANT, ("hibah", "hadiah", "sumbangan", "gift", "grant", "donasi", "wakaf", "prize", "bantuan",
                              "donation", "csr")),
)


@lru_cache(maxsize=512)
def acquisition_of(text: str) -> str:
    """How a copy came, from what a file says; SLiMS writes 1 for bought, 2 for given. Unknown stays unknown."""
    word = fold(text)
    if not word:
        return Copy.Acquisition.UNKNOWN
    if word in ("1", "2"):
        return Copy.Acquisition.APBD if word == "1" else Copy.Acquisition.GRANT
    for acquisition, words in ACQUISITIONS:
        if any(w in word for w in words):
            return acquisition
    return Copy.Acquisition.UNKNOWN


_DATES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d/%m/%y")
MONTHS = {name: n for n, names in enumerate((
    ("januari", "january", "jan"), ("februari", "february", "feb", "pebruari"), ("maret", "march", "mar"),
    ("april", "apr"), ("mei", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"),
    ("agustus", "august", "agu", "aug"), ("september", "sep"), ("oktober", "october", "okt", "oct"),
    ("november", "nov", "nopember"), ("desember", "december", "des", "dec")), 1) for name in names}


def date_of(value: object) -> date | None:
    """A whole day from a cell or text; a year alone, zeros or nonsense stay unknown."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    if len(text) > 10 and text[10] in " T" and (text[4] in "-/" or text[2] in "-/."):
        text = text[:10]
    if len(text) == 10 and text[4] == "-":  # nearly every date in an export: eight times faster
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return day if 1800 < day.year < 2100 else None
    for form in _DATES:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 a calendar day has no time zone
        except ValueError:
            continue
        return day if 1800 < day.year < 2100 else None
    words = fold(text).split()
    if len(words) == 3 and words[1] in MONTHS and words[0].isdecimal() and words[2].isdecimal():
        try:
            return date(int(words[2]), MONTHS[words[1]], int(words[0]))
        except ValueError:
            return None
    return None


def rupiah_of(value: object) -> int | None:
    """Whole rupiah of `Rp50.000,00`, `50000.00` or a number; None of nothing or nonsense."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if 0 <= value < 10**12 else None
    text = re.sub(r"[^\d.,]", "", str(value or "")).strip(".,")
    text = re.sub(r"[.,]\d{1,2}$", "", text)
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits and len(digits) <= 12 else None
