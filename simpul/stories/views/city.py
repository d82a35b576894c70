"""The mentor's and the coordinator's view: what waits, what is told, what it adds up to, and the sheet to take along."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.libraries.pages import city_page
from simpul.stories.models import Audience, Round, Story
from simpul.stories.permissions import can_run_rounds
from simpul.stories.queries import counted, income_change
from simpul.stories.views.pages import today, unkept
from simpul.transfers.sheets import sheet_response, workbook

PAGE = 20
YEAR = timedelta(days=365)


def _places(request: HttpRequest) -> list[UUID] | None:
    """Ids of the mentor's libraries; None for the whole city."""
    actor = request.actor  # type: ignore[attr-defined]
    return None if actor.is_coordinator or actor.is_administrator else list(actor.mentor_of)


def _of(rows: QuerySet[Story], places: list[UUID] | None) -> QuerySet[Story]:
    return rows if places is None else rows.filter(library__in=places)


def _readable(request: HttpRequest, day: date) -> QuerySet[Story]:
    """Verified stories that this reader may read word for word; an administrator keeps the node and reads none."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Story.objects.published_for(Audience.CITY, day)
    return rows if actor.is_coordinator else rows.filter(library__in=actor.mentor_of)


@require_safe
@city_page
def stories(request: HttpRequest) -> HttpResponse:
    actor, day, places = request.actor, today(), _places(request)  # type: ignore[attr-defined]
    waiting = Story.objects.visible_to(actor, day).filter(state=Story.State.WAITING).exclude(library__in=actor.staff_of)
    told = _of(Story.objects.published_for(Audience.CITY, day), places)
    page = Paginator(_readable(request, day).shown(day).order_by("-verified_on", "-pk"), PAGE).get_page(
        request.GET.get("page"))
    return unkept(render(request, "stories/city.html", {
        "waiting": list(waiting.shown(day).order_by("touched_at")[:PAGE]), "page": page, "rows": list(page.object_list),
        "n": told.count(), "themes": [{"label": label, "value": n} for label, n in counted(told, "theme")],
        "changes": [{"label": label, "value": n} for label, n in counted(told, "change")],
        "income": income_change(places, day - YEAR, day, day), "rounds": list(Round.objects.all()[:10]),
        "can_run": can_run_rounds(actor)}))


@require_safe
@city_page
def sheet(request: HttpRequest) -> HttpResponse:
    """XLSX of the stories that the reader may read. Sums of money stand on the page, never row by row."""
    day = today()
    rows: list[list[Any]] = [[
        row.library.name, row.library.region.full_name, row.verified_on, row.get_kind_display(), row.get_theme_display(),
        row.get_change_display(), row.headline, row.shown_name, row.before, row.helped, row.after, row.quote,
        row.consent.until_on if row.consent else None]
        for row in _readable(request, day).shown(day).order_by("-verified_on", "-pk")]
    heading = [_("Library"), _("Place"), _("Verified on"), _("Kind"), _("Theme"), _("What changed"), _("Title"), _("Who"),
               _("Before"), _("What the library did"), _("Now"), _("Quote"), _("Agreed until")]
    return sheet_response(workbook(_("Stories"), heading, rows, widths=(28, 22, 12, 16, 20, 18, 34, 20, 50, 50, 50, 40, 12)),
                          "cerita")
