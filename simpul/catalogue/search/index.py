"""Keeping the index true: the same call that changes titles indexes them."""

from collections.abc import Callable, Sequence
from uuid import UUID


def index_titles(title_ids: Sequence[UUID]) -> None:
    """Write or renew the search documents of these titles; call it inside the transaction that changed them."""
    raise NotImplementedError


def remove_titles(title_ids: Sequence[UUID]) -> None:
    """Forget these titles; call it before they are deleted."""
    raise NotImplementedError


def copies_changed(title_ids: Sequence[UUID]) -> None:
    """Renew where these titles stand and whether one is on the shelf; cheap, for every loan and return."""
    raise NotImplementedError


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Build the whole index again in short transactions. `progress(done, total)`; returns the number of titles."""
    raise NotImplementedError
