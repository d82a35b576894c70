"""When nothing urgent waits: the next step of the journey, or a friendly word to a library that fell silent."""

from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from simpul.core.next_step import Step as NextStep
from simpul.libraries.models import Library
from simpul.replication.queries.ahead import ahead_of
from simpul.replication.queries.materials import material_for
from simpul.replication.queries.meetings import invitation_of
from simpul.replication.queries.standing import Standing
from simpul.replication.steps import HOW, Stage

LAST = 9  # more urgent things come first

#: step of the journey → (heading, action, page of the library, minutes)
DO = {
    Stage.CHOSEN: (lazy("Let your library take part in the replication"), lazy("See the journey"), "replication:journey", 3),
    Stage.COMMITTED: (lazy("Bring the letter of commitment"), lazy("Add the letter"), "replication:document_new", 5),
    Stage.TRAINED: (lazy("Send somebody to the next workshop"), lazy("See the workshops"), "replication:journey", 5),
    Stage.BASELINE: (lazy("Measure where you start from"), lazy("Open a survey"), "surveys:list", 10),
    Stage.PLAN: (lazy("Begin the first row of your plan"), lazy("Open the plans"), "plans:list", 10),
    Stage.REPORTING: (lazy("Record something every month, three months in a row"), lazy("Write down a visit"), "visits:book", 2),
    Stage.SHARING: (lazy("Bring what you achieved to a peer learning meeting"), lazy("See the meetings"), "", 5),
    Stage.INDEPENDENT: (lazy("Win support of your own"), lazy("Plan an approach"), "advocacy:board", 10),
    Stage.MENTOR: (lazy("Help a neighbouring library to begin"), lazy("See the journey"), "replication:journey", 5),
}


def journey_goes_on(library: Library, day: date) -> NextStep | None:
    """The first step that does not hold, with why and its material; silence comes before everything."""
    ahead = ahead_of(library, day)
    if ahead.is_missed and ahead.rhythm.last_on:
        return NextStep(
            _("We miss your records since %(day)s") % {"day": formats.date_format(ahead.rhythm.last_on, "j F Y")},
            _("Were you closed? Declare the days. Was there no time? One number for the whole day is enough."),
            _("Write down a visit"), reverse("visits:book", args=[library.code]), minutes=2, urgency=LAST)
    return _step(library, ahead.standing) if ahead.standing else None


def _step(library: Library, standing: Standing) -> NextStep:
    heading, action, page, minutes = DO[standing.stage]
    url = reverse(page, args=[library.code]) if page else reverse("replication:meetings")
    if standing.stage == Stage.COMMITTED:
        url += "?jenis=commitment"
    why = standing.lost_why or str(HOW[standing.stage])
    name, at = material_for(standing.stage)
    return NextStep(str(heading), _("Next on your journey: %(step)s. %(why)s") % {"step": standing.stage.label, "why": why},
                    str(action), url, minutes=minutes, urgency=LAST, material=name, material_url=at)


def invited(library: Library, day: date) -> NextStep | None:
    """A meeting it is invited to and has not answered yet."""
    row = invitation_of(library.pk, day)
    if row is None:
        return None
    return NextStep(
        _("You are invited: %(meeting)s") % {"meeting": row.meeting.title},
        _("Tell who comes on %(day)s and what you bring; others learn from it, and you take one thing home.") % {
            "day": formats.date_format(row.meeting.held_on, "l, j F Y")},
        _("Answer"), reverse("replication:share", args=[library.code, row.meeting_id]), minutes=3, urgency=6)


NEXT_STEPS = (invited,)
AT_LAST = (journey_goes_on,)
