"""A MARC record in memory: leader and fields, whatever it was written in."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Field:
    """A control field holds `text`, a data field its indicators and (code, value) pairs in order."""

    tag: str
    text: str = ""
    indicators: str = "  "
    subfields: list[tuple[str, str]] = field(default_factory=list)

    def first(self, codes: str) -> str:
        """The first filled subfield with one of these codes; empty where none is."""
        for code, value in self.subfields:
            if code in codes and value:
                return value
        return ""

    def all(self, codes: str) -> list[str]:
        return [value for code, value in self.subfields if code in codes and value]


@dataclass(slots=True)
class Record:
    leader: str
    fields: list[Field]

    def tagged(self, *tags: str) -> Iterator[Field]:
        """Fields with one of these tags, in the record's order."""
        return (f for f in self.fields if f.tag in tags)

    def control(self, tag: str) -> str:
        """The text of the first field with this tag."""
        return next((f.text for f in self.fields if f.tag == tag), "")

    def first(self, tag: str, codes: str = "a") -> str:
        """The first filled subfield of the first field with this tag that has one."""
        return next((value for f in self.fields if f.tag == tag and (value := f.first(codes))), "")


class Broken(Exception):
    """A record that cannot be read; `code` is stable and English."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
