"""Lending a copy."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.catalogue.models import Copy
from simpul.circulation.actions.copies import comes_back, leaves, look_again
from simpul.circulation.actions.refusals import (
    CannotUndo,
    CopyIsLent,
    NotForLending,
    PolicyRefusal,
    allow,
    in_time_to_undo,
    judge,
    spoken,
)
from simpul.circulation.models import Loan
from simpul.circulation.queries import Terms, due_day, terms_for
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.prepared import Prepared
from simpul.core.refusal import Refusal
from simpul.core.rows import insert
from simpul.people.models import Member
from simpul.people.permissions import may_borrow

#: what the rules ask about a member; the rest of her row is not read
OF_MEMBER = ("library", "type", "ended_on", "until_on", "blocked_because", "person__sex", "person__birth_year")

_borrower: Prepared[Member] = Prepared(lambda member: Member.objects.select_for_update(of=("self",)).select_related(
    "person").only(*OF_MEMBER).filter(pk=member))
_near: Prepared[Loan] = Prepared(lambda copy, member, library: Loan.objects.open().filter(
    Q(copy=copy) | Q(member=member, library=library)))


@change("loan.lent", says=gettext_lazy("{by} lent {copy} to {to}"))
def lend_copy(*, copy: Copy, to: Member, by: Actor, at: datetime, id: UUID, because: str = "") -> Loan:
    """Lend `copy` to a member, from the copy's own library.

    Refuses CopyIsLent (always), or what the rules say (limit, membership, consent, not for lending) unless the
    librarian gives a reason in `because`. A replayed loan of a copy that is out closes the first with an implied
    return; one that comes late is fitted in between the loans that are known. The loan's id is the change's.
    """
    library = look_again(copy).library
    allow(by, library.pk)
    # two desks lending to one member wait for each other here, so that her limit holds (SQLite: they do anyway)
    to = _borrower(member=to.pk)[0]
    day = clock.local_date(at, library.time_zone)
    note(library=library.pk, copy=copy)
    terms = terms_for(library.pk, to.type_id)
    # what this member has and what this copy is out on, in one question
    near = _near(copy=copy.pk, member=to.pk, library=library.pk)
    out = next((other for other in near if other.copy_id == copy.pk), None)
    if out is not None and not by.is_replay:
        raise _is_lent(out, to)
    has = sum(loan.member_id == to.pk and loan.library_id == library.pk for loan in near)
    judge(_problems(copy, to, terms, has, day), by=by, library_id=library.pk, because=because)
    loan = Loan(
        id=id, library=library, copy=copy, member=to, sex=to.person.sex, age_group=to.person.age_group(day),
        lent_at=at, local_date=day, due_on=due_day(library, terms, day), lent_although=because[:120])
    if out is not None and out.lent_at <= at:
        _settle(loan, out)
    elif by.is_replay:
        _fit_in(loan)
    _insert(loan, to)
    if loan.is_open:
        leaves(copy)
    return loan


def _problems(copy: Copy, to: Member, terms: Terms, has: int, day: date) -> list[Refusal]:
    found: list[Refusal] = []
    not_for_lending = {
        Copy.State.REFERENCE: (_("This copy is read here only and is not lent."), "reference_only"),
        Copy.State.DAMAGED: (_("This copy is marked as being mended."), "damaged"),
        Copy.State.WITHDRAWN: (_("This copy was withdrawn from the collection. Put it back into the collection "
                                 "in the catalogue, then lend it."), "withdrawn"),
    }
    if copy.state in not_for_lending:
        message, code = not_for_lending[Copy.State(copy.state)]
        found.append(NotForLending(message, code=code))
    problem = may_borrow(to, day)
    if problem is not None:
        found.append(problem)
    if has >= terms.copies_at_once:
        found.append(PolicyRefusal(
            _("{n} of {limit} books are out already. Take one back first.").format(
                n=has, limit=terms.copies_at_once),
            code="limit_reached", facts={"has": has, "limit": terms.copies_at_once}))
    return found


def _settle(loan: Loan, out: Loan) -> None:
    """Two loans of one copy happened: the earlier one ended when the later one began."""
    out.returned_at, out.returned_on, out.is_implied_return = loan.lent_at, loan.local_date, True
    out.save(update_fields=["returned_at", "returned_on", "is_implied_return"])
    note(flags=["implied_return"], implied=out)


def _fit_in(loan: Loan) -> None:
    """Told late. Where another loan is known to have run at that moment, that one had ended and its return is this
    loan's; else it ended at the latest when the next one began."""
    others = Loan.objects.valid().filter(copy_id=loan.copy_id)
    around = others.filter(lent_at__lte=loan.lent_at, returned_at__gt=loan.lent_at).order_by("-lent_at").first()
    after = others.filter(lent_at__gt=loan.lent_at).order_by("lent_at").first()
    if around is not None:
        loan.returned_at, loan.returned_on = around.returned_at, around.returned_on
        loan.is_implied_return = around.is_implied_return
        around.returned_at, around.returned_on, around.is_implied_return = loan.lent_at, loan.local_date, True
        around.save(update_fields=["returned_at", "returned_on", "is_implied_return"])
    elif after is not None:
        loan.returned_at, loan.returned_on, loan.is_implied_return = after.lent_at, after.local_date, True
    else:
        return
    note(flags=["implied_return"], implied=around or after)


def _insert(loan: Loan, to: Member) -> None:
    try:
        with transaction.atomic():
            insert([loan])
    except IntegrityError:
        out = Loan.objects.open().filter(copy_id=loan.copy_id).first()
        if out is None:
            raise
        raise _is_lent(out, to) from None


def _is_lent(out: Loan, to: Member) -> CopyIsLent:
    facts = {"due_on": out.due_on.isoformat(), "loan": str(out.pk)}
    if out.member_id == to.pk:
        return CopyIsLent(_("This member has it already, until {day}.").format(day=spoken(out.due_on)), facts=facts)
    return CopyIsLent(_("It is lent until {day}. If it lies before you, take it back first.").format(
        day=spoken(out.due_on)), facts=facts)


@change("loan.undone", says=gettext_lazy("{by} undid the loan of {loan}"))
def undo_loan(*, loan: Loan, by: Actor, at: datetime, id: UUID) -> Loan:
    """Take back a loan entered by mistake, within minutes; it is voided, not erased. What a replayed loan had ended
    by implication runs on. Refuses CannotUndo."""
    loan = Loan.objects.select_for_update(of=("self",)).select_related("copy").get(pk=loan.pk)
    allow(by, loan.library_id)
    was_open = loan.is_open
    if not was_open and not (by.is_replay and loan.is_implied_return and loan.voided_at is None):
        raise CannotUndo(_("This loan is not open any more."), code="not_open")
    in_time_to_undo(loan.lent_at if by.is_replay else loan.recorded_at, at, by)
    loan.voided_at = at
    loan.save(update_fields=["voided_at"])
    if was_open and not _runs_on(loan):
        comes_back(loan.copy)
    return loan


def _runs_on(undone: Loan) -> bool:
    """Open the loan again that the undone one had ended by implication; is there one?"""
    return bool(Loan.objects.valid().filter(
        copy_id=undone.copy_id, is_implied_return=True, returned_at=undone.lent_at,
    ).update(returned_at=None, returned_on=None, is_implied_return=False))


