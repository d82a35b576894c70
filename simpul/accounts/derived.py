"""Secrets that follow from the id of a change and the node's key.

A link, a pairing code or an API token is shown once. If the answer was lost on the way (no signal, a double tap),
the same change is sent again and must give the same answer, yet the secret itself is kept nowhere. So it is an
HMAC of the change id: whoever made the change can be shown it again, and nobody without the node's key can make it.
"""

import base64
from uuid import UUID

from django.utils.crypto import salted_hmac

from simpul.core.secrets import READABLE


def _mac(change_id: UUID, purpose: str) -> bytes:
    return salted_hmac(f"simpul.accounts.derived.{purpose}", change_id.bytes, algorithm="sha256").digest()


def token_of(change_id: UUID, purpose: str) -> str:
    """A bearer secret of 256 bits in 43 characters of base64url."""
    return base64.urlsafe_b64encode(_mac(change_id, purpose)).decode().rstrip("=")


def code_of(change_id: UUID, purpose: str, length: int) -> str:
    """A code people can read and type, `length` (at most 40) characters of 31."""
    number = int.from_bytes(_mac(change_id, purpose), "big")
    letters = []
    for _n in range(length):
        number, rest = divmod(number, len(READABLE))
        letters.append(READABLE[rest])
    return "".join(letters)


def typed_code(typed: str) -> str:
    """A code as somebody typed it: capitals, without spaces and dashes."""
    return "".join(ch for ch in typed.upper() if ch.isalnum())[:40]
