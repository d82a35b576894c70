"""What every kind of event has in common, and how a payload is read: by name, type and length, never trusted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.refusal import Refusal
from simpul.libraries.models import Library
from simpul.sync.models import Event, Phone

MOST_CELLS = 60
MOST_HEADS = 100_000
MOST_PHOTOS = 20


class BadPayload(Refusal):
    """The event holds something else than its kind says."""

    code = "bad_payload"


class NotFound(Refusal):
    """What it names (a book, a card, a session) is not known here."""

    code = "not_found"


@dataclass(frozen=True)
class Told:
    """An event about to be replayed: who brings it, when it happened, and the id of the change. `phone` is None where
    nothing proves which phone it was; `by` is then the person who decided."""

    library: Library
    phone: Phone | None
    event: Event
    by: Actor
    at: datetime
    id: UUID
    without_photos: bool = False


@dataclass(frozen=True)
class Outcome:
    """The row that it became (None: nothing had to be written) and what is doubtful about it besides what the journal
    line of the change says."""

    row: models.Model | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """`read` makes of a payload what `replay` takes; raises BadPayload. `subject` names the book or card it is about,
    by which events that belong together are found."""

    name: str
    schema: int
    read: Callable[["Payload"], Any]
    replay: Callable[[Any, Told], Outcome]
    subject: Callable[[Any], str] = field(default=lambda _given: "")


class Payload:
    """A payload that is read field by field; whatever is not as it should be raises BadPayload."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told

    def text(self, name: str, longest: int, *, is_needed: bool = False) -> str:
        """One line, printable, of at most `longest` characters; "" where it is not said."""
        value = self._told.get(name, "")
        if value is None:
            value = ""
        if not isinstance(value, str) or len(value) > longest * 4:
            raise _bad(name)
        line = " ".join("".join(ch if ch.isprintable() else " " for ch in value).split())
        if len(line) > longest or (is_needed and not line):
            raise _bad(name)
        return line

    def words(self, name: str, longest: int) -> str:
        """Several lines; the line breaks stay."""
        value = self._told.get(name) or ""
        if not isinstance(value, str) or len(value) > longest * 4:
            raise _bad(name)
        text = "".join(ch if ch.isprintable() or ch == "\n" else " " for ch in value.replace("\r\n", "\n")).strip()
        if len(text) > longest:
            raise _bad(name)
        return text

    def code(self, name: str) -> str:
        """A short code of the snapshot's words; the action knows which there are."""
        value = self._told.get(name, "") or ""
        if not isinstance(value, str) or len(value) > 40 or not value.isprintable():
            raise _bad(name)
        return value

    def number(self, name: str, low: int, high: int) -> int | None:
        """A whole number, or None where it is not said."""
        value = self._told.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise _bad(name)
        return value

    def flag(self, name: str) -> bool:
        value = self._told.get(name, False)
        if value not in (True, False, None, ""):
            raise _bad(name)
        return bool(value)

    def id(self, name: str) -> UUID:
        found = self.perhaps_id(name)
        if found is None:
            raise _bad(name)
        return found

    def perhaps_id(self, name: str) -> UUID | None:
        value = self._told.get(name)
        if value is None or value == "":
            return None
        try:
            return UUID(value)
        except (ValueError, TypeError, AttributeError):
            raise _bad(name) from None

    def rows(self, name: str, most: int) -> list["Payload"]:
        value = self._told.get(name) or []
        if not isinstance(value, list) or len(value) > most or not all(isinstance(row, dict) for row in value):
            raise _bad(name)
        return [Payload(row) for row in value]

    def codes(self, name: str, most: int) -> list[str]:
        value = self._told.get(name) or []
        if not isinstance(value, list) or len(value) > most or not all(
                isinstance(code, str) and len(code) <= 40 and code.isprintable() for code in value):
            raise _bad(name)
        return value

    def cells(self, name: str = "cells") -> list[tuple[str, str, int]]:
        """[(sex, age group, how many)], those of none left out."""
        found = [(row.code("sex"), row.code("age_group"), row.number("n", 0, MOST_HEADS) or 0)
                 for row in self.rows(name, MOST_CELLS)]
        return [cell for cell in found if cell[2]]


def _bad(name: str) -> BadPayload:
    return BadPayload(_("This record cannot be read (%(field)s). It is kept; tell the coordinator of the city.") % {
        "field": name[:40]})
