"""The index as it was computed year by year, and the bands it was read by. None of these converts into another.

2021: a hundred times the sum of seven ratios. 2022: a hundred times their mean. 2023 and 2024: each ratio brought between 0
and 1 by the lowest and the highest of all who were compared, then as in 2022; without the others' ratios, which are not
published, it is a simulation. 2025: `simulation.py`.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

#: the seven elements (UPLM) of the index until 2024
ELEMENTS: dict[str, Any] = {
    "1": _("libraries for the residents"), "2": _("sufficient collection"), "3": _("sufficient staff"), "4": _("visits a day"),
    "5": _("libraries that meet the national standard"), "6": _("residents in activities"), "7": _("members")}

#: by kind of library, whose number each element is divided by (AM)
DENOMINATORS: dict[str, Any] = {
    "public": _("residents"), "school": _("pupils, teachers and staff of the school"),
    "university": _("students, lecturers and staff of the university"),
    "special": _("employed residents times a correction factor")}

BANDS: tuple[tuple[Decimal, Any], ...] = (
    (Decimal(30), _("very low")), (Decimal(50), _("low")), (Decimal(80), _("medium")), (Decimal(90), _("high")),
    (Decimal("100.01"), _("very high")))


class NoFormula(ValueError):
    """No formula of that year is published."""


def denominator_of(kind: str) -> Any:
    """What a kind of library is compared with. KeyError: no such kind."""
    return DENOMINATORS[kind]


def band_of(index: Decimal) -> Any:
    """0–29.9 very low, 30–49.9 low, 50–79.9 medium, 80–89.9 high, 90–100 very high."""
    return next(name for limit, name in BANDS if index < limit)


def brought_between(ratios: Sequence[Decimal], lowest: Sequence[Decimal], highest: Sequence[Decimal]) -> list[Decimal]:
    """Each ratio between 0 and 1, by the lowest and the highest of everybody; where all are alike, 0."""
    return [Decimal(0) if high == low else (one - low) / (high - low)
            for one, low, high in zip(ratios, lowest, highest, strict=True)]


def index_of(year: int, ratios: Sequence[Decimal], *, lowest: Sequence[Decimal] = (), highest: Sequence[Decimal] = (),
             decimals: int = 2) -> Decimal:
    """The index of seven ratios (numerator by AM). Raises NoFormula, ValueError for another number of ratios."""
    if len(ratios) != len(ELEMENTS):
        raise ValueError("the index has seven elements")
    if year == 2021:
        return rounded(100 * sum(ratios, Decimal(0)), decimals)
    if year == 2022:
        return rounded(100 * sum(ratios, Decimal(0)) / len(ratios), decimals)
    if year in (2023, 2024) and lowest and highest:
        return rounded(100 * sum(brought_between(ratios, lowest, highest), Decimal(0)) / len(ratios), decimals)
    raise NoFormula(year)


def rounded(value: Decimal, decimals: int = 2) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def ratios_of(inputs: Mapping[str, int | Decimal | None], denominator: Decimal | None) -> dict[str, Decimal | None]:
    """Each element by the denominator; None where either is unknown or the denominator is 0."""
    return {key: None if inputs.get(key) is None or not denominator else Decimal(inputs[key] or 0) / denominator
            for key in ELEMENTS}
