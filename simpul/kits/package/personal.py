"""Nobody's number stands in a kit: a text that looks like a phone number, an e-mail address, a NIK or an account is
refused. Names cannot be recognised; who publishes a kit reads its texts first."""

import re
from typing import Any

from simpul.kits.package.plain import BadKit

PHONE = re.compile(r"(?<![\w.])(\+?62|0)[ -]?8[0-9](?:[ -]?\d){6,11}(?!\w)")
MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}")
NUMBER = re.compile(r"(?<!\d)(?:\d[ .-]?){15,18}(?!\d)")
SKIPPED = {"link", "object", "kit", "id"}  # addresses, not words


def check(value: Any, part: str) -> None:
    """BadKit("personal") for anything of a person in any text of a value."""
    if isinstance(value, str):
        if PHONE.search(value) or MAIL.search(value) or NUMBER.search(value):
            raise BadKit("personal", part)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in SKIPPED:
                check(one, part)
    elif isinstance(value, list):
        for one in value:
            check(one, part)
