"""kit.json: what a kit says of itself, and the whole check of a file."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from simpul.certificates.badges import jws
from simpul.kits.package import kinds, personal
from simpul.kits.package.plain import BadKit, canonical, digest, parse
from simpul.kits.package.reading import parts_of

FORMAT, TYP, NAME = "simpul-kit/1", "simpul-kit+jwt", "kit.json"
URI = re.compile(r"(https://[a-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~-]+)*/?|urn:[a-z0-9][a-z0-9-]{1,31}:[A-Za-z0-9._:-]{1,120})")
VERSION = re.compile(r"(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})")
HASH = re.compile(r"[0-9a-f]{64}")
#: SPDX; those that forbid changes are left out, since a kit is made to be adapted
LICENCES = ("CC-BY-SA-4.0", "CC-BY-4.0", "CC0-1.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0")
ROLES = ("author", "adapted", "translated", "reviewed", "funded", "shipped")
_URI, _VERSION, _HASH = kinds.Text(200, URI, True), kinds.Text(14, VERSION, True), kinds.Text(64, HASH, True)
HEAD: dict[str, Any] = {
    "format": kinds.OneOf((FORMAT,)), "id": _URI, "version": _VERSION, "title": kinds.Text(160, is_required=True),
    "summary": kinds.Text(800), "jurisdiction": kinds.Text(20), "licence": kinds.OneOf(LICENCES)}
REST = {"languages", "requires", "derivedFrom", "credits", "changelog", "objects", "files", "signedBy", "signature"}


@dataclass(frozen=True)
class Thing:
    """An object: `origin` names the kit, version and hash where it was first written so."""

    id: str
    kind: str
    path: str
    hash: str
    origin: Mapping[str, str]
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Kit:
    """A file that holds together: every part there, every hash right, the signature by `key`."""

    told: Mapping[str, Any]     # kit.json as it stands
    hash: str                   # of kit.json without its signature
    things: tuple[Thing, ...]
    key: str                    # the public key (base64url of 32 bytes); whether it is trusted is for its reader to know
    signer: str

    @property
    def id(self) -> str:
        return str(self.told["id"])

    @property
    def version(self) -> str:
        return str(self.told["version"])

    @property
    def title(self) -> str:
        return str(self.told["title"])

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key)


def fingerprint(x: str) -> str:
    """Of a public key, in eight groups to be compared by eye or on the phone; as of a certificate's key file."""
    found = hashlib.sha256(x.encode()).hexdigest()[:32]
    return " ".join(found[n:n + 4] for n in range(0, 32, 4))


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(one) for one in version.split("."))


def newer(one: str, other: str) -> bool:
    """Is version `one` later than `other`?"""
    return numbers(one) > numbers(other)


def unsigned(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "signature"}


def read(content: bytes) -> Kit:
    """Raises BadKit; nothing is taken of a file that is not right to its last part."""
    parts = parts_of(content)
    if NAME not in parts:
        raise BadKit("manifest")
    told = parse(parts[NAME], NAME)
    _check_head(told)
    _check_files(told["files"], parts)
    hash = digest(unsigned(told))
    key = _signed(told, hash)
    things = tuple(_thing(one, parts, told) for one in told["objects"])
    _check_things(things, told, parts)
    return Kit(told, hash, things, key, told["signedBy"]["name"])


def _fits(value: Any, fields: Mapping[str, Any]) -> bool:
    return isinstance(value, dict) and set(value) == set(fields) and all(fields[n].fits(v) for n, v in value.items())


