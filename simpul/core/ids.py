"""Identifiers: time-ordered for rows, derived for the further rows of one change."""

from uuid import UUID, uuid5

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUIDv7 as the standard library's UUID, so that rows made later sort later."""
    return uuid7()


def derived_id(change_id: UUID, role: str) -> UUID:
    """The id of a further row of the same change, the same on every repetition: uuid5(change, role)."""
    return uuid5(change_id, role)
