"""The secret of a registrant's own link."""

from uuid import UUID

from django.utils.crypto import salted_hmac


def registration_token(id: UUID) -> str:
    """It follows from the node's key, so that the same link can be sent again while only its hash is kept."""
    return salted_hmac("simpul.gatherings.registration", str(id), algorithm="sha256").hexdigest()[:40]
