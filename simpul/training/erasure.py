"""What workshops keep under a person's name and number: for her to read, and to be forgotten."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from simpul.core.erasure import Told
from simpul.people.models import Person
from simpul.training.actions.retention import EMPTY
from simpul.training.models import Participant


def _hers(person: Person) -> QuerySet[Participant]:
    """By the same name and number; without a number nothing leads to her."""
    if not person.phone:
        return Participant.objects.none()
    return Participant.objects.filter(phone=person.phone, name_key=person.name_key)


def tells(person: Person) -> Iterator[Told]:
    rows = _hers(person).select_related("workshop__gathering", "library").order_by("named_at")
    yield Told(_("Workshops"), (_("Day"), _("Workshop"), _("Library"), _("State"), _("Result")), tuple(
        (formats.date_format(row.named_at, "DATE_FORMAT"), row.workshop.gathering.title, row.library.name,
         str(row.get_state_display()), str(row.get_outcome_display())) for row in rows))


def empties(person: Person) -> None:
    """Name and number go; that somebody of her library was trained stays a count."""
    _hers(person).update(**EMPTY)


TELLS_OF_PERSON = (tells,)
EMPTIES_PERSON = (empties,)
