"""Short codes of figures, printed as QR and typed by hand: what, where, which period, and the day it was printed.

The code says it all itself (`visits.L001.2025-03.k3m`): reading one asks no table, making one writes none.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from simpul.core import clock
from simpul.files.papers import code_picture

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
EPOCH = date(2020, 1, 1)


@dataclass(frozen=True)
class Printed:
    """What a code names; `on` is the day on which it was printed, None where the code does not say."""

    indicator: str
    place: str
    period: str
    on: date | None


def code_of(indicator: str, place: str, period: str, at: datetime) -> str:
    day = clock.local_date(at, "Asia/Jakarta")
    return ".".join((indicator, place.replace(".", "-"), period.replace("..", "~"), _in_letters((day - EPOCH).days)))


def read_code(text: str) -> Printed | None:
    """None: no such code."""
    parts = text.strip().split(".")
    if len(parts) not in (3, 4) or not all(parts[:3]):
        return None
    place = parts[1].replace("-", ".") if parts[1].replace("-", "").isdigit() else parts[1]
    on = None
    if len(parts) == 4:
        days = _from_letters(parts[3])
        if days is None:
            return None
        on = EPOCH + timedelta(days=days)
    return Printed(parts[0], place, parts[2].replace("~", ".."), on)


def _in_letters(n: int) -> str:
    n, text = max(n, 0), ""
    while True:
        n, digit = divmod(n, 36)
        text = DIGITS[digit] + text
        if not n:
            return text


def _from_letters(text: str) -> int | None:
    if not text or len(text) > 4 or any(c not in DIGITS for c in text.lower()):
        return None
    return int(text, 36)


def receipt_qr(figure: Any, base: str) -> bytes:
    """The picture (SVG) for paper that leads to a figure's receipt; `base` is the address of the node without a slash
    at its end."""
    return code_picture(f"{base}/k/{figure.code}/")
