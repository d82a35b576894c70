"""The secret of a letter's public address."""

from uuid import UUID

from django.utils.crypto import salted_hmac


def letter_token(id: UUID) -> str:
    """It follows from the node's key, so that the letter can be printed again while only its hash is kept."""
    return salted_hmac("simpul.volunteers.letter", str(id), algorithm="sha256").hexdigest()[:40]
