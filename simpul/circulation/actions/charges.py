"""Fines and replacements: paid in parts, waived with a reason."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.circulation.actions.copies import leaves
from simpul.circulation.actions.refusals import CannotUndo, allow, in_time_to_undo
from simpul.circulation.models import Charge, Loan
from simpul.circulation.permissions import can_override
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed, Refusal


@change("charge.paid", says=gettext_lazy("{by} received Rp{amount} for {charge}"))
def pay_charge(*, charge: Charge, amount: int, by: Actor, at: datetime, id: UUID) -> Charge:
    """Receive `amount` rupiah, all or a part of what is left; more is refused."""
    charge = Charge.objects.select_for_update().get(pk=charge.pk)
    allow(by, charge.library_id)
    if charge.voided_at is not None or not 0 < amount <= charge.left:
        left = f"{charge.left:,}".replace(",", ".")
        raise Refusal(_("Enter an amount from Rp1 to Rp{left}.").format(left=left), field="amount", code="amount")
    charge.paid += amount
    charge.save(update_fields=["paid"])
    note(library=charge.library_id, amount=amount)
    return charge


@change("charge.waived", says=gettext_lazy("{by} waived Rp{amount} of {charge}"))
def waive_charge(*, charge: Charge, because: str, by: Actor, at: datetime, id: UUID) -> Charge:
    """Let go of what is left, by the librarian, with a reason."""
    charge = Charge.objects.select_for_update().get(pk=charge.pk)
    allow(by, charge.library_id)
    if not can_override(by, charge.library_id):
        raise NotAllowed(_("Only the librarian may waive a charge."))
    if not because.strip():
        raise Refusal(_("Say why it is waived."), field="because", code="reason_missing")
    if charge.voided_at is not None or not charge.left:
        raise Refusal(_("Nothing is left to pay here."), code="nothing_left")
    amount = charge.left
    charge.waived += amount
    charge.waived_because = because.strip()[:120]
    charge.save(update_fields=["waived", "waived_because"])
    note(library=charge.library_id, amount=amount)
    return charge


@change("loan.lost_undone", says=gettext_lazy("{by} undid that {loan} was marked as lost"))
def undo_lost(*, loan: Loan, by: Actor, at: datetime, id: UUID) -> Loan:
    """It was not lost after all, within minutes: the loan is open again and nothing is asked. Refuses CannotUndo."""
    loan = Loan.objects.select_for_update(of=("self",)).select_related("copy").get(pk=loan.pk)
    allow(by, loan.library_id)
    if loan.lost_on is None or loan.returned_at is not None or loan.voided_at is not None:
        raise CannotUndo(_("This was undone already."), code="not_lost")
    charges = Charge.objects.valid().filter(loan=loan, kind=Charge.Kind.REPLACEMENT)
    marked = charges.first()
    if marked is not None:
        in_time_to_undo(marked.happened_at, at)
    if marked is not None and marked.paid:
        raise CannotUndo(_("The replacement was paid already."), code="paid")
    if Loan.objects.open().filter(copy_id=loan.copy_id).exists():
        raise CannotUndo(_("The copy has been lent again since."), code="lent_again")
    charges.update(voided_at=at)
    loan.lost_on = None
    loan.save(update_fields=["lost_on"])
    leaves(loan.copy)
    return loan
