"""What can be counted about stories. A withdrawn story counts no longer."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.measure import Measure
from simpul.stories.models import Audience, Story

DISAGGREGATIONS = {"theme": "theme", "change": "change", "kind": "kind"}
COLUMNS = ((_("Verified on"), "verified_on"), (_("Library"), "library.name"), (_("Kind"), "kind"), (_("Theme"), "theme"),
           (_("What changed"), "change"))


def verified() -> QuerySet[Story]:
    day = clock.local_date(clock.now(), "Asia/Jakarta")
    return Story.objects.filter(state=Story.State.VERIFIED).agreed(day).select_related("library")


def published() -> QuerySet[Story]:
    day = clock.local_date(clock.now(), "Asia/Jakarta")
    return Story.objects.published_for(Audience.PUBLIC, day).select_related("library")


MEASURES = (
    Measure(name="stories_verified", label=_("verified stories"), unit=_("stories"), rows=verified, date="verified_on",
            disaggregations=DISAGGREGATIONS, columns=COLUMNS, is_live=True),
    Measure(name="stories_published", label=_("published stories"), unit=_("stories"), rows=published,
            date="verified_on", disaggregations=DISAGGREGATIONS, columns=COLUMNS, is_live=True, part_of="stories_verified"),
)
