"""What the desk shows: the member before it, and what was just done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from simpul.catalogue.models import Copy
from simpul.circulation.models import Charge, InHouseUse, Loan
from simpul.circulation.queries.terms import Terms, terms_for
from simpul.core.prepared import Prepared
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.people.queries import DeskMember, desk_member

#: the page offers to undo for so long
UNDO_FOR = timedelta(seconds=60)
#: what the desk tells of a loan; the rest of copy and title is not read
OF_LOAN = ("library", "member", "due_on", "lent_at", "recorded_at", "returned_at", "returned_on", "lost_on",
           "voided_at", "renewals", "lent_although", "copy__code", "copy__price", "copy__title__title")

_member: Prepared[Member] = Prepared(lambda id: Member.objects.with_guardians_consent().select_related(
    "person", "type", "library").filter(pk=id, person__erased_at__isnull=True))
_loans: Prepared[Loan] = Prepared(lambda member, library: Loan.objects.open().filter(
    member=member, library=library).select_related("copy__title").order_by("due_on", "lent_at").only(*OF_LOAN))
_owes: Prepared[int] = Prepared(lambda member, library: Charge.objects.valid().filter(
    loan__member=member, library=library).order_by().values("library").annotate(
        rest=Sum(F("amount") - F("paid") - F("waived"))).values_list("rest", flat=True))
_one_done: Prepared[Loan] = Prepared(lambda id, library: _told_of(library).filter(pk=id))


def _told_of(library: Any) -> QuerySet[Loan]:
    """Loans that this library's desk may tell of: its own, and those that came back here."""
    return Loan.objects.filter(Q(library=library) | Q(returned_to=library)).select_related(
        "copy__title", "copy__library", "member__person").only(
            *OF_LOAN, "copy__library__name", "member__person__name")


@dataclass(frozen=True)
class MemberAtDesk:
    """The open member: who, what she has from this library, what she may still take, what she owes (rupiah)."""

    member: Member
    who: DeskMember
    loans: tuple[Loan, ...]
    terms: Terms
    owes: int
    day: date

    @property
    def may_borrow(self) -> bool:
        """Does nothing about the membership stand in the way?"""
        return not (self.who.is_ended or self.who.blocked_because or (self.who.is_child and not self.who.has_consent))

    @property
    def may_take(self) -> int:
        return max(0, self.terms.copies_at_once - len(self.loans))

    @property
    def overdue(self) -> int:
        return sum(loan.due_on < self.day for loan in self.loans)

    @property
    def next_due(self) -> date | None:
        return min((loan.due_on for loan in self.loans), default=None)


def find_member(member_id: UUID) -> Member | None:
    """A member with all that the desk shows of her, in one query; None where there is none."""
    return _member.first(id=member_id)


def at_desk(member: Member, library: Library, day: date) -> MemberAtDesk:
    """What the desk of `library` shows of a member of `find_member`, in three queries."""
    loans = _loans(member=member.pk, library=library.pk)
    for loan in loans:
        loan.member = member
    return MemberAtDesk(member, desk_member(member, library, day), tuple(loans), terms_for(library.pk, member.type_id),
                        _owes.first(member=member.pk, library=library.pk) or 0, day)


@dataclass(frozen=True)
class Done:
    """A line of what was done at this desk: `what` is lent, returned, renewed or read; rows for its sentence."""

    what: str
    loan: Loan | None
    use: InHouseUse | None
    fine: int
    is_undone: bool
    can_undo: bool
    is_ours: bool

    @property
    def copy(self) -> Copy | None:
        if self.loan is not None:
            return self.loan.copy
        return self.use.copy if self.use is not None else None

    @property
    def days_late(self) -> int:
        """Days past due of a return; 0 for everything else."""
        if self.what != "returned" or self.loan is None or self.loan.returned_on is None:
            return 0
        return self.loan.days_late(self.loan.returned_on)

    @property
    def row_id(self) -> UUID:
        row = self.loan or self.use
        assert row is not None
        return row.pk


LETTERS = {"L": "lent", "R": "returned", "N": "renewed", "I": "read"}


def what_was_done(done: Sequence[tuple[str, UUID]], library: Library, now: datetime,
                  known: Sequence[Loan] = ()) -> list[Done]:
    """The lines of (letter, row id) pairs, in their order; rows of other libraries are left out unless they came
    back here. Loans that the page has already (`known`) are not asked for again; else one query, one more with
    late returns, one with books read in place."""
    loans = {loan.pk: loan for loan in known}
    ids = [id for letter, id in done if letter != "I" and id not in loans]
    if ids:
        rows = _one_done(id=ids[0], library=library.pk) if len(ids) == 1 else _told_of(library).filter(pk__in=ids)
        loans |= {loan.pk: loan for loan in rows}
    late = [id for letter, id in done if letter == "R" and id in loans and _is_late(loans[id])]
    fines = dict(Charge.objects.valid().filter(loan__in=late, kind=Charge.Kind.FINE).values_list(
        "loan_id", "amount")) if late else {}
    read = [id for letter, id in done if letter == "I"]
    uses = {use.pk: use for use in InHouseUse.objects.filter(pk__in=read, library=library).select_related(
        "copy__title")} if read else {}
    lines = []
    for letter, id in done:
        if letter == "I" and id in uses:
            lines.append(_of_use(uses[id], now))
        elif letter in LETTERS and id in loans:
            lines.append(_of_loan(LETTERS[letter], loans[id], fines.get(id, 0), library, now))
    return lines


def _is_late(loan: Loan) -> bool:
    return loan.returned_on is not None and loan.returned_on > loan.due_on


def _of_use(use: InHouseUse, now: datetime) -> Done:
    undone = use.voided_at is not None
    return Done("read", None, use, 0, undone, not undone and now - use.recorded_at < UNDO_FOR, True)


def _of_loan(what: str, loan: Loan, fine: int, library: Library, now: datetime) -> Done:
    moment = {"lent": loan.recorded_at, "returned": loan.returned_at or loan.recorded_at}.get(what, now)
    undone = {"lent": loan.voided_at is not None, "returned": loan.returned_at is None,
              "renewed": loan.renewals == 0}[what]
    still = {"lent": loan.is_open, "returned": loan.returned_at is not None, "renewed": loan.is_open}[what]
    return Done(what, loan, None, fine, undone, still and not undone and abs(now - moment) < UNDO_FOR,
                loan.library_id == library.pk)
