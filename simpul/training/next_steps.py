"""What a workshop asks of a library: name its people, tell where it stands, write the plan."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.core.next_step import Step
from simpul.gatherings.models import Gathering
from simpul.libraries.models import Library
from simpul.plans.models import Plan
from simpul.training.models import Invitation, Participant
from simpul.training.queries import baseline_told
from simpul.training.wording import days_words

A_WEEK, LATER = timedelta(days=7), timedelta(days=30)


def invited(library: Library, day: date) -> Step | None:
    """An invitation that nobody answered, or the baseline a week before."""
    rows = list(Invitation.objects.filter(
        library=library, declined_at__isnull=True, workshop__gathering__state=Gathering.State.PUBLISHED,
        workshop__gathering__first_on__gte=day).select_related("workshop__gathering").order_by("workshop__gathering__first_on")[:1])
    if not rows:
        return None
    row = rows[0]
    workshop, url = row.workshop, reverse("training:nominate", args=[library.code])
    facts = {"title": workshop.gathering.title, "days": days_words(workshop), "n": row.quota}
    if not workshop.participants.current().filter(library=library).exists():
        return Step(_("Name your people for “%(title)s”") % facts,
                    _("%(days)s; your library may send %(n)s people. Names and WhatsApp numbers are enough.") % facts,
                    _("Name them"), url, minutes=3, urgency=3)
    first = workshop.gathering.first_on
    if first and first - A_WEEK <= day and workshop.baseline_id and not baseline_told(workshop, [row.pk]):
        return Step(_("Tell where your library stands before the workshop"),
                    _("Six questions; your follow-up plan starts from them."), _("Answer"), url, minutes=5, urgency=3)
    return None


def plan_missing(library: Library, day: date) -> Step | None:
    """People of the library were at a workshop, and its plan was not handed in."""
    row = Participant.objects.filter(
        library=library, state=Participant.State.CONFIRMED, workshop__needs_plan=True,
        workshop__gathering__last_on__lt=day, workshop__gathering__last_on__gte=day - LATER,
        presence__voided_at__isnull=True, presence__isnull=False).select_related("workshop__gathering").order_by(
        "-workshop__gathering__last_on").first()
    if row is None:
        return None
    if Plan.objects.handed_in().from_origins([row.workshop.origin]).filter(library=library).exists():
        return None
    return Step(_("Hand in the follow-up plan of “%(title)s”") % {"title": row.workshop.gathering.title},
                _("It was begun at the workshop; the certificate waits for it."), _("Open the workshop"),
                reverse("training:nominate", args=[library.code]), minutes=15, urgency=3)


NEXT_STEPS = (invited, plan_missing)
