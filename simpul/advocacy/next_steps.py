"""What a library should do about approaches, agreements and its yearly road."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.advocacy.models import Agreement, Approach
from simpul.advocacy.queries.road import is_begun, roads_of, to_do
from simpul.advocacy.road import current_year
from simpul.core.next_step import Step
from simpul.libraries.models import Library

BEFORE_THE_END = timedelta(days=60)


def an_approach_is_due(library: Library, day: date) -> Step | None:
    """Somebody waits for the next step that we promised."""
    row = Approach.objects.filter(library=library).due_by(day).order_by("next_on").first()
    if row is None:
        return None
    return Step(row.next_what or _("Go on with: %(aim)s") % {"aim": row.aim},
                _("With %(office)s: %(aim)s") % {"office": row.office, "aim": row.aim}, _("Open the approach"),
                reverse("advocacy:approach", args=[library.code, row.pk]), minutes=10, urgency=4)


def an_agreement_ends(library: Library, day: date) -> Step | None:
    """An agreement binds for two more months at most, and nothing takes its place."""
    rows = Agreement.objects.filter(library=library).ending_by(day + BEFORE_THE_END, day).select_related("partner")
    row = rows.order_by("until_on").first()
    if row is None or row.until_on is None:
        return None
    left = (row.until_on - day).days
    return Step(_("Renew the agreement with %(partner)s") % {"partner": row.with_whom},
                ngettext("It ends in %(n)s day.", "It ends in %(n)s days.", left) % {"n": left},
                _("Open the agreement"), reverse("advocacy:agreement", args=[library.code, row.pk]), minutes=15, urgency=5)


def the_road_goes_on(library: Library, day: date) -> Step | None:
    """A dated step of the yearly road comes near. From August on two roads may be
    walked at once, that of this year to its end and that of the coming January."""
    for year, steps in roads_of(library.pk, sorted({day.year, current_year(day)}), day).items():
        if year != current_year(day) and not is_begun(steps):
            continue
        step = to_do(steps)
        if step is not None:
            return Step(str(step.milestone.label), str(step.milestone.why), _("Open the yearly road"),
                        reverse("advocacy:road", args=[library.code, year]), minutes=20, urgency=5)
    return None


NEXT_STEPS = (an_approach_is_due, an_agreement_ends, the_road_goes_on)
