"""What voices and surveys keep under a person's number, for her to read. Disclosures are told to nobody."""

from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.core.erasure import Told
from simpul.people.models import Person
from simpul.surveys.models import Invitation, Voice


def tells(person: Person) -> Iterator[Told]:
    """Voices with her number (until she is told), and when she is to be asked again. No number, no link to her."""
    if not person.phone:
        return
    voices = Voice.objects.filter(library_id=person.library_id, phone=person.phone).order_by("-happened_at")
    yield Told(_("Voices"), (_("Day"), _("Text"), _("State")), tuple(
        (formats.date_format(row.local_date, "DATE_FORMAT"), row.text, str(row.get_state_display())) for row in voices))
    asked = Invitation.objects.filter(survey__library_id=person.library_id, phone=person.phone).select_related("survey")
    yield Told(_("To be asked again"), (_("Day"), _("Survey")), tuple(
        (formats.date_format(row.due_on, "DATE_FORMAT"), row.survey.label) for row in asked.order_by("due_on")))


TELLS_OF_PERSON = (tells,)
