"""Private keys on the disk: DATA/keys/<thumbprint>.jwk, readable by the node's own user only.

A file, not the database: a backup and a copy of the database then hold no key that could make certificates. It is not
encrypted beside that: the secret it would be encrypted with lies in the same folder, and a certificate must be signed
without anybody typing a password. docs/decisions says more.
"""

import json
import os
from pathlib import Path

from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey


def folder() -> Path:
    return Path(settings.DATA) / "keys"


def make() -> OKPKey:
    """A new Ed25519 key, kept before it is used. OSError: the disk did not take it."""
    key = OKPKey.generate_key("Ed25519")
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = _path(key.thumbprint())
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(json.dumps(key.as_dict(private=True)))
        file.flush()
        os.fsync(file.fileno())
    return key


def load(thumbprint: str) -> OKPKey | None:
    """The private key, or None where it is not on this machine (a node brought back from a backup)."""
    try:
        key = OKPKey.import_key(json.loads(_path(thumbprint).read_text()))
    except (FileNotFoundError, ValueError, JoseError):
        return None
    return key if key.is_private and key.thumbprint() == thumbprint else None


def destroy(thumbprint: str) -> None:
    """A withdrawn key signs nothing any more."""
    _path(thumbprint).unlink(missing_ok=True)


def _path(thumbprint: str) -> Path:
    return folder() / f"{thumbprint}.jwk"
