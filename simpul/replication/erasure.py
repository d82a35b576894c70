"""An erased person's whole name stands in no note of a mentor on her library."""

import re
from typing import Any

from simpul.people.models import Person
from simpul.replication.models import Agreed, Confirmation, Contact, Pause, Score

NAMELESS = "…"  # stands where her name stood


def empties(person: Person) -> None:
    """A single word is no whole name: it may be anybody's."""
    if len(person.name.split()) < 2:
        return
    rows: tuple[tuple[Any, str], ...] = (
        (Contact.objects.filter(library_id=person.library_id), "word"),
        (Confirmation.objects.filter(library_id=person.library_id), "reason"),
        (Score.objects.filter(library_id=person.library_id), "reason"),
        (Pause.objects.filter(library_id=person.library_id), "reason"),
        (Agreed.objects.filter(contact__library_id=person.library_id), "what"))
    for found, field in rows:
        for row in found.filter(**{f"{field}__icontains": person.name}):
            setattr(row, field, re.sub(re.escape(person.name), NAMELESS, getattr(row, field), flags=re.IGNORECASE))
            row.save(update_fields=[field])


EMPTIES_PERSON = (empties,)
