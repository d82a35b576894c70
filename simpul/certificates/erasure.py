"""A member's certificates: told to her, and emptied with her."""

from collections.abc import Iterator
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.certificates.models import Certificate
from simpul.core.erasure import Told
from simpul.people.models import Person

#: what leads to her; the number, the event and the credential's place on the list of revocations stay
EMPTY: dict[str, Any] = {"name": "", "person": None, "source": "", "evidence": {}, "credential": "", "salt": "", "official": None,
         "because": ""}


def tells(person: Person) -> Iterator[Told]:
    rows = Certificate.objects.filter(person=person).select_related("batch").order_by("made_at")
    yield Told(_("Certificates"), (_("Number"), _("Name"), _("Event"), _("Issued"), _("State")), tuple(
        (row.number or "", row.name, row.batch.event,
         formats.date_format(row.local_date, "DATE_FORMAT") if row.local_date else "", str(row.get_state_display()))
        for row in rows))


def empties(person: Person) -> None:
    """Drafts go, issued ones forget her; what she took along stays provable."""
    rows = Certificate.objects.filter(person=person)
    rows.filter(state=Certificate.State.DRAFT).delete()
    rows.update(**EMPTY)


TELLS_OF_PERSON = (tells,)
EMPTIES_PERSON = (empties,)
