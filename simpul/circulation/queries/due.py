"""Who has what to bring back, by member, with the message that reminds her."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.circulation.models import Loan, Reminder
from simpul.core.phones import whatsapp_link
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.people.queries import Contact, contacts_for, shortened


@dataclass(frozen=True)
class DueMember:
    """A member with her loans that fall into the list, oldest due day first; `link` opens the message in WhatsApp,
    empty without a number."""

    member: Member
    name: str
    loans: tuple[Loan, ...]
    contact: Contact
    message: str
    link: str
    reminded_at: datetime | None
    days_late: int  # of the oldest loan; 0 in time


WINDOWS = ("overdue", "today", "week")


def due_loans(library: Library, day: date, window: str) -> QuerySet[Loan]:
    """Open loans with a known reader that are overdue on `day`, due that day, or due in the seven days after."""
    loans = Loan.objects.open().filter(library=library, member__isnull=False)
    if window == "today":
        return loans.due_between(day, day)
    if window == "week":
        return loans.due_between(day + timedelta(days=1), day + timedelta(days=7))
    return loans.due_before(day)


def window_counts(library: Library, day: date) -> dict[str, int]:
    """Loans in each window."""
    return {window: due_loans(library, day, window).count() for window in WINDOWS}


def due_member_ids(library: Library, day: date, window: str) -> QuerySet[Loan, UUID]:
    """Ids of the members in a window, the longest waiting first; to be paged."""
    return (due_loans(library, day, window).order_by().values("member").annotate(
        first=Min("due_on"), n=Count("pk")).order_by("first", "member").values_list("member", flat=True))


def due_members(library: Library, day: date, window: str, member_ids: Sequence[Any]) -> list[DueMember]:
    """These members with their loans of the window, in their order; five queries for any number of them."""
    loans: dict[UUID, list[Loan]] = defaultdict(list)
    rows = due_loans(library, day, window).filter(member__in=list(member_ids)).select_related(
        "copy__title", "member__person").order_by("due_on", "lent_at")
    for loan in rows:
        assert loan.member_id is not None
        loans[loan.member_id].append(loan)
    members = {found[0].member_id: found[0].member for found in loans.values()}
    contacts = contacts_for([member.person for member in members.values() if member], day)
    reminded = dict(Reminder.objects.filter(member__in=list(loans), library=library).values_list("member").annotate(
        last=Max("at")))
    return [_due_member(library, day, members[id], loans[id], contacts, reminded.get(id))
            for id in member_ids if id in loans]


def _due_member(library: Library, day: date, member: Member | None, loans: list[Loan],
                contacts: dict[UUID, Contact], reminded_at: datetime | None) -> DueMember:
    assert member is not None
    is_own = member.library_id == library.pk
    name = member.person.name if is_own else shortened(member.person.name)
    contact = contacts[member.person_id]
    is_child = member.person.is_child(day)
    text = reminder_text(library, member.person.name, contact, loans, day, is_child=is_child)
    # a child's own number is not written to: the message is for the guardian
    reaches = contact.phone and (contact.is_guardian or not is_child)
    return DueMember(member, name, tuple(loans), contact, text,
                     whatsapp_link(contact.phone, text) if reaches else "", reminded_at,
                     loans[0].days_late(day))


def reminder_text(library: Library, name: str, contact: Contact, loans: Iterable[Loan], day: date, *,
                  is_child: bool) -> str:
    """What reminds her. Of a child's loans it names no titles, and speaks to the guardian."""
    loans = list(loans)
    n, due = len(loans), min(loan.due_on for loan in loans)
    is_late = due < day
    when = formats.date_format(due, "l, j F Y")
    if is_child:
        greeting = _("Dear {name},").format(name=contact.name if contact.is_guardian else _("parent or guardian"))
        body = ngettext(
            "{child} has {n} book of {library} at home, due on {day}.",
            "{child} has {n} books of {library} at home, the first due on {day}.", n,
        ).format(child=name, n=n, library=library.name, day=when)
        titles: list[str] = []
    else:
        greeting = _("Dear {name},").format(name=name)
        body = ngettext("you have {n} book of {library}, due on {day}:",
                        "you have {n} books of {library}, the first due on {day}:", n,
                        ).format(n=n, library=library.name, day=when)
        titles = [f"• {loan.copy.title.title}" for loan in loans]
    ending = (_("It is past its day. Please bring it back, or write to us if you need it longer. Thank you.")
              if is_late else _("Please bring it back in time, or write to us to renew. Thank you."))
    return "\n".join([greeting, body, *titles, ending])


def receipt_text(library: Library, name: str, loans: Sequence[Loan], *, is_child: bool) -> str:
    """What a member takes along: how many books, until when; a child's without titles."""
    due = formats.date_format(min(loan.due_on for loan in loans), "l, j F Y")
    head = ngettext("{name}: {n} book of {library}, back by {day}.",
                    "{name}: {n} books of {library}, the first back by {day}.", len(loans),
                    ).format(name=name, n=len(loans), library=library.name, day=due)
    if is_child:
        return head
    rows = [f"• {loan.copy.title.title} ({formats.date_format(loan.due_on, 'j F')})" for loan in loans]
    return "\n".join([head, *rows])
