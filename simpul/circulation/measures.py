"""What can be counted at the desk."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.models import Copy
from simpul.circulation.models import InHouseUse, Loan, Renewal
from simpul.core.measure import Measure

PEOPLE = {"sex": "sex", "age_group": "age_group"}
COLUMNS = ((_("Title"), "copy.title.title"), (_("Copy"), "copy.code"), (_("Sex"), "get_sex_display"),
           (_("Age group"), "get_age_group_display"))
READER = ((_("Reader"), "member.person.name"),)


@dataclass(frozen=True)
class UsedTitles(Measure):
    """Titles of copies that were lent or read in place in the period, each once however often it was used. Books that
    were only tallied at closing, without saying which, have no title."""

    def between(self, rows: QuerySet[Any], first: dt.date, last: dt.date) -> QuerySet[Any]:
        span = {"local_date__gte": first, "local_date__lte": last, "copy": OuterRef("pk")}
        return rows.filter(Exists(Loan.objects.valid().filter(**span)) | Exists(InHouseUse.objects.valid().filter(**span)))

    def total(self, rows: QuerySet[Any]) -> int:
        return int(rows.order_by().aggregate(n=Count("title_id", distinct=True))["n"] or 0)

    def by(self, rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
        return list(rows.order_by().values(*fields).annotate(n=Count("title_id", distinct=True)).order_by(*fields))


MEASURES = (
    Measure("loans", _("loans"), _("loans"), person="member__person_id",
            rows=lambda: Loan.objects.valid().select_related("copy__title", "member__person"),
            disaggregations=PEOPLE, columns=((_("Lent on"), "local_date"), *COLUMNS), personal_columns=READER),
    Measure("returns", _("returns"), _("returns"), date="returned_on", part_of="loans",
            rows=lambda: Loan.objects.valid().filter(returned_on__isnull=False).select_related(
                "copy__title", "member__person"),
            disaggregations=PEOPLE, columns=((_("Came back on"), "returned_on"), *COLUMNS), personal_columns=READER),
    Measure("due", _("books still out, by due day"), _("books"), date="due_on", is_live=True, part_of="loans",
            rows=lambda: Loan.objects.open().select_related("copy__title", "member__person"),
            disaggregations=PEOPLE, columns=((_("Due on"), "due_on"), *COLUMNS), personal_columns=READER),
    Measure("renewals", _("renewals"), _("renewals"), follows=("loan",),
            rows=lambda: Renewal.objects.valid().select_related("loan__copy__title", "loan__member__person"),
            disaggregations={"sex": "loan__sex", "age_group": "loan__age_group"},
            columns=((_("Day"), "local_date"), (_("Title"), "loan.copy.title.title"),
                     (_("Due before"), "due_before"), (_("Due after"), "due_after")),
            personal_columns=((_("Reader"), "loan.member.person.name"),)),
    Measure("in_house_uses", _("books read in place"), _("books"), amount="count",
            rows=lambda: InHouseUse.objects.valid().select_related("copy__title"),
            columns=((_("Day"), "local_date"), (_("Title"), "copy.title.title"), (_("Books"), "count"))),
    UsedTitles("printed_titles_used", _("printed titles used"), _("titles"), date="recorded_at__date", is_live=True,
               rows=lambda: Copy.objects.select_related("title", "library"),
               columns=((_("Title"), "title.title"), (_("Copy"), "code"))),
)
