"""What gatherings keep about a person: for her to read, and to be forgotten."""

from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.core.erasure import Told
from simpul.gatherings.models import Attendance, Registration
from simpul.people.models import Person


def empties(person: Person) -> None:
    """Marks of attendance count on without her; what she registered for by her name and number forgets both."""
    Attendance.objects.filter(person=person).update(person=None, name="", who_key="")
    if person.phone:
        Registration.objects.filter(
            gathering__library=person.library_id, phone=person.phone, name_key=person.name_key).update(
            name="", name_key="", phone="", email="")


def tells(person: Person) -> Iterator[Told]:
    """Where she was present, as long as it is linked to her, and what she registered for by the same name and
    number at this library."""
    marks = Attendance.objects.valid().filter(person=person).select_related("session__gathering").order_by("local_date")
    yield Told(_("Attendance"), (_("Day"), _("Activity"), _("Mark")), tuple(
        (formats.date_format(mark.local_date, "DATE_FORMAT"), mark.session.gathering.title, mark.get_state_display())
        for mark in marks))
    rows = Registration.objects.filter(
        gathering__library=person.library_id, phone=person.phone, name_key=person.name_key).exclude(
        phone="").select_related("gathering").order_by("registered_at")
    yield Told(_("Registrations"), (_("Day"), _("Activity"), _("State")), tuple(
        (formats.date_format(row.registered_at, "DATE_FORMAT"), row.gathering.title, row.get_state_display())
        for row in rows))


EMPTIES_PERSON = (empties,)
TELLS_OF_PERSON = (tells,)
