"""What can be counted about certificates."""

from django.utils.translation import gettext_lazy as _

from simpul.certificates.models import Certificate
from simpul.core.measure import Measure

MEASURES = (
    Measure(
        name="certificates", label=_("certificates issued"), unit=_("certificates"),
        rows=lambda: Certificate.objects.given().select_related("library", "batch"),
        disaggregations={"kind": "kind"},
        columns=((_("Day"), "local_date"), (_("Event"), "batch.event"), (_("Kind"), "kind_label"), (_("JP"), "jp"))),
)
