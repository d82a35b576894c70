"""Why the desk did not do it: fit to be read out, saying what to do."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.circulation.permissions import can_lend, can_override
from simpul.core.actor import Actor
from simpul.core.change import note
from simpul.core.refusal import NotAllowed, Refusal

#: an undo offered for a minute still works when a slow phone sends it late
UNDO_MINUTES = 5
#: may_borrow's refusals that no reason at the desk sets aside: the law asks for the guardian's consent
NEVER_OVERRIDDEN = frozenset({"no_consent", "withdrawn"})


class CopyIsLent(Refusal):
    """The copy is out; `facts["due_on"]` says until when."""

    code = "copy_is_lent"


class NotLent(Refusal):
    """The copy came back but was not out: harmless."""

    code = "not_lent"


class PolicyRefusal(Refusal):
    """A rule of the house; the librarian may set it aside with a reason."""

    is_policy = True
    code = "policy"


class NotForLending(PolicyRefusal):
    """The copy is read here, being mended or withdrawn; `code` says which."""


class CannotRenew(PolicyRefusal):
    """No more renewals, or it is late."""

    code = "cannot_renew"


class CannotUndo(Refusal):
    """Too late, or something else happened since."""

    code = "cannot_undo"


def spoken(day: date) -> str:
    """`Selasa, 17 Maret 2026`, as it is read out."""
    return formats.date_format(day, "l, j F Y")


def allow(by: Actor, library_id: UUID) -> None:
    """Refuse whoever does not work at this library's desk."""
    if not can_lend(by, library_id):
        raise NotAllowed(_("Only the staff of this library may do this."))


def judge(problems: Sequence[Refusal], *, by: Actor, library_id: UUID, because: str = "") -> None:
    """Refuse the first broken rule; a replayed fact, or a librarian with a reason, is flagged instead."""
    if not problems:
        return
    if by.is_replay:
        note(flags=[problem.code for problem in problems])
        return
    firm = [problem for problem in problems if problem.code in NEVER_OVERRIDDEN]
    if firm:
        raise firm[0]
    if not because:
        raise problems[0]
    if not can_override(by, library_id):
        raise NotAllowed(_("Only the librarian may set a rule aside. Ask the librarian, or lend another time."))
    note(flags=[problem.code for problem in problems])


def in_time_to_undo(done_at: datetime, at: datetime, by: Actor | None = None) -> None:
    """Refuse an undo that comes too late (or from a clock set back by more than that); a replayed one is flagged."""
    if abs(at - done_at) > timedelta(minutes=UNDO_MINUTES):
        if by is not None and by.is_replay:
            note(flags=["late_undo"])
            return
        raise CannotUndo(_("It is too late to undo this. Record what happened instead."), code="too_late")
