"""The envelope of an event: read, never trusted. Pure; no tables."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

LONGEST = 64 * 1024  # characters of one event
MOST = 2**53         # the largest number that a phone counts exactly
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
_HASH = re.compile(r"[0-9a-f]{64}|")
_KIND = re.compile(r"[a-z_]{1,20}\.[a-z_]{1,19}")


class Broken(ValueError):
    """This text is no event."""


@dataclass(frozen=True)
class Envelope:
    """What stands on an event. `occurred_at` is aware, by the phone's clock; offset and error in milliseconds."""

    version: int
    id: UUID
    device: UUID
    seq: int
    previous_hash: str
    actor: UUID | None
    library: UUID
    kind: str
    schema: int
    occurred_at: datetime
    clock_offset_ms: int | None
    clock_error_ms: int | None
    app: str
    payload: dict[str, Any] = field(repr=False)


def text_hash(text: str) -> str:
    """SHA-256 in hex of the bytes that were signed: what the next event names as the one before."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read(text: str) -> Envelope:
    """The envelope in `text`. Raises Broken, whatever it holds."""
    if len(text) > LONGEST:
        raise Broken("too long")
    try:
        told = json.loads(text)
        return _checked(told)
    except Broken:
        raise
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError, AttributeError) as error:
        raise Broken(type(error).__name__) from None


def _checked(told: dict[str, Any]) -> Envelope:
    payload = told["payload"]
    if not isinstance(payload, dict):
        raise Broken("payload")
    return Envelope(
        version=_number(told["v"], 1, 10_000), id=UUID(told["id"]), device=UUID(told["device"]),
        seq=_number(told["seq"], 1, MOST), previous_hash=_like(_HASH, told["prev"]),
        actor=UUID(told["actor"]) if told.get("actor") is not None else None, library=UUID(told["library"]),
        kind=_like(_KIND, told["kind"]), schema=_number(told["schema"], 1, 10_000),
        occurred_at=_moment(told["occurred_at"]), clock_offset_ms=_perhaps(told.get("clock_offset_ms")),
        clock_error_ms=_perhaps(told.get("clock_error_ms")), app=_like(re.compile(r"[\w.+-]{0,20}"), told.get("app", "")),
        payload=payload)


def _number(value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Broken("number")
    return value


def _perhaps(value: Any) -> int | None:
    """Milliseconds; a hundred years are no clock's error but nonsense, and taken for unknown."""
    if value is None:
        return None
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 3_155_760_000_000 else None


def _like(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Broken("text")
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_like(_MOMENT, value))
    if not 1000 < moment.year < 9000:
        raise Broken("moment")
    return moment.astimezone(UTC)
