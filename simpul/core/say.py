"""What a page tells after a change, with the way to undo it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, text: Any, *, undo: str = "", level: int = messages.SUCCESS) -> None:
    """Show `text` on the next page; with `undo` (an address taking POST) the message offers it for a minute."""
    messages.add_message(request, level, text, extra_tags=f"undo:{undo}" if undo else "")