def _check_head(told: dict[str, Any]) -> None:
    wrong = (set(told) - set(HEAD) - REST) | ((set(HEAD) | REST) - set(told))
    if "signature" in wrong or "signedBy" in wrong:
        raise BadKit("unsigned")
    if wrong:
        raise BadKit("field", f"{NAME}: {min(wrong)[:60]}")
    for name, of in HEAD.items():
        if not of.fits(told[name]):
            raise BadKit("licence" if name == "licence" else "field", f"{NAME}: {name}")
    text = kinds.Text(160, is_required=True)
    lists = {
        "languages": lambda one: isinstance(one, str) and kinds.LANGUAGE.fullmatch(one),
        "credits": lambda one: _fits(one, {"name": text, "role": kinds.OneOf(ROLES), "kit": kinds.Text(200)}),
        "changelog": lambda one: _fits(one, {"version": _VERSION, "date": kinds.Text(10), "text": kinds.Text(600)})
        and _is_date(one["date"]),
        "objects": lambda one: isinstance(one, dict),
    }
    for name, fits in lists.items():
        if not isinstance(told[name], list) or not 1 <= len(told[name]) <= 600 or not all(fits(one) for one in told[name]):
            raise BadKit("field", f"{NAME}: {name}")
    requires = told["requires"]
    if not (isinstance(requires, dict) and set(requires) == {"simpul", "kits"} and _VERSION.fits(requires["simpul"])
            and isinstance(requires["kits"], list) and len(requires["kits"]) <= 20
            and all(_fits(one, {"id": _URI, "version": _VERSION}) for one in requires["kits"])):
        raise BadKit("field", f"{NAME}: requires")
    if told["derivedFrom"] is not None and not _fits(told["derivedFrom"], {"id": _URI, "version": _VERSION, "hash": _HASH}):
        raise BadKit("field", f"{NAME}: derivedFrom")
    if not _fits(told["signedBy"], {"name": text, "x": kinds.Text(43, is_required=True)}) or not isinstance(
            told["signature"], str):
        raise BadKit("unsigned")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_files(files: Any, parts: Mapping[str, bytes]) -> None:
    """Exactly the parts that are named, each as it was."""
    if not isinstance(files, dict) or not all(_HASH.fits(one) for one in files.values()):
        raise BadKit("field", f"{NAME}: files")
    for name in sorted(set(files) - set(parts)):
        raise BadKit("missing", name[:80])
    for name in sorted(set(parts) - set(files) - {NAME}):
        raise BadKit("extra", name)
    for name, expected in files.items():
        if name == NAME or hashlib.sha256(parts[name]).hexdigest() != expected:
            raise BadKit("hash", name)


def _signed(told: Mapping[str, Any], hash: str) -> str:
    x = str(told["signedBy"]["x"])
    try:
        jws.read(told["signature"], typ=TYP)
        said = jws.verify(told["signature"], jws.public_key(x))
    except (jws.BadToken, ValueError):
        raise BadKit("signature") from None
    if said != {"kit": told["id"], "version": told["version"], "hash": hash}:
        raise BadKit("signature")
    return x


def _thing(one: Mapping[str, Any], parts: Mapping[str, bytes], told: Mapping[str, Any]) -> Thing:
    fields = {"id": kinds.Text(36, kinds.UUID, True), "kind": kinds.Text(20, is_required=True), "path": kinds.Text(200),
              "hash": _HASH}
    if not _fits({n: v for n, v in one.items() if n != "origin"}, fields) or not _fits(
            one.get("origin"), {"kit": _URI, "version": _VERSION, "hash": _HASH}):
        raise BadKit("field", f"{NAME}: objects")
    path, origin = one["path"], one["origin"]
    if path not in parts or path == NAME:
        raise BadKit("missing", path[:80])
    content = parse(parts[path], path)
    kinds.check(one["kind"], content, path)
    if path.split("/")[0] != kinds.FOLDERS[one["kind"]]:
        raise BadKit("field", f"{path}: kind")
    if digest(content) != one["hash"] or (origin["kit"] == told["id"] and origin["hash"] != one["hash"]):
        raise BadKit("hash", path)
    return Thing(one["id"], one["kind"], path, one["hash"], origin, content)


def _check_things(things: tuple[Thing, ...], told: Mapping[str, Any], parts: Mapping[str, bytes]) -> None:
    """Every object once, every part an object, nobody's number in any of them."""
    if len({one.id for one in things}) != len(things) or len({one.path for one in things}) != len(things):
        raise BadKit("twice", NAME)
    for name in sorted(set(parts) - {one.path for one in things} - {NAME}):
        raise BadKit("extra", name)
    for thing in things:
        personal.check(thing.content, thing.path)
    personal.check({n: told[n] for n in ("title", "summary", "changelog", "credits")}, NAME)


def signature_of(told: Mapping[str, Any]) -> dict[str, str]:
    """What is signed: which kit, which version, the hash of all it says."""
    return {"kit": told["id"], "version": told["version"], "hash": digest(unsigned(told))}


def size(told: Mapping[str, Any]) -> int:
    return len(canonical(told))
