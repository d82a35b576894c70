"""Somebody of the register may also be whom to call at a partner, or named in what was written about a talk: by her
number and her name she is found, told and forgotten."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from simpul.advocacy.models import Partner, Proposal, Talk
from simpul.core.erasure import Told
from simpul.people.models import Person

NAMELESS = "…"  # stands where her name stood


def tells(person: Person) -> Iterator[Told]:
    """Partners of her library and of the city whose number is hers. No number, no link to her."""
    if person.phone:
        rows = Partner.objects.of(person.library_id).filter(contact_phone=person.phone).order_by("name")
        yield Told(_("Contact person of partners"), (_("Partner"), _("Name")),
                   tuple((row.name, row.contact_name) for row in rows))


def empties(person: Person) -> None:
    """She is nobody's contact person any more, and her whole name stands in no talk, note or signature of her library.
    A single word is no whole name: it may be anybody's."""
    if person.phone:
        Partner.objects.of(person.library_id).filter(contact_phone=person.phone).update(contact_name="", contact_phone="")
    if len(person.name.split()) < 2:
        return
    for table, names in ((Partner, ("contact_name", "notes")), (Talk, ("ours", "said")), (Proposal, ("signer", "known_by"))):
        for name in names:
            _take_out(table.objects.filter(library_id=person.library_id), name, person.name)


def _take_out(rows: Any, field: str, name: str) -> None:
    for row in rows.filter(**{f"{field}__icontains": name}):
        setattr(row, field, re.sub(re.escape(name), NAMELESS, getattr(row, field), flags=re.IGNORECASE))
        row.save(update_fields=[field])


TELLS_OF_PERSON = (tells,)
EMPTIES_PERSON = (empties,)
