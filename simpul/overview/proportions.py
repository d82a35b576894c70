"""A part of a whole in words: "4 of 10", "almost half". Never more exact than it can be read, never a percentage."""

from django.utils.translation import gettext as _

ABOUT = 0.03       # further away than this from its tenths it is "about"
FEW = 10           # of fewer the numbers themselves are told


def in_words(part: int, whole: int) -> str:
    """`part` of `whole` (0 ≤ part ≤ whole, whole > 0). Raises ValueError for anything else: of nothing no part can be
    told.

    Up to nine: "3 of 7". From ten on: none, fewer than 1 in 20, tenths with halves up ("4 of 10", "about 4 of 10" where it
    is more than 3 percent away), almost half, half, a little more than half, almost all (from 95 of 100 on), all.
    """
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole}")
    if part == 0:
        return _("none")
    if part == whole:
        return _("all")
    if whole < FEW:
        return _("%(n)s of %(of)s") % {"n": part, "of": whole}
    if abs(2 * part - whole) * 100 <= whole:  # within half a percent
        return _("half")
    return _of_many(part / whole)


def _of_many(share: float) -> str:
    if share < 0.05:
        return _("fewer than 1 in 20")
    if share >= 0.95:
        return _("almost all")
    if 0.45 <= share < 0.5:
        return _("almost half")
    if 0.5 < share < 0.55:
        return _("a little more than half")
    tenths = int(share * 10 + 0.5)
    words = _("%(n)s of %(of)s") % {"n": tenths, "of": 10}
    return _("about %(part)s") % {"part": words} if abs(share - tenths / 10) > ABOUT else words
