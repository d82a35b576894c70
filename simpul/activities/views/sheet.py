"""Activities as a sheet to take along."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.forms import filter_of
from simpul.activities.kinds import GROUPS
from simpul.activities.models import Activity
from simpul.activities.queries import SheetRow, narrowed, sheet_rows
from simpul.gatherings.models import Gathering
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.people.models import AgeGroup
from simpul.transfers.sheets import sheet_response, workbook

MOST = 5000  # rows; a library has some hundreds in a year


def heading() -> list[str]:
    ages = [str(group.label) for group in AgeGroup if group]
    return [str(text) for text in (
        _("First day"), _("Last day"), _("What"), _("Kind"), _("Group"), _("Strategy"), _("Theme"), _("For whom"),
        _("Place"), _("Days"), _("Registered"), _("Participants"), _("Male"), _("Female"), _("With a disability"), *ages,
        _("Speaker"), _("Partners"), _("Given by partners (Rp)"), _("Cost (Rp)"), _("Where the money comes from"),
        _("People who asked for it"), _("Result"), _("What comes next"), _("State"))]


def values(row: SheetRow) -> list[object]:
    one, gathering = row.activity, row.activity.gathering
    return [
        gathering.first_on, gathering.last_on, gathering.title, str(one.get_kind_display()),
        str(GROUPS[one.what_kind.group]), str(one.get_strategy_display()), one.theme, one.target_group, row.places,
        row.sessions, row.registered, row.present, row.male, row.female, row.disability, *row.ages, row.speakers,
        row.partners, row.given, one.cost, str(one.get_funds_display()) if one.funds else "", row.wanted, one.result,
        one.follow_up, str(gathering.get_state_display())]


@require_safe
@library_page(works_at)
def export(request: HttpRequest, library: Library) -> HttpResponse:
    """One row an activity, narrowed as the list is; drafts are left out."""
    rows = Activity.objects.filter(library=library).exclude(gathering__state=Gathering.State.DRAFT).order_by(
        "gathering__first_on", "pk")
    found = sheet_rows(narrowed(rows, **filter_of(request.GET))[:MOST])
    widths = [12, 12, 36, 18, 18, 22, 18, 18, 28]
    return sheet_response(workbook(str(_("Activities")), heading(), (values(row) for row in found), widths=widths),
                          f"kegiatan-{library.code}")
