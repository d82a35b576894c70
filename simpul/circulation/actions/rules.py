"""The rules of lending."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.circulation.models import LoanRule
from simpul.circulation.permissions import can_set_rules
from simpul.circulation.queries import Terms
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Library
from simpul.people.models import MemberType

AT_MOST = {"copies_at_once": 100, "days": 365, "renewals": 20, "grace_days": 60, "fine_per_day": 100_000,
           "fine_at_most": 10_000_000}


@change("rule.set", says=gettext_lazy("{by} set the lending rule of {result}: {copies} books, {days} days"))
def set_rule(*, library: Library | None, member_type: MemberType | None, terms: Terms, by: Actor, at: datetime,
             id: UUID) -> LoanRule:
    """Set how `library` (None: every library of the city) lends to `member_type` (None: every type)."""
    if not can_set_rules(by, library.pk if library else None):
        raise NotAllowed(_("Only the librarian of this library may set its rules."))
    if terms.copies_at_once < 1 or terms.days < 1:
        raise Refusal(_("At least one book and one day."), field="days" if terms.copies_at_once else "copies_at_once",
                      code="too_small")
    for name, most in AT_MOST.items():
        if not 0 <= getattr(terms, name) <= most:
            raise Refusal(_("From 0 to {most}.").format(most=most), field=name, code="out_of_range")
    note(copies=terms.copies_at_once, days=terms.days)
    scope = f"{library.pk if library else ''}|{member_type.pk if member_type else ''}"
    values = {name: getattr(terms, name) for name in AT_MOST} | {"changed_at": at}
    rule, _made = LoanRule.objects.update_or_create(
        scope=scope, defaults=values, create_defaults={
            **values, "id": id, "library": library, "member_type": member_type})
    return rule
