"""The state a copy shows, kept in step with its loans."""

from simpul.catalogue.actions import set_copy_state
from simpul.catalogue.models import Copy
from simpul.core.prepared import Prepared

_state: Prepared[str] = Prepared(lambda copy: Copy.objects.filter(pk=copy).values_list("state", flat=True))


def leaves(copy: Copy) -> None:
    """Lent: what stood on the shelf, or turned up, is out. Other marks (reference, being mended) stay."""
    if copy.state in (Copy.State.AVAILABLE, Copy.State.MISSING):
        set_copy_state(copy, Copy.State.ON_LOAN)


def comes_back(copy: Copy) -> None:
    """Returned or found: back on the shelf. Other marks (reference, being mended) stay."""
    if copy.state in (Copy.State.ON_LOAN, Copy.State.MISSING):
        set_copy_state(copy, Copy.State.AVAILABLE)


def goes_missing(copy: Copy) -> None:
    set_copy_state(copy, Copy.State.MISSING)


def look_again(copy: Copy) -> Copy:
    """The copy with its state of this moment: the page may have read it a while ago. One narrow query where the
    library came with it."""
    state = _state.first(copy=copy.pk)
    if state is None:
        raise Copy.DoesNotExist
    copy.state = state
    return copy
