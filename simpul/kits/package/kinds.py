"""What the objects of a kit are made of: kinds, their folders, their fields.

A field is a text, a whole number, a truth, a list of texts, or a list of entries that each have a `key` of their own
and so keep their identity from version to version.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simpul.kits.package.plain import BadKit

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
DAY = re.compile(r"T([+-]\d{1,4})?")
CLOCK = re.compile(r"([01]\d|2[0-3])\.[0-5]\d")
LINK = re.compile(r"https://[^\s<>\"']{4,300}")
CODE = re.compile(r"[a-z][a-z0-9_]{2,59}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
MOST_ENTRIES = 60
LEFT_OUT = ("cost", "jp", "minutes", "right")  # numbers that an object may say nothing of


@dataclass(frozen=True)
class Text:
    longest: int = 300
    form: re.Pattern[str] | None = None
    is_required: bool = False

    def fits(self, value: Any) -> bool:
        if not isinstance(value, str) or len(value) > self.longest or (self.is_required and not value.strip()):
            return False
        return not (self.form and value) or bool(self.form.fullmatch(value))


@dataclass(frozen=True)
class Number:
    least: int = 0
    most: int = 100_000

    def fits(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most


@dataclass(frozen=True)
class Truth:
    def fits(self, value: Any) -> bool:
        return isinstance(value, bool)


@dataclass(frozen=True)
class OneOf:
    names: tuple[str, ...]

    def fits(self, value: Any) -> bool:
        return isinstance(value, str) and value in self.names


@dataclass(frozen=True)
class Texts:
    longest: int = 400

    def fits(self, value: Any) -> bool:
        return isinstance(value, list) and len(value) <= MOST_ENTRIES and all(
            isinstance(one, str) and 0 < len(one) <= self.longest for one in value)


@dataclass(frozen=True)
class Entries:
    """A list of entries with keys."""

    fields: Mapping[str, Any] = field(default_factory=dict)

    def fits(self, value: Any) -> bool:
        if not isinstance(value, list) or len(value) > MOST_ENTRIES * 4:
            return False
        keys = [one.get("key") if isinstance(one, dict) else None for one in value]
        return (all(isinstance(key, str) and KEY.fullmatch(key) for key in keys) and len(set(keys)) == len(keys)
                and all(_fits(self.fields, {n: v for n, v in one.items() if n != "key"}) for one in value))


TITLE, LONG, SET = Text(160, is_required=True), Text(8_000), OneOf(("minimum", "optional"))
QUESTION_KINDS = ("one", "several", "likert4", "likert5", "number", "text", "yes_no")
FIELDS: dict[str, dict[str, Any]] = {
    "stage": {"title": TITLE, "days": Text(60), "aim": Text(800), "evidence": Texts()},
    "task": {"title": TITLE, "day": Text(6, DAY, True), "who": Text(120), "how": Text(1_000), "set": SET},
    "session": {
        "title": TITLE, "day": Number(1, 30), "starts": Text(5, CLOCK, True), "minutes": Number(1, 600), "jp": Number(0, 20),
        "set": SET, "speaker": Text(160), "aims": Texts(), "needs": Texts(), "notes": LONG, "exercise": LONG,
        "steps": Entries({"minutes": Number(0, 300), "title": Text(160, is_required=True), "how": Text(2_000)})},
    "material": {"title": TITLE, "audience": Text(160), "text": LONG, "link": Text(310, LINK)},
    "test": {"title": TITLE, "intro": Text(600), "questions": Entries({
        "text": Text(500, is_required=True), "choices": Texts(), "right": Number(1, 8), "why": Text(600)})},
    "form": {
        "title": TITLE, "purpose": OneOf(("need", "feedback", "baseline", "plan", "outcomes")), "intro": Text(600),
        "questions": Entries({"kind": OneOf(QUESTION_KINDS), "text": Text(300, is_required=True), "choices": Texts(200),
                              "is_required": Truth()})},
    "indicator": {"title": TITLE, "indicator": Text(60, CODE, True), "version": Number(1, 99), "why": Text(600)},
    "own_indicator": {
        "title": TITLE, "code": Text(60, CODE, True), "meaning": Text(1_000), "numerator": Text(400), "denominator": Text(400),
        "unit": Text(60), "over_time": OneOf(("sum", "last", "average")), "over_place": OneOf(("sum", "average")),
        "how": Text(1_000)},
    "activity": {
        "title": TITLE, "kind": Text(40, CODE, True), "aim": Text(800), "minutes": Number(0, 1_440), "steps": Texts(600),
        "needs": Texts(), "cost": Number(0, 1_000_000_000), "partners": Texts(), "risks": Texts(), "set": SET},
    "badge": {"title": TITLE, "description": Text(800), "criteria": Text(800), "jp": Number(0, 200)},
    "texts": {"title": TITLE, "language": Text(3, LANGUAGE, True), "texts": Entries({
        "object": Text(36, UUID, True), "field": Text(40, is_required=True), "text": LONG})},
}
FOLDERS = {"stage": "programme", "task": "programme", "session": "curriculum", "material": "curriculum", "test": "curriculum",
           "form": "forms", "indicator": "indicators", "own_indicator": "indicators", "activity": "activities",
           "badge": "badges", "texts": "texts"}


def check(kind: str, content: Mapping[str, Any], part: str) -> None:
    """BadKit("kind") or BadKit("field")."""
    if kind not in FIELDS:
        raise BadKit("kind", part)
    if not _fits(FIELDS[kind], content):
        raise BadKit("field", f"{part}: {_first_wrong(FIELDS[kind], content)}")
    for one in content.get("questions", ()):
        if "right" in one and one["right"] > len(one.get("choices", ())):
            raise BadKit("field", f"{part}: questions")


def _fits(fields: Mapping[str, Any], content: Mapping[str, Any]) -> bool:
    return not _first_wrong(fields, content)


def _first_wrong(fields: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    for name, value in content.items():
        if name not in fields or not fields[name].fits(value):
            return str(name)[:60]
    for name, of in fields.items():
        is_wanted = getattr(of, "is_required", False) or (isinstance(of, Number | OneOf) and name not in LEFT_OUT)
        if name not in content and is_wanted:
            return name
    return ""
