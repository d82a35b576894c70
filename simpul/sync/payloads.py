"""What an event tells, out of its text."""

import json
from typing import Any

from simpul.sync.models import Event


def told_by(event: Event) -> dict[str, Any]:
    """The whole text, read once; {} where it was emptied or cannot be read."""
    if event.read is None:
        try:
            told = json.loads(event.text)
        except (ValueError, TypeError, RecursionError):
            told = {}
        event.read = told if isinstance(told, dict) else {}
    return event.read


def payload_of(event: Event) -> dict[str, Any]:
    """The payload; {} where the text was emptied or cannot be read."""
    told = told_by(event).get("payload")
    return told if isinstance(told, dict) else {}
