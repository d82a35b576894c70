"""JSON with one form only, so that a hash means the same everywhere."""

import hashlib
import json
from typing import Any

DEEPEST = 8
LONGEST_TEXT = 12_000      # characters of one text
LONGEST_NUMBER = 12        # digits


class BadKit(Exception):
    """This file is no kit that may be taken. `code` says why; `part` which part of it, where one is to blame."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(f"{code}: {part}" if part else code)
        self.code = code
        self.part = part


def canonical(value: Any) -> bytes:
    """Sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def parse(content: bytes, part: str) -> dict[str, Any]:
    """An object of texts, whole numbers, truths, lists and objects. BadKit: json (not that), text (control characters
    or a text too long), deep."""
    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_float=_never, parse_constant=_never,
                           parse_int=_whole)
    except RecursionError:
        raise BadKit("deep", part) from None
    except (UnicodeDecodeError, ValueError):
        raise BadKit("json", part) from None
    if not isinstance(found, dict):
        raise BadKit("json", part)
    _check(found, part, 0)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _never(text: str) -> Any:
    raise ValueError(f"{text} is no whole number")


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number too long")
    return int(text)


def _check(value: Any, part: str, depth: int) -> None:
    if depth > DEEPEST:
        raise BadKit("deep", part)
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT or any((ord(one) < 32 and one != "\n") or 0xD800 <= ord(one) <= 0xDFFF
                                            or ord(one) in (0x7F, 0x202E, 0x2066, 0x2067, 0x2068) for one in value):
            raise BadKit("text", part)
    elif isinstance(value, dict):
        for name, one in value.items():
            _check(name, part, depth)
            _check(one, part, depth + 1)
    elif isinstance(value, list):
        for one in value:
            _check(one, part, depth + 1)
