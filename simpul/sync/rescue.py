"""A rescue file: what a phone holds, by any road. Read here; taken in by the same action as everything else."""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.core.refusal import Refusal
from simpul.sync.actions import Delivered
from simpul.sync.envelope import LONGEST
from simpul.sync.signing import bytes_of

FORMAT = "simpul-sync-1"
CODE = "SIMPUL1:"
MOST_EVENTS = 20_000
MOST_BYTES = 60 * 1024 * 1024


class NotARescueFile(Refusal):
    code = "not_a_rescue_file"


@dataclass(frozen=True)
class RescuePhoto:
    event: UUID | None
    sha256: str
    content: bytes


@dataclass(frozen=True)
class Rescue:
    """The events of a file in its order, and its pictures."""

    events: list[Delivered]
    photos: list[RescuePhoto]


def opened(content: bytes) -> Rescue:
    """What a file, or the text of a code, holds. Raises NotARescueFile."""
    refused = NotARescueFile(_("This is no file from a phone, or it did not arrive whole. Save it on the phone again."))
    content = content.strip()
    try:
        if content.startswith(CODE.encode()):
            content = _unpacked(bytes_of(content[len(CODE):].decode().strip()))
        elif content[:2] == b"\x1f\x8b":
            content = _unpacked(content)
        told = json.loads(content)
        if told["format"] != FORMAT:
            raise refused
        events = [Delivered(_text(one["event"], LONGEST), _text(one["sig"], 200)) for one in told["events"]]
        photos = [RescuePhoto(_id(one.get("event")), _text(one["sha256"], 64), base64.b64decode(one["data"]))
                  for one in told.get("photos") or []]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error, zlib.error):
        raise refused from None
    if len(events) > MOST_EVENTS:
        raise refused
    return Rescue(events, photos)


def _unpacked(packed: bytes) -> bytes:
    engine = zlib.decompressobj(wbits=31)
    content = engine.decompress(packed, MOST_BYTES)
    if not engine.eof:
        raise ValueError("cut off or too large")
    return content


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError("text")
    return value


def _id(value: object) -> UUID | None:
    return UUID(value) if isinstance(value, str) and value else None
