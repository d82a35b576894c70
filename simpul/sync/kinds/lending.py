"""Lending and returning by the number on the book and the card."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from simpul.catalogue.queries import find_copy
from simpul.circulation.actions import NotLent, lend_copy, return_copy
from simpul.sync.kinds.base import Kind, NotFound, Outcome, Payload, Told
from simpul.visits.queries import member_at_the_door


@dataclass(frozen=True)
class LoanGiven:
    copy: str
    card: str


def _read_loan(payload: Payload) -> LoanGiven:
    return LoanGiven(payload.text("copy", 48, is_needed=True), payload.text("card", 48, is_needed=True))


def _replay_loan(given: LoanGiven, told: Told) -> Outcome:
    copy = find_copy(given.copy, told.library)
    if copy is None or copy.library_id != told.library.pk:
        raise unknown_copy(given.copy)
    member = member_at_the_door(given.card, told.library, takes_numbers=True)
    if member is None:
        raise NotFound(_("No member has the card %(card)s. Enrol her, or bring the card again, then record it.") % {
            "card": given.card}, code="unknown_card")
    return Outcome(lend_copy(copy=copy, to=member, by=told.by, at=told.at, id=told.id))


def _read_return(payload: Payload) -> str:
    return payload.text("copy", 48, is_needed=True)


def _replay_return(code: str, told: Told) -> Outcome:
    """A copy that was not out lies on the shelf now: nothing has to be written. The loan may still be on its way from
    another phone; it then takes this return."""
    copy = find_copy(code, told.library)
    if copy is None:
        raise unknown_copy(code)
    received_at = told.library if copy.library_id != told.library.pk else None
    try:
        return Outcome(return_copy(copy=copy, by=told.by, at=told.at, id=told.id, received_at=received_at))
    except NotLent:
        return Outcome(flags=(NotLent.code,))


def unknown_copy(code: str) -> NotFound:
    return NotFound(_("No book here has the number %(number)s. Add it to the catalogue, then record it.") % {
        "number": code}, code="unknown_copy")




KINDS = (
    Kind("loan.lent", 1, _read_loan, _replay_loan, subject=lambda given: given.copy),
    Kind("loan.returned", 1, _read_return, _replay_return, subject=lambda given: given),
)
