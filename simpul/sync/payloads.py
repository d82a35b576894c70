"""What an event tells, out of its text."""

import json
from typing import Any

from simpul.sync.models import Event


def payload_of(event: Event) -> dict[str, Any]:
    """The payload; {} where the text was emptied or cannot be read."""
    try:
        told = json.loads(event.text)["payload"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
