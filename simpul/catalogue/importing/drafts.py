"""What a reader hands over: a record described, its copies, or the reason why it cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Protocol

from simpul.catalogue.models import Copy, Format


@dataclass(frozen=True, slots=True)
class Maker:
    """A person or body that made a title."""

    name: str
    role: str = ""
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """An ISBN of 13 digits, an ISSN or another number; one with a wrong check digit is kept and marked."""

    kind: str
    value: str
    is_valid: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """Where a title can be opened: a safe https address, and what the record calls it."""

    url: str
    label: str = ""


@dataclass(slots=True)
class Description:
    """A title as one record describes it; every text is clean and fits its column."""

    title: str
    subtitle: str = ""
    part: str = ""
    responsibility: str = ""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    year: int | None = None
    extent: str = ""
    series: str = ""
    language: str = ""
    ddc: str = ""
    format: str = Format.BOOK
    is_easy_reading: bool = False
    summary: str = ""
    makers: list[Maker] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def contributors_line(self) -> str:
        """`Andrea Hirata; Gangsar Sukrisno`, at most 500 characters."""
        return "; ".join(maker.name for maker in self.makers)[:500]

    @property
    def fullness(self) -> int:
        """How much this record says: the fuller of two records describes their common title."""
        return sum(map(bool, _said(self))) + min(len(self.makers), 5) + min(len(self.subjects), 8) + min(len(self.numbers), 3)


_said = attrgetter(*(f.name for f in fields(Description) if f.name not in (
    "makers", "subjects", "numbers", "links", "format")))


@dataclass(slots=True)
class CopyDraft:
    """A copy as a file describes it; without `code` one is made."""

    code: str = ""
    inventory_number: str = ""
    call_number: str = ""
    item_type: str = ""
    shelf: str = ""
    acquisition: str = Copy.Acquisition.UNKNOWN
    supplier: str = ""
    price: int | None = None      # rupiah
    received_on: date | None = None
    state: str = Copy.State.AVAILABLE


@dataclass(slots=True)
class Draft:
    """One record that can be read. `content` is kept byte for byte, `fingerprint` (sha256, hex) tells a changed
    record from an unchanged one, `offset` is how far in the file (bytes) it ended."""

    position: int
    offset: int
    form: str
    external_id: str
    content: bytes
    fingerprint: str
    description: Description
    copies: list[CopyDraft] = field(default_factory=list)
    city_id: str = ""             # the title's own id where the record left this city before
    is_joined_by_id: bool = False  # the same external id further down the file is the same title


@dataclass(slots=True)
class Unreadable:
    """One record that is refused: stable English code, translated reason, and how it begins."""

    position: int
    offset: int
    code: str
    reason: str
    excerpt: str = ""
    is_counted: bool = True  # False: a note beside the records, such as a copy without its title


class Reader(Protocol):
    """Yields what stands in a file, one record after the other, and never raises for what it finds there."""

    source: str
    total_bytes: int

    def __iter__(self) -> Iterator[Draft | Unreadable]: ...
