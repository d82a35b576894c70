"""What the fields of objects are called on pages and paper, and an object as lines to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from simpul.kits.package import kinds

LABELS: dict[str, Any] = {
    "title": _("Title"), "days": _("When"), "aim": _("Aim"), "evidence": _("How we see it"), "day": _("Day"),
    "who": _("Who"), "how": _("How"), "set": _("Part of"), "starts": _("Begins at"), "minutes": _("Minutes"), "jp": _("JP"),
    "speaker": _("Speaker"), "aims": _("Afterwards participants can"), "needs": _("What is needed"),
    "notes": _("Notes for the facilitator"), "exercise": _("Exercise"), "steps": _("Step by step"),
    "audience": _("For"), "text": _("Text"), "link": _("Web link"), "intro": _("Introduction"), "questions": _("Questions"),
    "purpose": _("Purpose"), "indicator": _("Indicator"), "version": _("Version"), "why": _("Why"), "code": _("Code"),
    "meaning": _("Meaning"), "numerator": _("Numerator"), "denominator": _("Denominator"), "unit": _("Unit"),
    "over_time": _("Over time"), "over_place": _("Over libraries"), "kind": _("Kind"), "cost": _("Cost in rupiah"),
    "partners": _("Possible partners"), "risks": _("What may go wrong"), "description": _("Description"),
    "criteria": _("Earned by"), "language": _("Language"), "texts": _("Texts"), "choices": _("Choices"),
    "right": _("Right answer"), "object": _("Object"), "field": _("Field")}
VALUES: dict[str, Any] = {
    "minimum": _("the minimum"), "optional": _("what may be added"), "need": _("needs"), "feedback": _("feedback"),
    "baseline": _("baseline"), "plan": _("follow-up plan"), "outcomes": _("outcomes"), "sum": _("added up"),
    "last": _("the last one"), "average": _("average")}
SKIPPED = ("title", "key")
#: what reads differently from place to place; choices of the format are no texts
EDITABLE = (kinds.Text, kinds.Texts, kinds.Number)
LOCKED = {("indicator", "indicator"), ("indicator", "version"), ("own_indicator", "code"), ("texts", "language"),
          ("texts", "object"), ("texts", "field"), ("activity", "kind"), ("form", "kind")}


def label_of(path: str, words: Mapping[str, Any] | None = None) -> str:
    """A field's name; of an entry with what it is called: "Step by step · Opening · How"."""
    parts = path.split("/")
    first = str(LABELS.get(parts[0], parts[0]))
    if len(parts) < 3:
        return first
    entry = next((one for one in (words or {}).get(parts[0], ()) if one["key"] == parts[1]), {})
    return f"{first} · {str(entry.get('title') or entry.get('text') or parts[1])[:60]} · {LABELS.get(parts[2], parts[2])}"


#: fields that stand in one line under the title
SHORT = ("day", "days", "starts", "minutes", "jp", "set", "who")


def facts_of(kind: str, words: Mapping[str, Any]) -> str:
    """The short fields in one line."""
    told = [_("day %(n)s") % {"n": words["day"]} if kind == "session" else words.get("day"), words.get("days"),
            words.get("starts"), _("%(n)s minutes") % {"n": words["minutes"]} if words.get("minutes") else None,
            f"{words['jp']} JP" if words.get("jp") else None, words.get("who"), VALUES.get(words.get("set", ""))]
    return " · ".join(str(part) for part in told if part)


def as_text(value: Any) -> str:
    """A value of a difference, as somebody reads it."""
    if value is None:
        return ""
    return "\n".join(str(one) for one in value) if isinstance(value, list) else str(value)


@dataclass(frozen=True)
class Line:
    """A field to read. shape: text, list, steps, questions, texts."""

    name: str
    label: Any
    shape: str
    value: Any
    is_adapted: bool


def lines_of(kind: str, words: Mapping[str, Any], adapted: Mapping[str, Any]) -> list[Line]:
    """Every field that says something, in the order of its kind."""
    touched = {path.split("/")[0] for path in adapted}
    found = []
    for name, of in kinds.FIELDS[kind].items():
        value = words.get(name)
        if name in SKIPPED or value in (None, "", []):
            continue
        shape = name if isinstance(of, kinds.Entries) else "list" if isinstance(of, kinds.Texts) else "text"
        found.append(Line(name, LABELS[name], shape, VALUES.get(value, value) if isinstance(of, kinds.OneOf) else value,
                          name in touched))
    return found


def editable(kind: str, words: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """(path, its type, what it says) of every text and number that may read differently here."""
    found: list[tuple[str, Any, Any]] = []
    for name, of in kinds.FIELDS[kind].items():
        if isinstance(of, kinds.Entries):
            for entry in words.get(name, ()):
                found += [(f"{name}/{entry['key']}/{inner}", inner_of, entry[inner]) for inner, inner_of in of.fields.items()
                          if isinstance(inner_of, EDITABLE) and inner in entry and (kind, inner) not in LOCKED]
        elif isinstance(of, EDITABLE) and name in words and (kind, name) not in LOCKED:
            found.append((name, of, words[name]))
    return found
