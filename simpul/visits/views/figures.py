"""The guest book in figures, for everybody who may see counts; and as a file for INLISLite."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.core import clock
from simpul.indicators.definitions import indicators
from simpul.indicators.figures import value
from simpul.indicators.periods import Period
from simpul.indicators.places import of_library
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page
from simpul.people.models import AgeGroup, Sex
from simpul.visits.exporting import inlislite_lines
from simpul.visits.models import Visit
from simpul.visits.permissions import can_correct
from simpul.visits.queries import visit_counts

PERIODS = (7, 28, 91, 364)  # whole weeks: each weekday as often in one as in the other


@require_safe
@library_page(counts)
def figures(request: HttpRequest, library: Library) -> HttpResponse:
    """The last 7, 28, 91 or 364 days beside as many before; whole weeks, so that Sundays meet Sundays."""
    today = clock.local_date(clock.now(), library.time_zone)
    asked = request.GET.get("masa", "")
    days = int(asked) if asked.isdecimal() and int(asked) in PERIODS else 28
    first, before = today - timedelta(days=days - 1), today - timedelta(days=2 * days - 1)
    is_own = can_correct(request.actor, library.pk)
    total = visit_counts([library.pk], first, today)[0].count
    earlier = visit_counts([library.pk], before, first - timedelta(days=1))[0].count
    return render(request, "visits/figures.html", {
        "library": library, "first": first, "last": today, "days": days, "periods": PERIODS, "is_own": is_own,
        "total": total, "more": total - earlier, "fewer": earlier - total, "earlier": earlier,
        "charts": [chart for one in _charts() if (chart := _chart(library, first, today, *one, is_own=is_own))["rows"]],
        "receipt": f"{reverse('web:figure', args=['visits'])}?library={library.code}&from={first}&to={today}"})


def _charts() -> list[tuple[str, str, dict[Any, Any]]]:
    return [
        (_("By age"), "age_group", dict(AgeGroup.choices)), (_("By sex"), "sex", dict(Sex.choices)),
        (_("How they were written down"), "how", dict(Visit.How.choices)),
        (_("Computer and internet"), "ict", {
            True: _("used a computer or the internet"), False: _("did not, or not said")}),
        (_("Purpose"), "purpose", dict(Visit.Purpose.choices)),
    ]


def _chart(library: Library, first: date, last: date, heading: str, by: str, names: dict[Any, Any], *,
           is_own: bool) -> dict[str, Any]:
    if not is_own:
        return _told_chart(library, first, last, heading, by, names)
    told = {count.group: count.count for count in visit_counts([library.pk], first, last, by)}
    return {"heading": heading, "rows": [{"label": str(name), "value": told[key]} for key, name in names.items()
                                         if key in told]}


def _told_chart(library: Library, first: date, last: date, heading: str, by: str, names: dict[Any, Any]) -> dict[str, Any]:
    """For readers outside the library: the same number of months, those that are over, and what may be told of each.
    A window that slides by a day beside the one of yesterday would tell who came."""
    end = last.replace(day=1) - timedelta(days=1)
    start = end.replace(day=1)
    for _n in range((last - first).days // 31):
        start = (start - timedelta(days=1)).replace(day=1)
    figure = value(indicators()["visits"], Period.between(start, end), of_library(library), by=(by,))
    if figure.broken is None:
        return {"heading": heading, "rows": []}
    rows = [{"label": str(name), "value": figure.broken.cells[str(key)]} for key, name in names.items()
            if str(key) in figure.broken.cells]
    if figure.broken.rest is not None:
        rows.append({"label": _("small groups, not broken down"), "value": figure.broken.rest})
    return {"heading": f"{heading}, {figure.period.label}", "rows": rows}


@require_safe
@library_page(counts)
def export(request: HttpRequest, library: Library) -> HttpResponse:
    """The entries of a year with the category codes of INLISLite's guest book; without names. Streamed.
    Only staff: single entries are more than counts."""
    if not can_correct(request.actor, library.pk):
        return HttpResponse(status=404)
    today = clock.local_date(clock.now(), library.time_zone)
    first, last = _day(request.GET.get("dari", ""), today.replace(month=1, day=1)), _day(
        request.GET.get("sampai", ""), today)
    response = StreamingHttpResponse(inlislite_lines(library, first, last), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kunjungan-{library.code}-{first}-{last}.csv"'
    return response  # type: ignore[return-value]


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise
