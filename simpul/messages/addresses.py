"""E-mail addresses: what can be one, its keyed hash, and the secret of its stop link."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.crypto import salted_hmac

LONGEST = 254  # RFC 5321
_signer = Signer(salt="simpul.messages.stop", sep=".")


def normalise_address(raw: str) -> str | None:
    """`Siti@Example.ID` → `siti@example.id`; None where it is no address. What could begin another header of a
    message (a line break, a comma, angle brackets) is no address."""
    text = raw.strip()
    if len(text) > LONGEST or any(ch.isspace() or not ch.isprintable() or ch in ',;<>"()' for ch in text):
        return None
    try:
        validate_email(text)
    except ValidationError:
        return None
    return text.casefold()


def hash_of(address: str) -> str:
    """It follows from the node's key, so that a list of addresses cannot be tried against a stolen table."""
    return salted_hmac("simpul.messages.address", address, algorithm="sha256").hexdigest()


def stop_token(address: str) -> str:
    """Opens the page that stops e-mail to this address. It holds the hash, signed, and never expires."""
    return _signer.sign(hash_of(address))


def hash_of_token(token: str) -> str | None:
    """The hash in a stop link, or None where it was made up."""
    try:
        return _signer.unsign(token.replace("\x00", ""))
    except BadSignature:
        return None


def stop_address(address: str) -> str:
    """The whole address of the stop page."""
    return site() + reverse("outbox:stop", args=[stop_token(address)])


def site() -> str:
    """`https://perpustakaan.example.id`: where people reach the node, for links in e-mail; "" where it is not set."""
    return f"{'https' if settings.IS_HTTPS else 'http'}://{settings.HOST}" if settings.HOST else ""
