"""What can be counted about partners, approaches and publicity."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.advocacy.models import Agreement, Partner, Publicity, Result, Support, Talk
from simpul.core.measure import Measure

_DAY, _LIBRARY, _WHAT, _WORTH = (_("Day"), "local_date"), (_("Library"), "library.name"), (_("What"), "what"), (
    _("Worth (Rp)"), "worth")
_KIND = (_("Kind"), "get_kind_display")


def _results() -> "QuerySet[Result]":
    return Result.objects.filter(voided_at__isnull=True).select_related("library", "approach")


def _given() -> "QuerySet[Result]":
    """Results that are more than a promise and have a worth."""
    return _results().exclude(kind=Result.Kind.PROMISE).filter(worth__isnull=False)


MEASURES = (
    Measure(
        name="advocacy_talks", label=_("advocacy talks"), unit=_("talks"),
        rows=lambda: Talk.objects.filter(voided_at__isnull=True).select_related("library", "approach"),
        disaggregations={"how": "way", "target": "approach__target"}, follows=("approach",),
        columns=(_DAY, _LIBRARY, (_("Office"), "office"), (_("How"), "get_way_display"), (_("Aim"), "approach.aim"))),
    Measure(
        name="advocacy_results", label=_("advocacy results"), unit=_("results"), rows=_results,
        disaggregations={"kind": "kind", "target": "approach__target"}, follows=("approach",),
        columns=(_DAY, _LIBRARY, _KIND, _WHAT, _WORTH, (_("Aim"), "approach.aim"))),
    Measure(
        name="advocacy_worth", label=_("worth of what advocacy brought"), unit=_("rupiah"), rows=_given, amount="worth",
        follows=("approach",), disaggregations={"kind": "kind", "target": "approach__target"},
        columns=(_DAY, _LIBRARY, _KIND, _WHAT, _WORTH)),
    Measure(
        name="regulations", label=_("decrees and regulations"), unit=_("papers"),
        rows=lambda: _results().filter(kind__in=(Result.Kind.DECREE, Result.Kind.REGULATION)),
        disaggregations={"kind": "kind"}, columns=(_DAY, _LIBRARY, _KIND, _WHAT)),
    Measure(
        name="agreements", label=_("agreements made"), unit=_("agreements"), date="from_on",
        rows=lambda: Agreement.objects.counting().filter(library__isnull=False).select_related("library", "partner"),
        disaggregations={"kind": "kind"},
        columns=((_("From"), "from_on"), (_("Until"), "until_on"), _LIBRARY, _KIND, (_("With"), "with_whom"))),
    Measure(
        name="new_partners", label=_("new partners"), unit=_("partners"), date="since_on",
        rows=lambda: Partner.objects.filter(library__isnull=False, since_on__isnull=False).select_related("library"),
        disaggregations={"kind": "kind"},
        columns=((_("Since"), "since_on"), _LIBRARY, (_("Partner"), "name"), _KIND)),
    Measure(
        name="partner_support", label=_("worth of support outside activities"), unit=_("rupiah"), amount="worth",
        rows=lambda: Support.objects.filter(voided_at__isnull=True, worth__isnull=False).select_related("library", "partner"),
        disaggregations={"kind": "kind"}, columns=(_DAY, _LIBRARY, (_("Partner"), "partner.name"), _KIND, _WHAT, _WORTH)),
    Measure(
        name="publicity", label=_("publicity"), unit=_("items"),
        rows=lambda: Publicity.objects.counting().select_related("library"), disaggregations={"channel": "channel"},
        columns=(_DAY, _LIBRARY, (_("Channel"), "get_channel_display"), (_("Title"), "title"), (_("Address"), "link"),
                 (_("Reach"), "reach"))),
)
