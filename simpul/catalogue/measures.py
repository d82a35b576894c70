"""What can be counted in the catalogue: titles and copies by the day on which they were entered here, copies received
and withdrawn by the library's own day. A copy whose day of receipt is unknown was received in no period."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.models import Copy, SourceRecord
from simpul.core.measure import Measure


def _held() -> QuerySet[Copy]:
    return Copy.objects.held().select_related("title", "library")


def _received() -> QuerySet[Copy]:
    return Copy.objects.filter(received_on__isnull=False).select_related("title", "library")


def _titles() -> QuerySet[SourceRecord]:
    return SourceRecord.objects.select_related("title", "library")


_COPY_COLUMNS = ((_("Title"), "title.title"), (_("Code"), "code"), (_("Inventory number"), "inventory_number"),
                 (_("Source"), "acquisition"), (_("Received on"), "received_on"))

MEASURES = (
    Measure(
        name="titles", label=_("titles entered"), unit=_("titles"), rows=_titles, date="recorded_at__date",
        disaggregations={"form": "form"},
        columns=((_("Title"), "title.title"), (_("Contributors"), "title.contributors_line"), (_("Year"), "title.year"))),
    Measure(
        name="copies", label=_("copies entered"), unit=_("copies"), rows=_held, date="recorded_at__date",
        disaggregations={"acquisition": "acquisition", "state": "state"},
        columns=_COPY_COLUMNS),
    Measure(
        name="copies_added", label=_("copies received"), unit=_("copies"), rows=_received, date="received_on",
        disaggregations={"acquisition": "acquisition", "state": "state"},
        columns=_COPY_COLUMNS),
    Measure(
        name="copies_withdrawn", label=_("copies withdrawn"), unit=_("copies"),
        rows=lambda: Copy.objects.filter(state=Copy.State.WITHDRAWN, withdrawn_on__isnull=False).select_related(
            "title", "library"),
        date="withdrawn_on", disaggregations={"acquisition": "acquisition"}, columns=_COPY_COLUMNS),
)
