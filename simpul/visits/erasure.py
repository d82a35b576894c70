"""What the guest book keeps about a person, for her to read."""

from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.core.erasure import Told
from simpul.people.models import Person
from simpul.visits.models import Visit


def empties(person: Person) -> None:
    """Her visits count on; that they were hers is forgotten."""
    Visit.objects.filter(person=person).update(person=None)


def tells(person: Person) -> Iterator[Told]:
    """The days on which she came, as long as they are linked to her (12 months)."""
    rows = Visit.objects.valid().filter(person=person).select_related("library").order_by("-happened_at")
    yield Told(_("Visits"), (_("Day"), _("Library"), _("Computer")), tuple(
        (formats.date_format(row.local_date, "DATE_FORMAT"), row.library.name, _("yes") if row.uses_ict else "")
        for row in rows))


EMPTIES_PERSON = (empties,)
TELLS_OF_PERSON = (tells,)
