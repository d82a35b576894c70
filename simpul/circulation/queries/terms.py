"""How a library lends: its terms, due days and fines."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from simpul.circulation.models import LoanRule
from simpul.core.prepared import Prepared
from simpul.libraries.models import Library
from simpul.libraries.queries import fetch_hours, is_closed_by_choice, next_open_day


@dataclass(frozen=True)
class Terms:
    """How this library lends to this kind of member: counts, days, and whole rupiah (0: none, no limit)."""

    copies_at_once: int = 3
    days: int = 7
    renewals: int = 1
    grace_days: int = 0
    fine_per_day: int = 0
    fine_at_most: int = 0


_rules: Prepared[LoanRule] = Prepared(
    lambda own, here, everywhere, city: LoanRule.objects.filter(scope__in=[own, here, everywhere, city]))

#: what holds where nobody has written a rule
DEFAULT_TERMS = Terms()


def terms_for(library_id: UUID, member_type_id: UUID) -> Terms:
    """The most particular rule: library and type, then library, then type, then the city's, then the default."""
    scopes = [f"{library_id}|{member_type_id}", f"{library_id}|", f"|{member_type_id}", "|"]
    found = {rule.scope: rule for rule in _rules(own=scopes[0], here=scopes[1], everywhere=scopes[2], city=scopes[3])}
    for scope in scopes:
        if scope in found:
            rule = found[scope]
            return Terms(rule.copies_at_once, rule.days, rule.renewals, rule.grace_days, rule.fine_per_day,
                         rule.fine_at_most)
    return DEFAULT_TERMS


def due_day(library: Library, terms: Terms, lent_on: date) -> date:
    """The day to bring it back: never one on which the library is closed."""
    fetch_hours(library)
    return next_open_day(library, lent_on + timedelta(days=terms.days))


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
    """The days from `first` to `last` (both included) on which the library was not certainly closed, in two
    queries. A library that has not told its hours counts as open on every day not declared closed."""
    fetch_hours(library)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if not is_closed_by_choice(library, day)]
