"""What is out, in figures, and who may not be forgotten yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q

from simpul.circulation.models import Charge, Loan


@dataclass(frozen=True)
class DeskFigures:
    """Loans of some libraries on a day: due today, past due, out in all."""

    due_today: int
    overdue: int
    open: int


def desk_figures(library_ids: Iterable[UUID] | None, day: date) -> DeskFigures:
    """What stands out on `day`, in one query; None means every library of the city."""
    loans = Loan.objects.open()
    if library_ids is not None:
        loans = loans.filter(library_id__in=list(library_ids))
    counts = loans.aggregate(
        due_today=Count("pk", filter=Q(due_on=day)), overdue=Count("pk", filter=Q(due_on__lt=day)), open=Count("pk"))
    return DeskFigures(**counts)


def keeps_person(person_id: UUID) -> str:
    """Why this person may not be erased now: "open_loans", "unpaid_charges" or "" (she may)."""
    if Loan.objects.open().filter(member__person_id=person_id).exists():
        return "open_loans"
    unpaid = Charge.objects.valid().filter(loan__member__person_id=person_id, amount__gt=F("paid") + F("waived"))
    return "unpaid_charges" if unpaid.exists() else ""
