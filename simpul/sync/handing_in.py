"""A rescue file handed in: at a page by anybody, or at the command line."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from simpul.core.refusal import Refusal
from simpul.sync.actions import Receipt, receive, receive_photo
from simpul.sync.actions.receiving import receipts_of
from simpul.sync.models import EventPhoto
from simpul.sync.rescue import opened

AT_ONCE = 500


@dataclass(frozen=True)
class HandedIn:
    """One receipt an event, as they are in the end; how many pictures were taken and how many were not."""

    receipts: list[Receipt]
    photos: int
    photos_left: int

    @property
    def by_state(self) -> dict[str, int]:
        return dict(Counter(receipt.state for receipt in self.receipts))


def hand_in(content: bytes, *, at: datetime) -> HandedIn:
    """Take in what a rescue file (or the text of a code) holds. The same file again is harmless. Raises
    NotARescueFile, TooManyStrangers."""
    rescue = opened(content)
    for start in range(0, len(rescue.events), AT_ONCE):
        receive(rescue.events[start:start + AT_ONCE], at=at)
    taken = left = 0
    for photo in rescue.photos:
        for event_id in [photo.event] if photo.event else _events_with(photo.sha256):
            try:
                receive_photo(event_id=event_id, sha256=photo.sha256, content=photo.content, at=at)
                taken += 1
            except Refusal:
                left += 1
    return HandedIn(receipts_of(rescue.events), taken, left)


def _events_with(sha256: str) -> list[UUID]:
    """Which events name this picture."""
    rows = EventPhoto.objects.filter(sha256=sha256[:64], event__is_first=True)
    return [event_id for event_id in rows.values_list("event__event_id", flat=True)[:20] if event_id]

