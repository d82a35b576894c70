"""Copies that come back, and those that do not."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.catalogue.models import Copy
from simpul.circulation.actions.copies import comes_back, goes_missing, leaves, look_again
from simpul.circulation.actions.refusals import CannotUndo, NotLent, allow, in_time_to_undo
from simpul.circulation.models import Charge, Loan
from simpul.circulation.queries import fine_for, terms_for
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.prepared import Prepared
from simpul.core.refusal import Refusal
from simpul.core.rows import update
from simpul.libraries.models import Library

#: at most one
_out: Prepared[Loan] = Prepared(lambda copy: Loan.objects.select_for_update(of=("self",)).open().filter(
    copy=copy).select_related("copy"))


@change("loan.returned", says=gettext_lazy("{by} took back {copy}"))
def return_copy(*, copy: Copy, by: Actor, at: datetime, id: UUID, received_at: Library | None = None) -> Loan:
    """Take back a copy, at its own library or at another (`received_at`), which then brings it home.

    A late return brings a fine where the rule knows one. Refuses NotLent where nothing was out (harmless); a copy
    that was given up as lost and turns up is found again. A moment before the loan's own (a clock that was wrong)
    counts as the loan's and is flagged.
    """
    library = copy.library
    allow(by, (received_at or library).pk)
    note(library=library.pk, copy=copy)
    loan = _that_came_back(copy, by, at)
    if loan is None:
        raise NotLent(_("This copy was not lent. Put it on its shelf."))
    if at < loan.lent_at:
        note(flags=["clock"])
        at = loan.lent_at
    was_open = loan.is_open
    loan.returned_at, loan.returned_on = at, clock.local_date(at, library.time_zone)
    loan.is_implied_return = False
    if received_at is not None and received_at.pk != library.pk:
        loan.returned_to = received_at
    update(loan, "returned_at", "returned_on", "returned_to_id", "is_implied_return")
    if was_open:
        _fine(loan, library, id)
    if was_open or not Loan.objects.open().filter(copy=copy).exists():  # at most one loan of a copy is open
        comes_back(copy)
    loan.copy = copy
    return loan


def _that_came_back(copy: Copy, by: Actor, at: datetime) -> Loan | None:
    loans = Loan.objects.select_for_update(of=("self",)).filter(copy=copy, voided_at__isnull=True)
    out = _out.first(copy=copy.pk)
    if out is not None:  # the state of this moment came with it
        copy.state = out.copy.state
    else:
        look_again(copy)
    if by.is_replay and (out is None or out.lent_at > at):
        # told late: the return that a later loan had implied
        implied = loans.filter(is_implied_return=True, lent_at__lte=at, returned_at__gte=at).first()
        if implied is not None or out is not None:
            return implied
    if out is None and copy.state == Copy.State.MISSING:
        return loans.filter(lost_on__isnull=False, returned_at__isnull=True).order_by("-lent_at").first()
    return out


def _fine(loan: Loan, library: Library, change_id: UUID) -> None:
    assert loan.returned_at is not None
    assert loan.returned_on is not None
    if loan.returned_on <= loan.due_on or loan.member is None:
        return
    amount = fine_for(library, terms_for(library.pk, loan.member.type_id), loan.due_on, loan.returned_on)
    if amount:
        charge = Charge.objects.create(
            id=derived_id(change_id, "fine"), library=library, loan=loan, amount=amount,
            happened_at=loan.returned_at, local_date=loan.returned_on)
        note(charge=charge, amount=amount)


@change("loan.return_undone", says=gettext_lazy("{by} undid the return of {loan}"))
def undo_return(*, loan: Loan, by: Actor, at: datetime, id: UUID) -> Loan:
    """The copy did not come back after all, within minutes; its fine goes too. Refuses CannotUndo."""
    loan = Loan.objects.select_for_update(of=("self",)).select_related("copy").get(pk=loan.pk)
    allow(by, (loan.returned_to_id or loan.library_id))
    if loan.returned_at is None or loan.voided_at is not None:
        raise CannotUndo(_("This return was undone already."), code="not_returned")
    in_time_to_undo(loan.returned_at, at, by)
    if Loan.objects.open().filter(copy_id=loan.copy_id).exists():
        raise CannotUndo(_("The copy has been lent again since."), code="lent_again")
    fines = Charge.objects.valid().filter(loan=loan, kind=Charge.Kind.FINE)
    if any(fine.paid for fine in fines):
        raise CannotUndo(_("The fine of this return was paid already."), code="paid")
    fines.update(voided_at=at)
    note(library=loan.library_id)
    loan.returned_at = loan.returned_on = loan.returned_to = None
    loan.save(update_fields=["returned_at", "returned_on", "returned_to"])
    if loan.lost_on:
        goes_missing(loan.copy)
    else:
        leaves(loan.copy)
    return loan


@change("loan.lost", says=gettext_lazy("{by} marked {loan} as lost"))
def mark_lost(*, loan: Loan, amount: int, by: Actor, at: datetime, id: UUID) -> Loan:
    """Give up a copy that does not come back; `amount` rupiah replace it (0: nothing is asked)."""
    loan = Loan.objects.select_for_update(of=("self",)).select_related("copy", "library").get(pk=loan.pk)
    allow(by, loan.library_id)
    if not loan.is_open:
        raise Refusal(_("This loan is not open any more."), code="not_open")
    loan.lost_on = clock.local_date(at, loan.library.time_zone)
    loan.save(update_fields=["lost_on"])
    goes_missing(loan.copy)
    if amount:
        note(amount=amount, charge=Charge.objects.create(
            id=derived_id(id, "replacement"), library=loan.library, loan=loan, kind=Charge.Kind.REPLACEMENT,
            amount=amount, happened_at=at, local_date=loan.lost_on))
    return loan
