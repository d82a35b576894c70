"""The file that lets anybody verify without internet: public keys and revocations, signed by the newest key, dated."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc.jwk import OKPKey

from simpul.certificates.badges import jws

FORMAT, TYP = "simpul-certificate-keys/1", "simpul-keys+jwt"
README = ("Kunci publik dan daftar pencabutan sertifikat, bertanggal dan ditandatangani. "
          "Public keys and revocations of certificates. Use: bin/simpul certificate verify FILE --keys THIS-FILE")


class BadKeyFile(Exception):
    """It cannot be trusted as a whole. `code`: format, signature, key."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class PublicKey:
    """A key of an issuer. Credentials dated after `retired_at` are not its own; of a key withdrawn at `withdrawn_from`
    only the credentials whose SHA-256 is in `known` are trusted: a thief can write any date."""

    kid: str
    issuer: str
    x: str
    made_at: datetime
    retired_at: datetime | None = None
    withdrawn_from: datetime | None = None
    known: frozenset[str] = frozenset()

    def jwk(self) -> OKPKey:
        return jws.public_key(self.x)


@dataclass(frozen=True)
class Revoked:
    at: datetime
    reason: str  # a code: error, unearned, request, other, replaced


@dataclass(frozen=True)
class KeyFile:
    dated: datetime
    name: str
    keys: dict[str, PublicKey]
    revoked: dict[str, Revoked]  # "urn:uuid:…" of the credential
    signed_by: str = ""

    @property
    def fingerprint(self) -> str:
        """Of the key that signed the file, in eight groups to be compared by eye or on the phone."""
        digest = hashlib.sha256(self.keys[self.signed_by].x.encode()).hexdigest()[:32]
        return " ".join(digest[n:n + 4] for n in range(0, 32, 4))


def write(told: KeyFile, key: OKPKey, kid: str) -> str:
    """The text of the file."""
    payload = {
        "format": FORMAT, "name": told.name, "dated": _said(told.dated),
        "keys": [_key(one) for one in told.keys.values()],
        "revoked": [{"id": id, "at": _said(one.at), "reason": one.reason} for id, one in told.revoked.items()],
    }
    return json.dumps({"readme": README, "signed": jws.sign(payload, key, kid=kid, typ=TYP)}, indent=1) + "\n"


def read(text: bytes) -> KeyFile:
    """Raises BadKeyFile. The file is the root of trust: that it came from the service is for its reader to know, by
    the way it came or by its fingerprint."""
    if len(text) > jws.MOST_BYTES * 2:
        raise BadKeyFile("format")
    try:
        token = json.loads(text)["signed"]
        unproven = jws.read(token, typ=TYP)
        signer = next(one for one in unproven.payload["keys"] if one["kid"] == unproven.header["kid"])
        key = jws.public_key(signer["x"])
    except jws.BadToken as error:
        raise BadKeyFile("signature" if error.code in ("algorithm", "signature") else "format") from None
    except (ValueError, TypeError, KeyError, AttributeError, StopIteration, RecursionError):
        raise BadKeyFile("format") from None
    try:
        payload = jws.verify(token, key)
    except jws.BadToken:
        raise BadKeyFile("signature") from None
    try:
        found = _read(payload, unproven.header["kid"])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadKeyFile("format") from None
    if found.keys[found.signed_by].withdrawn_from is not None:
        raise BadKeyFile("key")
    return found


def _read(payload: dict[str, Any], signed_by: str) -> KeyFile:
    if payload["format"] != FORMAT:
        raise ValueError(payload["format"])
    keys = {}
    for one in payload["keys"]:
        withdrawn = one.get("withdrawn") or {}
        keys[str(one["kid"])] = PublicKey(
            kid=str(one["kid"]), issuer=str(one["issuer"]), x=str(one["x"]), made_at=_heard(one["made_at"]),
            retired_at=_heard(one["retired_at"]) if one.get("retired_at") else None,
            withdrawn_from=_heard(withdrawn["from"]) if withdrawn else None,
            known=frozenset(str(known) for known in withdrawn.get("known", ())))
    revoked = {str(one["id"]): Revoked(_heard(one["at"]), str(one["reason"])) for one in payload["revoked"]}
    return KeyFile(_heard(payload["dated"]), str(payload["name"]), keys, revoked, signed_by)


def _key(one: PublicKey) -> dict[str, Any]:
    told: dict[str, Any] = {"kid": one.kid, "issuer": one.issuer, "x": one.x, "made_at": _said(one.made_at)}
    if one.retired_at:
        told["retired_at"] = _said(one.retired_at)
    if one.withdrawn_from:
        told["withdrawn"] = {"from": _said(one.withdrawn_from), "known": sorted(one.known)}
    return told


def _said(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _heard(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    return at
