"""Compact JWS with Ed25519 and nothing else.

The algorithm is named "EdDSA": RFC 9864 prefers "Ed25519", but verifiers of Open Badges know the older name.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import OKPKey

ALGORITHM = "EdDSA"
MOST_BYTES = 20_000_000  # a key file of a large node; a credential has 2,000


class _OnlyEdDSA(jws.JWSRegistry):
    """Knows one algorithm, whatever a header asks for."""

    def get_alg(self, name: str) -> Any:
        if name != ALGORITHM:
            raise UnsupportedAlgorithmError(f"{name!r} is never used here")
        return self.algorithms[ALGORITHM]


_REGISTRY = _OnlyEdDSA(algorithms=[ALGORITHM])
_REGISTRY.max_payload_length = MOST_BYTES


class BadToken(Exception):
    """Not a compact JWS, or none that this house would make. `code` says why: format, algorithm, type, signature."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Unproven:
    """What a token says before anybody checked its signature."""

    header: dict[str, Any]
    payload: dict[str, Any]


def sign(payload: dict[str, Any], key: OKPKey, *, kid: str, typ: str) -> str:
    told = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact({"alg": ALGORITHM, "kid": kid, "typ": typ}, told, key, registry=_REGISTRY)


def read(token: str, *, typ: str) -> Unproven:
    """Look into a token. Raises BadToken: format, algorithm, type, signature (a payload that nobody can have signed)."""
    parts = token.split(".")
    if len(parts) != 3 or len(token) > MOST_BYTES:
        raise BadToken("format")
    header = _decoded(parts[0], "format")
    if header.get("alg") != ALGORITHM or not parts[2]:
        raise BadToken("algorithm")
    if header.get("typ") != typ or "crit" in header or not isinstance(header.get("kid"), str):
        raise BadToken("type")
    return Unproven(header, _decoded(parts[1], "signature"))


def verify(token: str, key: OKPKey) -> dict[str, Any]:
    """The payload, once its signature by `key` holds. Raises BadToken("signature"). The header's own hints at a key
    (jwk, jku, x5c) are never followed."""
    try:
        told = jws.deserialize_compact(token, key, registry=_REGISTRY)
        payload = json.loads(told.payload)
    except (JoseError, ValueError, KeyError, TypeError):
        raise BadToken("signature") from None
    if not isinstance(payload, dict):
        raise BadToken("signature")
    return payload


def public_key(x: str) -> OKPKey:
    """The key with this public part (base64url of 32 bytes). ValueError: it is none."""
    try:
        if len(base64.urlsafe_b64decode(x + "=" * (-len(x) % 4))) != 32:
            raise ValueError("no Ed25519 key")
        return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": x})
    except (JoseError, binascii.Error, TypeError, AttributeError) as error:
        raise ValueError("no Ed25519 key") from error


def _decoded(part: str, otherwise: str) -> dict[str, Any]:
    """The JSON object in a part of a token. Raises BadToken(otherwise)."""
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        raise BadToken(otherwise) from None
    if not isinstance(found, dict):
        raise BadToken(otherwise)
    return found
