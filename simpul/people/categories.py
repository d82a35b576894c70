"""The category codes of INLISLite's guest book, kept for exchange (INLISLite 3.3, `MasterPekerjaan` and
`MasterPendidikan` as described in the domain notes)."""

from django.utils.translation import gettext_lazy as _

OCCUPATIONS = {
    "PNS": _("civil servant"), "Guru": _("teacher"), "PSwasta": _("private employee"), "Peneliti": _("researcher"),
    "Dosen": _("lecturer"), "Pensiunan": _("retired"), "TNI": _("soldier or police"),
    "Wiraswasta": _("self-employed"), "Pelajar": _("pupil"), "Mahasiswa": _("student"), "Lainnya": _("other"),
}
EDUCATION = {code: code for code in ("TK", "SD", "SMP", "SMA", "D1", "D2", "D3", "S1", "S2", "S3")}
#: what helps, recorded only when offered; never a diagnosis
HELP = {
    "ramp": _("ramp or help with steps"), "large_print": _("large print"), "braille": _("braille"),
    "audio": _("audio books"), "sign": _("sign language"), "easy": _("easy reading"), "quiet": _("a quiet corner"),
}

_SEX = {"l": "L", "laki-laki": "L", "laki": "L", "pria": "L", "m": "L", "male": "L",
        "p": "P", "perempuan": "P", "wanita": "P", "f": "P", "female": "P"}
_YEARS = ((5, "0-5"), (12, "6-12"), (17, "13-17"), (59, "18-59"))


def sex_said(text: str) -> str | None:
    """"L" or "P" as tables of others write it; "" where nothing is said, None where it is not known."""
    return _SEX.get(text.casefold()) if text else ""


def age_group_said(text: str) -> str | None:
    """A group as it is called here, or years; "" where nothing is said, None where it is not known."""
    plain = text.replace("–", "-").replace(" ", "").replace("tahun", "").replace("th", "")
    if plain in ("", "0-5", "6-12", "13-17", "18-59", "60+"):
        return plain
    if plain.isdecimal() and int(plain) < 120:
        return next((group for limit, group in _YEARS if int(plain) <= limit), "60+")
    return None
