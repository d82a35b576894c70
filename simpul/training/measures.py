"""What can be counted about workshops: who was trained, and for how long."""

from django.utils.translation import gettext_lazy as _

from simpul.core.measure import Measure
from simpul.training.models import Participant

_COLUMNS = ((_("Day"), "completed_on"), (_("Library"), "library.name"), (_("Workshop"), "workshop.gathering.title"),
            (_("Role"), "role"), (_("JP"), "jp"))
_PERSONAL = ((_("Name"), "name"),)

MEASURES = (
    Measure(name="people_trained", label=_("people trained with a certificate"), unit=_("people"), date="completed_on",
            rows=lambda: Participant.objects.trained().select_related("library", "workshop__gathering"),
            disaggregations={"sex": "sex"}, columns=_COLUMNS, personal_columns=_PERSONAL),
    Measure(name="training_jp", label=_("JP of training received"), unit=_("JP"), date="completed_on", amount="jp",
            rows=lambda: Participant.objects.trained().select_related("library", "workshop__gathering"),
            columns=_COLUMNS, personal_columns=_PERSONAL),
)
