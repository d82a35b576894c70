"""Kits for tests: whole ones, and files that are wrong in one way."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid5

from joserfc.jwk import OKPKey

from simpul.kits.package import Draft, manifest, write
from simpul.kits.package.reading import parts_of
from simpul.kits.package.writing import Head, sign_with

KEY = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
                         "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})  # RFC 8037, appendix A
OTHER = OKPKey.generate_key("Ed25519")
URI = "urn:simpul:kit:uji"
STAGE = {"title": "Menyiapkan", "days": "T-30 sampai T-1", "aim": "Semua siap.", "evidence": ["Surat"]}
SESSION = {
    "title": "Advokasi", "day": 1, "starts": "08.00", "minutes": 45, "jp": 1, "set": "minimum", "speaker": "Fasda",
    "aims": ["Menyusun pesan"], "needs": [], "notes": "Dengarkan dahulu.", "exercise": "",
    "steps": [{"key": "buka", "minutes": 15, "title": "Buka", "how": "Bertanya."},
              {"key": "main", "minutes": 30, "title": "Bermain peran", "how": "Satu menit."}]}


def oid(name: str) -> str:
    return str(uuid5(UUID(int=7), name))


def x_of(key: OKPKey) -> str:
    return str(key.as_dict(private=False)["x"])


def kit(version: str = "1.0.0", objects: Mapping[str, tuple[str, Mapping[str, Any]]] | None = None, *, uri: str = URI,
        key: OKPKey = KEY, **head: Any) -> bytes:
    """A signed kit; objects: name → (kind, content)."""
    objects = {"siapkan": ("stage", STAGE), "advokasi": ("session", SESSION)} if objects is None else objects
    told = {"title": "Kit uji", "licence": "CC-BY-SA-4.0", "credits": [{"name": "Dinas A", "role": "author", "kit": ""}],
            "changelog": [{"version": version, "date": "2026-01-01", "text": "Versi."}]} | head
    drafts = [Draft(oid(name), kind, f"{kind}-{name}", content) for name, (kind, content) in objects.items()]
    return write(Head(id=uri, version=version, **told), drafts, signer="Dinas A", x=x_of(key), sign=sign_with(key))


def zipped(parts: Mapping[str, bytes], change: Callable[[zipfile.ZipInfo], None] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if change and name != manifest.NAME:
                change(entry)
            archive.writestr(entry, part)
    return out.getvalue()


def with_parts(change: Callable[[dict[str, bytes]], Any], content: bytes | None = None) -> bytes:
    """A kit whose parts were changed after it was signed."""
    parts = parts_of(content or kit())
    change(parts)
    return zipped(parts)


def resigned(change: Callable[[dict[str, Any], dict[str, bytes]], Any], key: OKPKey = KEY) -> bytes:
    """A kit that somebody with a key made wrong on purpose: hashes of files and signature are right."""
    parts = parts_of(kit())
    told = json.loads(parts.pop(manifest.NAME))
    before = set(parts)
    change(told, parts)
    for name in set(told["files"]) & set(parts) | (set(parts) - before):
        told["files"][name] = hashlib.sha256(parts[name]).hexdigest()
    told["signature"] = sign_with(key)(manifest.signature_of(told))
    return zipped({manifest.NAME: json.dumps(told).encode(), **parts})
