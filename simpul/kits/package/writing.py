"""A kit as a file. The same objects, key and words give the same bytes."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joserfc.jwk import OKPKey

from simpul.certificates.badges import jws
from simpul.kits.package import kinds, manifest
from simpul.kits.package.plain import digest

Signer = Callable[[dict[str, Any]], str]


@dataclass(frozen=True)
class Draft:
    """An object before it is packed. `origin` None: it is written here, in this version."""

    id: str
    kind: str
    name: str                    # of its file, without folder and ending
    content: Mapping[str, Any]
    origin: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Head:
    """What kit.json says besides its objects."""

    id: str
    version: str
    title: str
    licence: str
    credits: Sequence[Mapping[str, str]]
    changelog: Sequence[Mapping[str, str]]
    summary: str = ""
    languages: Sequence[str] = ("id",)
    jurisdiction: str = "ID"
    simpul: str = "0.1.0"
    kits: Sequence[Mapping[str, str]] = field(default_factory=list)
    derived_from: Mapping[str, str] | None = None


def write(head: Head, drafts: Sequence[Draft], *, signer: str, x: str, sign: Signer) -> bytes:
    """The file, checked as a stranger would check it. Raises BadKit."""
    parts, objects = {}, []
    for draft in drafts:
        path = f"{kinds.FOLDERS[draft.kind]}/{draft.name}.json"
        parts[path] = _shown(draft.content)
        hash = digest(draft.content)
        objects.append({"id": draft.id, "kind": draft.kind, "path": path, "hash": hash, "origin": dict(
            draft.origin or {"kit": head.id, "version": head.version, "hash": hash})})
    told: dict[str, Any] = {
        "format": manifest.FORMAT, "id": head.id, "version": head.version, "title": head.title, "summary": head.summary,
        "languages": list(head.languages), "requires": {"simpul": head.simpul, "kits": list(head.kits)},
        "jurisdiction": head.jurisdiction, "licence": head.licence, "derivedFrom": head.derived_from,
        "credits": list(head.credits), "changelog": list(head.changelog), "objects": objects,
        "files": {path: hashlib.sha256(part).hexdigest() for path, part in sorted(parts.items())},
        "signedBy": {"name": signer, "x": x}}
    told["signature"] = sign(manifest.signature_of(told))
    content = pack({manifest.NAME: _shown(told), **dict(sorted(parts.items()))})
    manifest.read(content)
    return content


def sign_with(key: OKPKey) -> Signer:
    """Signs by a private key."""
    return lambda payload: jws.sign(payload, key, kid=key.thumbprint(), typ=manifest.TYP)


def pack(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, part)
    return out.getvalue()


def _shown(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
