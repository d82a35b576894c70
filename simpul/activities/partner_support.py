"""What partners gave to activities, for their page in the register."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse

from simpul.activities.models import Contribution
from simpul.advocacy.support import Given
from simpul.gatherings.models import Gathering


def given_to_activities(partners: Sequence[UUID]) -> Iterable[Given]:
    """Announced and not cancelled, on the activity's first day. One query."""
    rows = Contribution.objects.filter(
        partner__in=partners, activity__gathering__state=Gathering.State.PUBLISHED,
        activity__gathering__first_on__isnull=False).select_related("activity__gathering", "activity__library")
    for row in rows:
        one = row.activity
        yield Given(row.partner_id, one.library_id, one.gathering.first_on, row.kind, row.what, row.worth,  # type: ignore[arg-type]
                    one.gathering.title, reverse("activities:activity", args=[one.library.code, one.pk]))


SUPPORT = (given_to_activities,)
