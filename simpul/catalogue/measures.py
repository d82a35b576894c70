"""What can be counted in the catalogue: titles and copies by the day on which they were entered here, copies received
and withdrawn by the library's own day. A copy whose day of receipt is unknown was received in no period."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.models import Copy, DigitalResource, DigitalUse, SourceRecord
from simpul.core.measure import Measure, Stock, end_of_day


@dataclass(frozen=True)
class TitleMeasure(Measure):
    """Counts titles, not rows: a title opened ten times in a period is one title used. What is counted so adds up
    over no days and no libraries."""

    def total(self, rows: QuerySet[Any]) -> int:
        return int(rows.order_by().aggregate(n=Count("title_id", distinct=True))["n"] or 0)

    def by(self, rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
        return list(rows.order_by().values(*fields).annotate(n=Count("title_id", distinct=True)).order_by(*fields))


@dataclass(frozen=True)
class ResourceMeasure(Measure):
    """Counts digital copies that were used, each once in a period."""

    def total(self, rows: QuerySet[Any]) -> int:
        return int(rows.order_by().aggregate(n=Count("resource_id", distinct=True))["n"] or 0)

    def by(self, rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
        return list(rows.order_by().values(*fields).annotate(n=Count("resource_id", distinct=True)).order_by(*fields))


def _held() -> QuerySet[Copy]:
    return Copy.objects.held().select_related("title", "library")


def _on_the_shelf(day: date) -> Q:
    """Here from the day of receipt, else from the day of entry; gone from the day of withdrawal. What was withdrawn on a
    day that nobody knows is held on no day."""
    came = Q(received_on__lte=day) | Q(received_on__isnull=True, recorded_at__lt=end_of_day(day))
    return came & (~Q(state=Copy.State.WITHDRAWN) | Q(withdrawn_on__gt=day))


def _on_offer(day: date) -> Q:
    return Q(added_on__lte=day) & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end_of_day(day)))


def _received() -> QuerySet[Copy]:
    return Copy.objects.filter(received_on__isnull=False).select_related("title", "library")


def _first_received() -> QuerySet[Copy]:
    """Received copies of titles of which the library had received none on an earlier day: a second copy adds no title."""
    earlier = Copy.objects.filter(library=OuterRef("library"), title=OuterRef("title"), received_on__lt=OuterRef("received_on"))
    return _received().exclude(Exists(earlier))


def _titles() -> QuerySet[SourceRecord]:
    return SourceRecord.objects.select_related("title", "library")


def _offered() -> QuerySet[DigitalResource]:
    return DigitalResource.objects.held().select_related("title", "library")


def _ever_offered() -> QuerySet[DigitalResource]:
    return DigitalResource.objects.select_related("title", "library")


def _used() -> QuerySet[DigitalUse]:
    return DigitalUse.objects.select_related("title", "library", "resource")


SHELF = Stock(lambda: Copy.objects.select_related("title", "library"), _on_the_shelf)
OFFER = Stock(_ever_offered, _on_offer)

_DIGITAL_COLUMNS = ((_("Title"), "title.title"), (_("What it is called"), "label"), (_("Form"), "kind"),
                    (_("Rights"), "rights"), (_("Offered since"), "added_on"))
_USE_COLUMNS = ((_("Day"), "local_date"), (_("Title"), "title.title"), (_("Form"), "resource.kind"), (_("How"), "how"))
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
        columns=_COPY_COLUMNS, stock=SHELF),
    Measure(
        name="copies_added", label=_("copies received"), unit=_("copies"), rows=_received, date="received_on",
        disaggregations={"acquisition": "acquisition", "state": "state"},
        columns=_COPY_COLUMNS),
    TitleMeasure(
        name="titles_held", label=_("printed titles"), unit=_("titles"), rows=_held, date="recorded_at__date",
        columns=_COPY_COLUMNS, stock=SHELF),
    TitleMeasure(
        name="titles_added", label=_("printed titles added"), unit=_("titles"), rows=_first_received, date="received_on",
        columns=_COPY_COLUMNS),
    Measure(
        name="copies_withdrawn", label=_("copies withdrawn"), unit=_("copies"),
        rows=lambda: Copy.objects.filter(state=Copy.State.WITHDRAWN, withdrawn_on__isnull=False).select_related(
            "title", "library"),
        date="withdrawn_on", disaggregations={"acquisition": "acquisition"}, columns=_COPY_COLUMNS),
    TitleMeasure(
        name="digital_titles", label=_("digital titles offered"), unit=_("titles"), rows=_offered, date="added_on",
        disaggregations={"kind": "kind"}, columns=_DIGITAL_COLUMNS, stock=OFFER),
    Measure(
        name="digital_copies", label=_("digital copies offered"), unit=_("copies"), rows=_offered, date="added_on",
        disaggregations={"kind": "kind", "rights": "rights", "access": "access"}, columns=_DIGITAL_COLUMNS, stock=OFFER),
    TitleMeasure(
        name="digital_titles_added", label=_("digital titles added"), unit=_("titles"), rows=_ever_offered,
        date="added_on", disaggregations={"kind": "kind"}, columns=_DIGITAL_COLUMNS),
    Measure(
        name="digital_copies_added", label=_("digital copies added"), unit=_("copies"), rows=_ever_offered,
        date="added_on", disaggregations={"kind": "kind", "rights": "rights"}, columns=_DIGITAL_COLUMNS),
    Measure(
        name="digital_uses", label=_("digital titles opened and downloaded"), unit=_("times"), rows=_used,
        disaggregations={"how": "how", "kind": "resource__kind"}, follows=("resource",), columns=_USE_COLUMNS),
    TitleMeasure(
        name="digital_titles_used", label=_("digital titles used"), unit=_("titles"), rows=_used,
        disaggregations={"kind": "resource__kind"}, columns=_USE_COLUMNS),
    ResourceMeasure(
        name="digital_copies_used", label=_("digital copies used"), unit=_("copies"), rows=_used,
        disaggregations={"kind": "resource__kind"}, columns=_USE_COLUMNS),
)
