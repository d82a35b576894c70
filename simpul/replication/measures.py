"""What can be counted about replication: contacts of mentors, what libraries bring to peer learning meetings."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.core.measure import Measure
from simpul.replication.models import Contact, Share


def shared() -> QuerySet[Share]:
    """Those that came to a meeting that stands."""
    return Share.objects.filter(people__gt=0, meeting__withdrawn_at__isnull=True).select_related("library", "meeting")


MEASURES = (
    Measure(name="mentor_contacts", label=_("contacts of mentors"), unit=_("contacts"), date="done_on",
            rows=lambda: Contact.objects.done().select_related("library"), disaggregations={"how": "how"},
            columns=((_("Day"), "done_on"), (_("Library"), "library.name"), (_("How"), "get_how_display"))),
    Measure(name="peer_learning", label=_("libraries at peer learning meetings"), unit=_("libraries"), rows=shared,
            date="meeting__held_on", follows=("meeting",),
            columns=((_("Day"), "meeting.held_on"), (_("Library"), "library.name"), (_("Meeting"), "meeting.title"),
                     (_("People"), "people"))),
)
