"""What is kept here under a person's number, for her to read and to be forgotten."""

from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.erasure import Told
from simpul.people.models import Person
from simpul.volunteers.actions.who_helps import erase_by_name, erase_by_phone
from simpul.volunteers.models import Helper


def tells(person: Person) -> Iterator[Told]:
    """That she helps, where her number is the same. No number, no link to her."""
    if not person.phone:
        return
    rows = Helper.objects.filter(library_id=person.library_id, phone=person.phone)
    yield Told(_("As a volunteer"), (_("Since"), _("Name")), tuple(
        (formats.date_format(row.since_on, "DATE_FORMAT"), row.name) for row in rows))


def empties(person: Person) -> None:
    """Her number goes. Where her whole name stands without another number, of her service stay initials and hours; the
    notes of one duty to the next forget her name."""
    if person.phone:
        erase_by_phone(person.library_id, person.phone)
    if len(person.name.split()) > 1:
        erase_by_name(person.library_id, person.name, clock.now())


TELLS_OF_PERSON = (tells,)
EMPTIES_PERSON = (empties,)
