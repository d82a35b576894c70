"""What a library should do about children whose guardian has not agreed yet."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.core.next_step import Step
from simpul.libraries.models import Library
from simpul.people.models import ADULT_AGE, CONSENT_DAYS, Consent, Person

SOON = timedelta(days=7)


def consent_runs_out(library: Library, day: date) -> Step | None:
    """Children named for more than 23 days without consent: within a week their names are erased."""
    agreed = Consent.objects.in_force().filter(purpose=Consent.Purpose.CHILD_MEMBERSHIP).values("person_id")
    n = (Person.objects.present()
         .filter(library=library, birth_year__gt=day.year - ADULT_AGE,
                 recorded_at__date__lte=day - timedelta(days=CONSENT_DAYS) + SOON)
         .exclude(pk__in=agreed).count())
    if not n:
        return None
    return Step(
        ngettext("Ask one family to agree", "Ask %(n)s families to agree", n) % {"n": n},
        _("Without a guardian's consent these children's names are erased within a week, as the law asks."),
        _("See the children"), reverse("people:list", args=[library.code]) + "?tampil=tanpa-persetujuan",
        minutes=5, urgency=1)


NEXT_STEPS = (consent_runs_out,)
