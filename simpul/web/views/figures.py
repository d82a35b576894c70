"""A number opened: what it is, where, when, computed when, and the rows behind it."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.measure import Measure, discover
from simpul.libraries.models import Library
from simpul.people.models import AgeGroup
from simpul.web.queries import between, groups, of_libraries
from simpul.web.views.today import parse_day


@login_required
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """`?library=CODE&from=…&to=…&by=…`; without a library the whole city (or the mentor's libraries)."""
    measure = discover().get(name)
    if measure is None:
        raise Http404
    library, ids = _place(request)
    today = clock.local_date(clock.now(), library.time_zone if library else "Asia/Jakarta")
    last = parse_day(request.GET.get("to", ""), today)
    first = parse_day(request.GET.get("from", ""), last - timedelta(days=min(6, (last - date.min).days)))
    rows = between(measure, of_libraries(measure, ids), first, last)
    is_own = library is not None and request.actor.works_at(library.pk)
    opens = is_own or not measure.is_about_people
    if request.GET.get("format") == "csv":
        return _as_csv(measure, rows, is_own) if opens else _days_as_csv(measure, rows)
    by = request.GET.get("by", "")
    columns = [*measure.columns, *(measure.personal_columns if is_own else ())]
    shown = rows.order_by(f"-{measure.date}", "-pk") if library and opens else rows.none()
    page = Paginator(shown, 20).get_page(request.GET.get("page"))
    return render(request, "web/figure.html", {
        "measure": measure, "library": library, "first": first, "last": last, "total": measure.total(rows),
        "computed_at": clock.now(), "columns": [label for label, _attribute in columns], "page": page,
        "rows": [[_value(row, attribute) for _label, attribute in columns] for row in page],
        "by": by, "kinds": list(measure.disaggregations),
        "groups": _groups(measure, rows, by, is_own), "by_library": _by_library(measure, rows) if not library else [],
        "is_own": is_own, "opens": opens, "days": _by_day(measure, rows) if library and not opens else [],
    })


def _place(request: HttpRequest) -> tuple[Library | None, list[Any] | None]:
    """The library asked for, or all that the reader may count; a stranger's guess is not there."""
    actor: Actor = request.actor
    code = request.GET.get("library", "")
    if code:
        library = Library.objects.filter(code=code).first()
        if library is None or not actor.counts(library.pk):
            raise Http404
        request.library = library
        return library, [library.pk]
    if actor.is_coordinator or actor.is_administrator:
        return None, None
    ids = list(actor.staff_of | actor.mentor_of)
    if not ids:
        raise Http404
    return None, ids


def _groups(measure: Measure, rows: QuerySet[Any], by: str, is_own: bool) -> list[dict[str, Any]]:
    if by not in measure.disaggregations:
        return []
    names = _choices(measure, measure.disaggregations[by])
    order = {value: n for n, value in enumerate(names)}
    found = sorted(groups(measure, rows, by, is_outsider=not is_own), key=lambda group: order.get(group.value, 99))
    return [{"label": names.get(group.value, group.value) or "–", "value": group.count} for group in found]


def _choices(measure: Measure, path: str) -> dict[Any, Any]:
    """What the values of a disaggregation are called: the choices of its field, or the age groups where the
    measure computes them."""
    if path == "age_group":
        return dict(AgeGroup.choices)
    model = measure.rows().model
    *through, last = path.split("__")
    for name in through:
        model = model._meta.get_field(name).related_model
    return dict(model._meta.get_field(last).flatchoices or [])


def _by_library(measure: Measure, rows: QuerySet[Any]) -> list[dict[str, Any]]:
    found = {row[measure.library]: row["n"] for row in measure.by(rows, measure.library)}
    named = Library.objects.in_bulk(list(found))
    lines = [{"library": named[key], "value": n} for key, n in found.items()]
    return sorted(lines, key=lambda line: (-line["value"], line["library"].name))


def _by_day(measure: Measure, rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """What an outsider reads instead of the rows: how many a day, the latest first."""
    return [{"day": row[measure.date], "value": row["n"]} for row in reversed(measure.by(rows, measure.date))]


def _days_as_csv(measure: Measure, rows: QuerySet[Any]) -> HttpResponse:
    """Library, day and number: all that leaves a library about its people."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="simpul-{measure.name}.csv"'
    sheet = csv.writer(response)
    sheet.writerow([str(_("Library")), str(_("Day")), str(measure.label)])
    found = measure.by(rows, measure.library, measure.date)
    codes = dict(Library.objects.values_list("pk", "code"))
    sheet.writerows([_safe(codes[row[measure.library]]), row[measure.date].isoformat(), row["n"]] for row in found)
    return response


def _value(row: Any, attribute: str) -> Any:
    """An attribute of a row by dotted path; a choice's display where there is one."""
    for part in attribute.split("."):
        if row is None:
            return None
        display = getattr(row, f"get_{part}_display", None)
        row = display() if display else getattr(row, part)
    return row() if callable(row) else row


def _as_csv(measure: Measure, rows: QuerySet[Any], is_own: bool) -> HttpResponse:
    """The counted rows, without names unless the reader is the library's own staff; streamed."""
    columns = [*measure.columns, *(measure.personal_columns if is_own else ())]

    class Echo:
        def write(self, line: str) -> str:
            return line

    writer = csv.writer(Echo())

    def lines() -> Iterator[str]:
        yield "﻿" + writer.writerow([str(label) for label, _attribute in columns])
        for row in rows.order_by(measure.date, "pk").iterator(chunk_size=1000):
            yield writer.writerow([_safe(_value(row, attribute)) for _label, attribute in columns])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="simpul-{measure.name}.csv"'
    return response


def _safe(value: Any) -> str:
    """Text that a spreadsheet does not run as a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text[:1] in "=+-@\t\r" and text else text
