"""What a library should do about its stories."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.core.next_step import Step
from simpul.libraries.models import Library
from simpul.stories.models import Story, StoryConsent
from simpul.stories.queries import may_tell

ENDS_SOON = timedelta(days=30)


def sent_back(library: Library, day: date) -> Step | None:
    story = Story.objects.filter(library=library, state=Story.State.BACK).order_by("touched_at").first()
    if story is None:
        return None
    return Step(_("A story came back with a word"), _("The mentor says what is missing. Add it and send it again."),
                _("Read the word"), reverse("stories:story", args=[library.code, story.pk]), minutes=5, urgency=4)


def ready(library: Library, day: date) -> Step | None:
    """She agreed, and nobody sent it on."""
    story = Story.objects.filter(library=library, state=Story.State.DRAFT).agreed(day).filter(
        pk__in=StoryConsent.objects.in_force(day).exclude(
            for_city=False, for_public=False, for_national=False).values("story")).order_by("touched_at").first()
    if story is None:
        return None
    return Step(_("A story is ready to be checked"), _("It is told and agreed to. Send it to your mentor."),
                _("Open the story"), reverse("stories:story", args=[library.code, story.pk]), minutes=2, urgency=5)


def consent_ends(library: Library, day: date) -> Step | None:
    consent = StoryConsent.objects.in_force(day).filter(
        story__library=library, until_on__lte=day + ENDS_SOON).order_by("until_on").first()
    if consent is None:
        return None
    return Step(_("Consent to a story ends soon"),
                _("Ask her whether it may stay. Without a new consent the story is deleted by itself."),
                _("Open the story"), reverse("stories:story", args=[library.code, consent.story_id]), minutes=5, urgency=5)


def six_weeks_after(library: Library, day: date) -> Step | None:
    n = may_tell(library, day).count()
    if not n:
        return None
    return Step(
        ngettext("Ask %(n)s participant for her story", "Ask %(n)s participants for their story", n) % {"n": n},
        _("They came six weeks ago and agreed to be asked. What is different now?"),
        _("Who can tell"), reverse("stories:new", args=[library.code]), minutes=10, urgency=7)


NEXT_STEPS = (sent_back, ready, consent_ends, six_weeks_after)
