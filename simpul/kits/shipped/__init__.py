"""Kits that come with the house: a folder each, kit.toml and the objects by kind in any other .toml file.

The same reader builds a kit from anybody's folder (`bin/simpul kit build`).
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from simpul.kits.package import BadKit, Draft, kinds, write
from simpul.kits.package.writing import Head, Signer

FOLDER = Path(__file__).parent
HOUSE = "Simpul"
MINE = UUID("7a0f4a52-52b8-5d0c-9f0b-3b8d0c6f1e55")  # of ids made from a kit's address, an object's kind and name


def shipped() -> list[str]:
    """The names of the kits that come with the house."""
    return sorted(path.parent.name for path in FOLDER.glob("*/kit.toml"))


def archive(key: str, *, signer: str, x: str, sign: Signer) -> bytes:
    """A shipped kit as a file. KeyError: there is none of this name."""
    if key not in shipped():
        raise KeyError(key)
    head, drafts = folder(FOLDER / key)
    return write(head, drafts, signer=signer, x=x, sign=sign)


def title_of(key: str) -> str:
    return str(tomllib.loads((FOLDER / key / "kit.toml").read_text("utf-8"))["title"])


def folder(path: Path) -> tuple[Head, list[Draft]]:
    """A folder of texts as a kit that is not written yet. BadKit: "manifest" or "field" with the file to blame."""
    told = _toml(path / "kit.toml")
    try:
        head = Head(**told)
    except TypeError:
        raise BadKit("field", "kit.toml") from None
    found: list[tuple[str, dict[str, Any]]] = []
    for file in sorted(path.glob("*.toml")):
        if file.name != "kit.toml":
            for kind, rows in _toml(file).items():
                if kind not in kinds.FIELDS or not isinstance(rows, list):
                    raise BadKit("kind", f"{file.name}: {kind}")
                found += [(kind, row) for row in rows]
    order = {kind: n for n, kind in enumerate(kinds.FIELDS)}
    found.sort(key=lambda pair: order[pair[0]])
    return head, [_draft(head.id, kind, row) for kind, row in found]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadKit("manifest", path.name) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise BadKit("json", path.name) from None


def object_id(uri: str, kind: str, name: str) -> str:
    return str(uuid5(MINE, f"{uri} {kind} {name}"))


def _draft(uri: str, kind: str, row: Mapping[str, Any]) -> Draft:
    content = {name: _clean(value) for name, value in row.items() if name not in ("name", "words")}
    if kind == "texts":
        content["texts"] = [
            {"key": f"t{n:03}", "object": object_id(uri, *where.split("/")[:2]), "field": "/".join(where.split("/")[2:]),
             "text": text.strip()} for n, (where, text) in enumerate(row["words"].items(), 1)]
    try:
        return Draft(object_id(uri, kind, row["name"]), kind, f"{kind.replace('_', '-')}-{row['name']}", content)
    except KeyError:
        raise BadKit("field", f"{kind}: name") from None


def _clean(value: Any) -> Any:
    """Texts without the line break that TOML leaves at their end."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {name: _clean(one) for name, one in value.items()} if isinstance(value, dict) else value
