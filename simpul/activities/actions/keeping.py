"""What several changes of an activity look at."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.activities.permissions import can_keep
from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed, Refusal


class UnknownKind(Refusal):
    code = "unknown_kind"


class TooMuch(Refusal):
    """Money beyond what any library spends: a slip."""

    code = "too_much"


class NothingGiven(Refusal):
    code = "nothing_given"


def need_keeper(by: Actor, library_id: UUID) -> None:
    if not can_keep(by, library_id):
        raise NotAllowed(_("Only the staff of this library plan its activities."))


def need_money(amount: int | None, field: str) -> None:
    if amount is not None and not 0 <= amount <= 1_000_000_000_000:
        raise TooMuch(_("This amount cannot be right. Write whole rupiah."), field=field)
