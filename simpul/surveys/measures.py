"""What can be counted about voices and answers."""

from django.utils.translation import gettext_lazy as _

from simpul.core.measure import Measure
from simpul.surveys.models import Response, Voice

MEASURES = (
    Measure(
        name="voices", label=_("people who voiced a need"), unit=_("people"), amount="people",
        rows=lambda: Voice.objects.counting().select_related("library"),
        disaggregations={"theme": "theme", "state": "state", "how": "source"},
        columns=((_("Day"), "local_date"), (_("Library"), "library.name"), (_("Theme"), "theme_label"),
                 (_("People"), "people"), (_("State"), "get_state_display"))),
    Measure(
        name="survey_answers", label=_("survey answers"), unit=_("answers"),
        rows=lambda: Response.objects.filter(voided_at__isnull=True).select_related("library", "version__survey"),
        disaggregations={"how": "channel"},
        columns=((_("Day"), "local_date"), (_("Library"), "library.name"), (_("Survey"), "version.survey.title"),
                 (_("How"), "get_channel_display"))),
)
