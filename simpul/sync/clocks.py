"""When did it happen? Order comes from the sequence; the clock of a phone is asked and doubted.

A moment is believed if it lies between what came before it and its arrival. Where the clock told nonsense (an empty
battery gives 1970, a finger gives next year), the next best is taken: that the clock was then as wrong as it is at the
delivery; else the bound it broke. Whatever was not simply believed is uncertain, counted and marked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

SLACK = timedelta(minutes=2)         # measuring a clock over a slow line
TOO_VAGUE_MS = 15 * 60 * 1000        # a clock known no better than this may be on the wrong side of midnight
OLDEST = timedelta(days=400)         # no outbox is that old; without anything known before it a year is believed


@dataclass(frozen=True)
class Moment:
    """When it happened for all we know; `how` says what was assumed: "" (believed), "delivery", "earliest", "latest",
    "unknown"."""

    at: datetime
    how: str = ""

    @property
    def is_uncertain(self) -> bool:
        return self.how != ""


def moment_of(*, occurred_at: datetime, offset_ms: int | None, error_ms: int | None, known_before: datetime | None,
              received_at: datetime, delivery_offset: timedelta | None = None) -> Moment:
    """`offset_ms` is node minus phone, as the phone last measured it; `delivery_offset` the same as it was when the event
    was delivered; `known_before` a moment that lies before it for certain."""
    earliest = known_before or received_at - OLDEST
    told = _plus(occurred_at, timedelta(milliseconds=offset_ms or 0))
    if earliest - SLACK <= told <= received_at + SLACK:
        is_vague = offset_ms is None or (error_ms is not None and error_ms > TOO_VAGUE_MS)
        return Moment(_within(told, earliest, received_at), "unknown" if is_vague else "")
    if delivery_offset is not None:
        again = _plus(occurred_at, delivery_offset)
        if earliest - SLACK <= again <= received_at + SLACK:
            return Moment(_within(again, earliest, received_at), "delivery")
    return Moment(min(earliest, received_at), "earliest") if told < earliest else Moment(received_at, "latest")


def _within(at: datetime, earliest: datetime, latest: datetime) -> datetime:
    return max(min(at, latest), min(earliest, latest))


def _plus(at: datetime, offset: timedelta) -> datetime:
    try:
        return at + offset
    except OverflowError:
        return at
