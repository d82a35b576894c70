"""What can be counted about volunteers: minutes that were given, people who began to help."""

from django.utils.translation import gettext_lazy as _

from simpul.core.measure import Measure
from simpul.volunteers.models import Helper, Service

MEASURES = (
    Measure(
        name="volunteer_minutes", label=_("minutes that volunteers helped"), unit=_("minutes"), amount="minutes",
        rows=lambda: Service.objects.counting().select_related("library", "helper"), disaggregations={"work": "work"},
        columns=((_("Day"), "local_date"), (_("Library"), "library.name"), (_("What"), "get_work_display"),
                 (_("Minutes"), "minutes")),
        personal_columns=((_("Name"), "helper.name"),)),
    Measure(
        name="new_volunteers", label=_("people who began to help"), unit=_("people"), date="since_on",
        rows=lambda: Helper.objects.select_related("library"),
        columns=((_("Day"), "since_on"), (_("Library"), "library.name")), personal_columns=((_("Name"), "name"),)),
)
