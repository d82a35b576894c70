"""Three-way merge of one object, field by field.

An object is flattened into paths: `title`, `aims` (a list of texts is one field), `steps/opening/how` (entries are
found by their key, whatever their place). A difference is {path: value}.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Flat = dict[str, Any]
ORDER = "#"


def flatten(content: Mapping[str, Any]) -> Flat:
    """Path → text, number, truth or list of texts; `steps/#` is the order of the entries of `steps`."""
    found: Flat = {}
    for name, value in content.items():
        if _has_entries(value):
            found[f"{name}/{ORDER}"] = [one["key"] for one in value]
            for one in value:
                found |= {f"{name}/{one['key']}/{inner}": v for inner, v in one.items() if inner != "key"}
        else:
            found[name] = value
    return found


def build(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The object again; entries that the order does not know stand at the end."""
    content: dict[str, Any] = {}
    entries: dict[str, dict[str, dict[str, Any]]] = {}
    orders: dict[str, list[str]] = {}
    for path, value in flat.items():
        name, _slash, rest = path.partition("/")
        if not rest:
            content[name] = value
        elif rest == ORDER:
            orders[name] = list(value)
            entries.setdefault(name, {})
        else:
            key, _slash, inner = rest.partition("/")
            entries.setdefault(name, {}).setdefault(key, {})[inner] = value
    for name, known in entries.items():
        order = [key for key in orders.get(name, []) if key in known]
        content[name] = [{"key": key, **known[key]} for key in [*order, *(key for key in known if key not in order)]]
    return content


def apply(content: Mapping[str, Any], difference: Mapping[str, Any]) -> dict[str, Any]:
    """The object as it reads here."""
    return build(flatten(content) | dict(difference)) if difference else dict(content)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The paths that differ, sorted."""
    one, other = flatten(before), flatten(after)
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


@dataclass(frozen=True)
class Clash:
    """Both sides changed a field. `theirs` None: the new version has no such field any more."""

    path: str
    base: Any
    theirs: Any
    ours: Any


@dataclass(frozen=True)
class Merged:
    """`kept`: the difference that stays on the new version, clashes among it until somebody decides; `taken_over`:
    paths where the new version says what was said here already."""

    kept: Flat
    clashes: list[Clash] = field(default_factory=list)
    taken_over: list[str] = field(default_factory=list)


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> Merged:
    """base: the installed version; theirs: the new one; ours: the difference on base. Nothing of ours is lost."""
    old, new = flatten(base), flatten(theirs)
    merged = Merged({})
    for path, value in ours.items():
        if path in new and new[path] == value:
            merged.taken_over.append(path)
            continue
        merged.kept[path] = value
        if old.get(path) != new.get(path):
            merged.clashes.append(Clash(path, old.get(path), new.get(path), value))
            if path not in new:
                _save_entry(path, old, new, merged.kept, ours)
    return merged


def _save_entry(path: str, old: Flat, new: Flat, kept: Flat, ours: Mapping[str, Any]) -> None:
    """The entry went from the new version: its other fields stay with what was written here."""
    entry, slash, _inner = path.rpartition("/")
    if slash and not any(one.startswith(f"{entry}/") for one in new):
        for one, value in old.items():
            if one.startswith(f"{entry}/") and one not in ours:
                kept.setdefault(one, value)


def _has_entries(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)
