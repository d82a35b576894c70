"""Questions about rules, due days and what is out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q

from simpul.circulation.models import Charge, Loan, LoanRule
from simpul.libraries.models import Closure, Library, OpeningHours
from simpul.people.models import Member


@dataclass(frozen=True)
class Terms:
    """How this library lends to this kind of member: counts, days, and whole rupiah (0: none, no limit)."""

    copies_at_once: int = 3
    days: int = 7
    renewals: int = 1
    grace_days: int = 0
    fine_per_day: int = 0
    fine_at_most: int = 0


#: what holds where nobody has written a rule
DEFAULT_TERMS = Terms()


def terms_for(library_id: UUID, member_type_id: UUID) -> Terms:
    """The most particular rule: library and type, then library, then type, then the city's, then the default."""
    scopes = [f"{library_id}|{member_type_id}", f"{library_id}|", f"|{member_type_id}", "|"]
    found = {rule.scope: rule for rule in LoanRule.objects.filter(scope__in=scopes)}
    for scope in scopes:
        if scope in found:
            rule = found[scope]
            return Terms(rule.copies_at_once, rule.days, rule.renewals, rule.grace_days, rule.fine_per_day,
                         rule.fine_at_most)
    return DEFAULT_TERMS


def due_day(library: Library, terms: Terms, lent_on: date) -> date:
    """The day to bring it back: never one on which the library is closed."""
    wanted = lent_on + timedelta(days=terms.days)
    return next(iter(open_days(library, wanted, wanted + timedelta(days=60))), wanted)


def fine_for(library: Library, terms: Terms, due_on: date, returned_on: date) -> int:
    """Rupiah for a late return, 0 where the rule knows none.

    Counted are the days after the due day on which the library was open (nobody pays for a day on which she
    could not have come), less the days of grace, on the day of return; never more than the rule's cap.
    """
    if not terms.fine_per_day or returned_on <= due_on:
        return 0
    late = len(open_days(library, due_on + timedelta(days=1), returned_on)) - terms.grace_days
    fine = max(0, late) * terms.fine_per_day
    return min(fine, terms.fine_at_most) if terms.fine_at_most else fine


def open_days(library: Library, first: date, last: date) -> list[date]:
    """The days from `first` to `last` (both included) on which the library was open, in two queries. A library
    that has not told its hours is taken to be open every day that is not declared closed."""
    weekdays = set(OpeningHours.objects.filter(library=library).values_list("weekday", flat=True)) or set(range(7))
    closed = list(Closure.objects.filter(library=library, withdrawn_at__isnull=True, first_on__lte=last,
                                         last_on__gte=first).values_list("first_on", "last_on"))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() in weekdays and not any(a <= day <= b for a, b in closed)]


@dataclass(frozen=True)
class DeskFigures:
    """Loans of some libraries on a day: due today, past due, out in all."""

    due_today: int
    overdue: int
    open: int


def desk_figures(library_ids: Iterable[UUID], day: date) -> DeskFigures:
    """What stands out on `day`, in one query."""
    counts = Loan.objects.open().filter(library_id__in=list(library_ids)).aggregate(
        due_today=Count("pk", filter=Q(due_on=day)), overdue=Count("pk", filter=Q(due_on__lt=day)), open=Count("pk"))
    return DeskFigures(**counts)


def keeps_person(person_id: UUID) -> str:
    """Why this person may not be erased now: "open_loans", "unpaid_charges" or "" (she may)."""
    member = Member.objects.filter(person_id=person_id).first()
    if member is None:
        return ""
    if Loan.objects.open().filter(member=member).exists():
        return "open_loans"
    if any(charge.left for charge in Charge.objects.valid().filter(loan__member=member)):
        return "unpaid_charges"
    return ""
