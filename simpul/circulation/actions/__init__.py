"""Changes at the desk: each is one transaction and one line of the journal."""

from simpul.circulation.actions.charges import pay_charge, undo_lost, waive_charge
from simpul.circulation.actions.in_house import record_in_house_use, tally_in_house_use, undo_in_house_use
from simpul.circulation.actions.lending import lend_copy, undo_loan
from simpul.circulation.actions.refusals import (
    UNDO_MINUTES,
    CannotRenew,
    CannotUndo,
    CopyIsLent,
    NotForLending,
    NotLent,
    PolicyRefusal,
)
from simpul.circulation.actions.reminding import note_reminder
from simpul.circulation.actions.renewing import renew_loan, undo_renewal
from simpul.circulation.actions.retention import unlink_old_loans
from simpul.circulation.actions.returning import mark_lost, return_copy, undo_return
from simpul.circulation.actions.rules import set_rule

__all__ = [
    "UNDO_MINUTES", "CannotRenew", "CannotUndo", "CopyIsLent", "NotForLending", "NotLent", "PolicyRefusal",
    "lend_copy", "mark_lost", "note_reminder", "pay_charge", "record_in_house_use", "renew_loan", "return_copy",
    "set_rule", "tally_in_house_use", "undo_in_house_use", "undo_loan", "undo_lost", "undo_renewal", "undo_return",
    "unlink_old_loans", "waive_charge",
]
