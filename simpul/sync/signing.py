"""Signatures of phones: Ed25519, or ECDSA P-256 with SHA-256 where a browser lacks it."""

import base64
import binascii
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

PublicKey = Ed25519PublicKey | ec.EllipticCurvePublicKey


class BadKey(ValueError):
    """No public key of this algorithm."""


def bytes_of(text: str) -> bytes:
    """base64url, with or without its padding. Raises ValueError."""
    try:
        return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64url") from error


def text_of(content: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@lru_cache(maxsize=512)
def key_of(algorithm: str, raw: bytes) -> PublicKey:
    """The key whose raw form these bytes are: 32 for Ed25519; 0x04 x y for ES256. Raises BadKey."""
    try:
        if algorithm == "Ed25519":
            return Ed25519PublicKey.from_public_bytes(raw)
        if algorithm == "ES256" and len(raw) == 65:
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError as error:
        raise BadKey(algorithm) from error
    raise BadKey(algorithm)


def is_signed(key: PublicKey, content: bytes, signature: str) -> bool:
    """Did the owner of this key sign these bytes? `signature` in base64url: 64 bytes."""
    try:
        raw = bytes_of(signature)
        if len(raw) != 64:
            return False
        if isinstance(key, Ed25519PublicKey):
            key.verify(raw, content)
        else:
            r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
            key.verify(encode_dss_signature(r, s), content, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
