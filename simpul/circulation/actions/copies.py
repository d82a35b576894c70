"""The state a copy shows, kept in step with its loans."""

from simpul.catalogue.models import Copy


def leaves(copy: Copy) -> None:
    """Lent: what stood on the shelf, or turned up, is out. Other marks (reference, being mended) stay."""
    if copy.state in (Copy.State.AVAILABLE, Copy.State.MISSING):
        _set_state(copy, Copy.State.ON_LOAN)


def comes_back(copy: Copy) -> None:
    """Returned or found: back on the shelf. Other marks (reference, being mended) stay."""
    if copy.state in (Copy.State.ON_LOAN, Copy.State.MISSING):
        _set_state(copy, Copy.State.AVAILABLE)


def goes_missing(copy: Copy) -> None:
    _set_state(copy, Copy.State.MISSING)


def _set_state(copy: Copy, state: Copy.State) -> None:
    Copy.objects.filter(pk=copy.pk).update(state=state)
    copy.state = state
