"""A number opened (`/angka/<indicator>/`), and the short code that paper carries (`/k/<code>`)."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.clock import JAKARTA
from simpul.core.measure import Measure
from simpul.indicators import receipts
from simpul.indicators.codes import read_code
from simpul.indicators.definitions import Indicator, Term, indicators
from simpul.indicators.figures import Figure, value
from simpul.indicators.periods import Period, WrongPeriod
from simpul.indicators.places import Place
from simpul.indicators.rollups.once import asked_once
from simpul.transfers.sheets import sheet_response, workbook


@login_required
@asked_once()
def receipt(request: HttpRequest, name: str) -> HttpResponse | StreamingHttpResponse:
    """`?tempat=CODE&periode=2025-03&by=…&isi=MEASURE&sejak=DAY`; `library=`, `from=` and `to=` say the same in days."""
    indicator = indicators().get(name)
    place = receipts.place_of(request.actor, _place_code(request)) if indicator else None
    if indicator is None or place is None:
        raise Http404
    if place.library is not None:
        request.library = place.library  # type: ignore[attr-defined]
    is_own = place.library is not None and request.actor.works_at(place.library.pk)
    period, by = _period(request), _by(request, indicator)
    asked = period.snapped() if by and not is_own and _is_about_people(indicator) else period
    figure = value(indicator, asked, place, by=by, is_outsider=not is_own)
    measures = figure.version.measures
    chosen = next((m for m in measures if m.name == request.GET.get("isi")), measures[0] if measures else None)
    term = next((one for one in figure.version.numerator if chosen is not None and one.measure == chosen.name), None)
    opens = chosen is not None and place.library is not None and (is_own or not chosen.is_about_people)
    wanted = request.GET.get("format", "")
    if wanted in ("csv", "xlsx") and chosen is not None:
        return _sheet(chosen, term, place, asked, wanted, is_own=is_own, opens=opens)
    return render(request, "indicators/receipt.html", {
        **_told(figure, chosen, place, asked), **_behind(request, chosen, term, place, asked, is_own=is_own, opens=opens),
        "by": request.GET.get("by", ""), "kinds": _kinds(indicator, is_own=is_own), "measures": measures,
        "groups": _groups(figure, chosen, by), "is_own": is_own, "opens": opens, "is_snapped": asked != period,
        "since": _since(request, chosen, place, asked),
    })


@login_required
def short(request: HttpRequest, short: str) -> HttpResponse:
    """From the code on paper to the receipt, with what changed since it was printed."""
    printed = read_code(short)
    if printed is None or printed.indicator not in indicators():
        raise Http404
    query = {"tempat": printed.place, "periode": printed.period}
    if printed.on:
        query["sejak"] = printed.on.isoformat()
    return redirect(f"{reverse('web:figure', args=[printed.indicator])}?{urlencode(query)}")


def _place_code(request: HttpRequest) -> str:
    return (request.GET.get("tempat") or request.GET.get("library") or "").replace("\x00", "")


def _period(request: HttpRequest) -> Period:
    """The period of the address; this week where none is said. A broken one is a page that is not there."""
    try:
        if request.GET.get("periode"):
            return Period.parse(request.GET["periode"])
        today = clock.local_date(clock.now(), "Asia/Jakarta")
        last = _day(request.GET.get("to", ""), today)
        first = _day(request.GET.get("from", ""), last - timedelta(days=min(6, (last - date.min).days)))
        return Period.between(min(first, last), max(first, last))
    except WrongPeriod as error:
        raise Http404 from error


def _day(text: str, otherwise: date) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else otherwise  # noqa: DTZ007 a day has no zone
    except ValueError as error:
        raise Http404 from error


def _by(request: HttpRequest, indicator: Indicator) -> tuple[str, ...]:
    wanted = tuple(name for name in request.GET.get("by", "").split("+") if name)
    known = set(indicator.now.by) | {"library_kind"}
    return wanted if wanted and set(wanted) <= known else ()


def _is_about_people(indicator: Indicator) -> bool:
    return any(measure.is_about_people for version in indicator.versions for measure in version.measures)


def _kinds(indicator: Indicator, *, is_own: bool) -> list[str]:
    kinds = list(indicator.now.by)
    return [*kinds, "sex+age_group"] if is_own and {"sex", "age_group"} <= set(kinds) else kinds


def _told(figure: Figure, measure: Measure | None, place: Place, period: Period) -> dict[str, Any]:
    return {"figure": figure, "indicator": figure.indicator, "measure": measure, "library": place.library, "place": place,
            "period": period, "first": period.first, "last": period.last, "total": figure.numerator,
            "value": figure.value, "computed_at": figure.computed_at, "coverage": figure.coverage}


def _behind(request: HttpRequest, measure: Measure | None, term: Term | None, place: Place, period: Period, *, is_own: bool,
            opens: bool) -> dict[str, Any]:
    """The rows (20 a page), or what stands in their place: days of a library, libraries of a wider place."""
    if measure is None:
        return {"rows": [], "columns": [], "page": None, "days": [], "by_library": []}
    if opens:
        page = Paginator(receipts.rows_of(measure, place, period, term), 20).get_page(request.GET.get("page"))
        columns, rows = receipts.shown(measure, page.object_list, is_own=is_own, is_page=True)
        return {"rows": rows, "columns": columns, "page": page, "days": [], "by_library": []}
    if place.library is not None:
        days = [{"day": day, "value": n} for _library, day, n in receipts.days_of(measure, place, period, term)]
        page = Paginator(days[::-1], 31).get_page(request.GET.get("page"))
        return {"rows": [], "columns": [], "page": page, "days": list(page), "by_library": []}
    lines = receipts.by_library(measure, place, period, term)
    found = sorted(({"library": library, "value": n} for library, n in lines.items()),
                   key=lambda line: (-line["value"], line["library"].name))
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    return {"rows": [], "columns": [], "page": page, "days": [], "by_library": list(page)}


def _groups(figure: Figure, measure: Measure | None, by: tuple[str, ...]) -> list[dict[str, Any]]:
    """The breakdown for the bars; what is withheld stands last, without its parts."""
    if figure.broken is None or measure is None or not by:
        return []
    if by == ("library_kind",):
        from simpul.libraries.models import Library

        names = dict(Library.Kind.choices)
        return [{"label": names.get(value, value), "value": n} for value, n in sorted(figure.broken.cells.items())]
    cells = sorted(figure.broken.cells.items(), key=lambda cell: receipts.order_of(measure, by, cell[0]))
    groups = [{"label": receipts.label_of(measure, by, text), "value": n} for text, n in cells]
    if figure.broken.rest is not None:
        groups.append({"label": _("small groups, not broken down"), "value": figure.broken.rest})
    return groups


def _since(request: HttpRequest, measure: Measure | None, place: Place, period: Period) -> Any:
    text = request.GET.get("sejak", "")
    if not text or measure is None:
        return None
    day = _day(text, date.min)
    if not 1900 < day.year < 9000:
        raise Http404
    at = datetime.combine(day + timedelta(days=1), time(), JAKARTA)
    return {"day": day, "changes": receipts.since(measure, place, period, at)}


def _sheet(measure: Measure, term: Term | None, place: Place, period: Period, form: str, *, is_own: bool,
           opens: bool) -> HttpResponse | StreamingHttpResponse:
    """The rows, or library, day and number where the reader may not see rows."""
    name = f"simpul-{measure.name}-{period.code.replace('..', '-')}"
    if opens:
        heading, _rows = receipts.shown(measure, [], is_own=is_own)
        found = receipts.rows_of(measure, place, period, term).order_by(measure.date, "pk").iterator(chunk_size=1000)
        rows: Iterable[list[Any]] = (receipts.shown(measure, [row], is_own=is_own)[1][0] for row in found)
    else:
        heading = [_("Library"), _("Day"), measure.label]
        rows = ([library.code, day, n] for library, day, n in receipts.days_of(measure, place, period, term))
    if form == "xlsx":
        return sheet_response(workbook(str(measure.label), [str(text) for text in heading], (_plain(row) for row in rows)),
                              name)
    response = StreamingHttpResponse(_lines(heading, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _plain(row: list[Any]) -> list[Any]:
    return [one if isinstance(one, int | float | date | None) else str(one) for one in row]


def _lines(heading: list[Any], rows: Iterable[list[Any]]) -> Iterator[str]:
    class Echo:
        def write(self, line: str) -> str:
            return line

    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow([str(label) for label in heading])
    for row in rows:
        yield writer.writerow([_safe(one) for one in row])


def _safe(value: Any) -> str:
    """Text that a spreadsheet does not run as a formula."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return "'" + text if text[:1] in "=+-@\t\r" and text else text
