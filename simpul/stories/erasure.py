"""What stories keep about a person: for her to read, and to be forgotten."""

from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.erasure import Told
from simpul.people.models import Person
from simpul.stories.actions.steps import forget
from simpul.stories.models import Story, StoryConsent


def empties(person: Person) -> None:
    """Her stories go with her."""
    for story in Story.objects.select_for_update().filter(person=person):
        forget(story, StoryConsent.Ended.ERASED, clock.now())


def tells(person: Person) -> Iterator[Told]:
    """Her stories and until when she agreed to them."""
    rows = Story.objects.present().filter(person=person).order_by("happened_at")
    yield Told(_("Stories"), (_("Day"), _("Story"), _("State"), _("Agreed until")), tuple(
        (formats.date_format(row.local_date, "DATE_FORMAT"), row.headline, str(row.get_state_display()), ", ".join(
            formats.date_format(one.until_on, "DATE_FORMAT") for one in row.consents.filter(ended_at__isnull=True)))
        for row in rows))


EMPTIES_PERSON = (empties,)
TELLS_OF_PERSON = (tells,)
