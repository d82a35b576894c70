"""Why a borrower cannot be erased yet, and what the desk keeps about her."""

from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.circulation.models import Charge, Loan, Reminder
from simpul.circulation.queries import keeps_person
from simpul.core.erasure import Told
from simpul.people.models import Person


def keeps(person: Person) -> str | None:
    """Books that are out and charges that are unpaid stand in the way."""
    return {"open_loans": _("Books are still out. Take them back or mark them as lost first."),
            "unpaid_charges": _("A charge is not paid yet. Receive or waive it first.")}.get(keeps_person(person.pk))


def empties(person: Person) -> None:
    """Her loans are over: they count on without her, and without what somebody wrote beside them."""
    loans = Loan.objects.filter(member__person=person)
    Charge.objects.filter(loan__in=loans).update(waived_because="")
    loans.update(member=None, lent_although="")
    Reminder.objects.filter(member__person=person).delete()


def tells(person: Person) -> Iterator[Told]:
    """Her loans as long as they name her, her charges, and when she was reminded."""
    loans = Loan.objects.filter(member__person=person).select_related("copy__title").order_by("lent_at")
    columns = (_("Title"), _("Lent on"), _("Due on"), _("Came back on"), _("Lent all the same because"))
    yield Told(_("Loans"), columns, tuple(
        (loan.copy.title.title, _day(loan.local_date), _day(loan.due_on), _day(loan.returned_on), loan.lent_although)
        for loan in loans))
    charges = Charge.objects.valid().filter(loan__member__person=person).order_by("happened_at")
    yield Told(_("Fines and replacements"), (_("Kind"), _("Day"), _("Rupiah"), _("Paid"), _("Waived")), tuple(
        (charge.get_kind_display(), _day(charge.local_date), charge.amount, charge.paid, charge.waived)
        for charge in charges))
    yield Told(_("Reminders"), (_("Day"),), tuple(
        (_day(reminder.at.date()),) for reminder in Reminder.objects.filter(member__person=person).order_by("at")))


def _day(value: object) -> str:
    return formats.date_format(value, "DATE_FORMAT") if value else ""


KEEPS_PERSON = (keeps,)
EMPTIES_PERSON = (empties,)
TELLS_OF_PERSON = (tells,)
