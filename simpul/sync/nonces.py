"""Nonces that the node need not remember: a moment and a keyed hash of it."""

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest

from django.utils.crypto import salted_hmac

from simpul.sync.signing import bytes_of, text_of

LASTS = timedelta(minutes=10)


def new_nonce(at: datetime) -> str:
    """A nonce of this moment: base64url of 8 bytes of seconds, 8 of chance, 16 of proof."""
    told = int(at.timestamp()).to_bytes(8, "big") + secrets.token_bytes(8)
    return text_of(told + _proof(told))


def is_fresh(nonce: str, at: datetime) -> bool:
    """Was it made here within the last ten minutes?"""
    try:
        raw = bytes_of(nonce)
    except ValueError:
        return False
    if len(raw) != 32 or not compare_digest(_proof(raw[:16]), raw[16:]):
        return False
    age = at.timestamp() - int.from_bytes(raw[:8], "big")
    return -5 <= age <= LASTS.total_seconds()


def _proof(told: bytes) -> bytes:
    return salted_hmac("simpul.sync.nonce", told, algorithm="sha256").digest()[:16]
