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
