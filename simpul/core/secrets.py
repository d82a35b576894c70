"""Secrets that are handed out once and kept only as a hash."""

import hashlib
import secrets

# no 0/O, 1/I/L: these are read aloud and typed from paper
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_token() -> str:
    """A bearer secret of 256 bits, fit for an address."""
    return secrets.token_urlsafe(32)


def new_code(length: int) -> str:
    """A random code people can read and type, `length` characters of 31."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def fingerprint(token: str) -> str:
    """What is kept of a secret: SHA-256 in hex. The secrets are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
