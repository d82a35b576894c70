"""What can be counted here: months that a library stood for. Counted live and by the month they are about, so that a
signature is no record of the month in which it was given."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.core.measure import Measure
from simpul.months.models import Signature


def first_signatures() -> QuerySet[Signature]:
    """Each signed month once."""
    return Signature.objects.filter(version=1).select_related("library").defer("snapshot")


MEASURES = (
    Measure(name="months_signed", label=_("months signed"), unit=_("months"), rows=first_signatures, date="month", is_live=True,
            columns=((_("Month"), "period"), (_("Library"), "library.name"), (_("Signed on"), "signed_on"))),
)
