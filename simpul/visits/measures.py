"""What can be counted about visits."""

from django.utils.translation import gettext_lazy as _

from simpul.core.measure import Measure
from simpul.visits.models import Visit

DISAGGREGATIONS = {"sex": "sex", "age_group": "age_group", "how": "how", "purpose": "purpose", "ict": "uses_ict"}
COLUMNS = (
    (_("Day"), "local_date"), (_("Library"), "library.name"), (_("How"), "how"), (_("Sex"), "sex"),
    (_("Age"), "age_group"), (_("Visits"), "count"), (_("Purpose"), "purpose"), (_("Computer"), "uses_ict"),
)

MEASURES = (
    Measure(
        name="visits", label=_("visits"), unit=_("visits"), amount="count", disaggregations=DISAGGREGATIONS,
        person="person_id", told_by_parts=("ict",),
        rows=lambda: Visit.objects.valid().select_related("library"), columns=COLUMNS),
    Measure(
        name="ict_visits", label=_("visits with computer or internet"), unit=_("visits"), amount="count",
        person="person_id", part_of="visits",
        rows=lambda: Visit.objects.valid().filter(uses_ict=True).select_related("library"), columns=COLUMNS,
        disaggregations={name: field for name, field in DISAGGREGATIONS.items() if name != "ict"}),
)
