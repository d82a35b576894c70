"""Somebody of the register may also be whom to call at a partner: by her number she is found, told and forgotten."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from simpul.advocacy.models import Partner
from simpul.core.erasure import Told
from simpul.people.models import Person


def tells(person: Person) -> Iterator[Told]:
    """Partners of her library and of the city whose number is hers. No number, no link to her."""
    if person.phone:
        rows = Partner.objects.of(person.library_id).filter(contact_phone=person.phone).order_by("name")
        yield Told(_("Contact person of partners"), (_("Partner"), _("Name")),
                   tuple((row.name, row.contact_name) for row in rows))


def empties(person: Person) -> None:
    """She is nobody's contact person any more."""
    if person.phone:
        Partner.objects.of(person.library_id).filter(contact_phone=person.phone).update(contact_name="", contact_phone="")


TELLS_OF_PERSON = (tells,)
EMPTIES_PERSON = (empties,)
