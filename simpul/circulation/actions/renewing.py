"""Moving a loan's due day."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.circulation.actions.refusals import (
    CannotRenew,
    CannotUndo,
    allow,
    in_time_to_undo,
    judge,
    spoken,
)
from simpul.circulation.models import Loan, Renewal
from simpul.circulation.queries import Terms, due_day, terms_for
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import Refusal
from simpul.people.permissions import may_borrow


@change("loan.renewed", says=gettext_lazy("{by} renewed {loan}"))
def renew_loan(*, loan: Loan, by: Actor, at: datetime, id: UUID, because: str = "") -> Loan:
    """Lend it on from today for the rule's days. Refuses CannotRenew (policy: no renewals left, late where late
    costs something) unless the librarian gives a reason; and where it would not be later than it is."""
    loan = Loan.objects.select_for_update(of=("self",)).select_related(
        "library", "member__person", "copy__title").get(pk=loan.pk)
    allow(by, loan.library_id)
    if not loan.is_open or loan.member is None:
        raise Refusal(_("This loan is not open any more."), code="not_open")
    day = clock.local_date(at, loan.library.time_zone)
    terms = terms_for(loan.library_id, loan.member.type_id)
    judge(_problems(loan, terms, day), by=by, library_id=loan.library_id, because=because)
    due = due_day(loan.library, terms, day)
    if due <= loan.due_on:
        raise Refusal(_("It is due on {day} already; renew it nearer to that day.").format(
            day=spoken(loan.due_on)), code="not_later")
    Renewal.objects.create(id=id, loan=loan, library=loan.library, happened_at=at, local_date=day,
                           due_before=loan.due_on, due_after=due)
    loan.due_on, loan.renewals = due, loan.renewals + 1
    loan.save(update_fields=["due_on", "renewals"])
    note(due_on=due)
    return loan


def _problems(loan: Loan, terms: Terms, day: date) -> list[Refusal]:
    assert loan.member is not None
    found: list[Refusal] = []
    if loan.renewals >= terms.renewals:
        found.append(CannotRenew(
            _("It was renewed {n} times, that is the limit. Take it back first.").format(n=loan.renewals)
            if loan.renewals else _("Loans are not renewed here. Take it back first."), code="renewals_used_up"))
    if terms.fine_per_day and loan.due_on < day:
        found.append(CannotRenew(_("It is late. Take it back, then lend it again."), code="is_late"))
    problem = may_borrow(loan.member, day)
    return [*found, problem] if problem is not None else found


@change("loan.renewal_undone", says=gettext_lazy("{by} undid the renewal of {loan}"))
def undo_renewal(*, loan: Loan, by: Actor, at: datetime, id: UUID) -> Loan:
    """Put the due day back, within minutes. Refuses CannotUndo."""
    loan = Loan.objects.select_for_update(of=("self",)).get(pk=loan.pk)
    allow(by, loan.library_id)
    last = Renewal.objects.valid().filter(loan=loan).order_by("-recorded_at").first()
    if last is None or not loan.is_open:
        raise CannotUndo(_("This renewal was undone already."), code="not_renewed")
    in_time_to_undo(last.recorded_at, at)
    last.voided_at = at
    last.save(update_fields=["voided_at"])
    loan.due_on, loan.renewals = last.due_before, loan.renewals - 1
    loan.save(update_fields=["due_on", "renewals"])
    return loan
