"""The official forms of a library and of the city: what is filled, what is missing, and the copy in the form's own order."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.core import clock
from simpul.core.refusal import Refusal
from simpul.files.papers import pdf_response
from simpul.indicators.periods import Period
from simpul.indicators.places import Place, of_library
from simpul.libraries.models import Library, Region
from simpul.libraries.pages import city_page, counts, library_page
from simpul.reports import asking
from simpul.reports.form import Filled, Form, Line, PlaceKind, Section, forms
from simpul.reports.linking import form_address, node_address
from simpul.reports.outputs import as_csv, as_facts, as_pdf, as_xlsx, for_typing, in_words, of_what, progress
from simpul.reports.satu_data import as_satu_data
from simpul.transfers.sheets import sheet_response

TABLE_ROWS = 20


@require_safe
@library_page(counts)
def library_forms(request: HttpRequest, library: Library) -> HttpResponse:
    """Every form that is asked of a library; how far each is filled comes after."""
    return _list(request, of_library(library), PlaceKind.LIBRARY, {"library": library})


@require_safe
@city_page
def city_forms(request: HttpRequest) -> HttpResponse:
    code = _region_code(request)
    try:
        place = asking.place_for(request.actor, code)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return render(request, "reports/forms.html", {"library": None, "rows": [], "refusal": refusal, **_regions(request, code)})
    return _list(request, place, PlaceKind.REGION, {"library": None, **_regions(request, code)})


def _list(request: HttpRequest, place: Place, kind: PlaceKind, shared: dict[str, Any]) -> HttpResponse:
    """The list opens at once; filling all forms of a city takes seconds, so the page asks for that when it stands."""
    rows = [_row(form, place) for form in _forms(kind)]
    if request.GET.get("tampil") != "sejauh":
        return render(request, "reports/forms.html", {**shared, "rows": rows})
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    return render(request, "reports/progresses.html", {
        "rows": [{**row, **_how_far(asking.Asked(row["form"], place, row["period"], today), request)} for row in rows]})


def _how_far(asked: asking.Asked, request: HttpRequest) -> dict[str, Any]:
    try:
        done, whole = progress(asking.fill(asked, request.actor))  # type: ignore[attr-defined]
    except Refusal as refusal:
        return {"refusal": refusal}
    return {"done": done, "all": whole, "left": whole - done}


@require_safe
@library_page(counts)
def library_form(request: HttpRequest, library: Library, form: str) -> HttpResponse:
    return _form(request, form, library.code, {"library": library})


@require_safe
@city_page
def city_form(request: HttpRequest, form: str) -> HttpResponse:
    code = _region_code(request)
    return _form(request, form, code, {"library": None, **_regions(request, code)})


def _forms(kind: PlaceKind) -> list[Form]:
    return sorted((form for form in forms().values() if kind in form.places), key=lambda form: str(form.title))


def _region_code(request: HttpRequest) -> str:
    return (request.GET.get("wilayah") or "kota").replace("\x00", "")


def _regions(request: HttpRequest, code: str) -> dict[str, Any]:
    """The city, its kecamatan, and the kelurahan of the one that is chosen; mentors see their own libraries only."""
    actor = request.actor  # type: ignore[attr-defined]
    if not (actor.is_coordinator or actor.is_administrator):
        return {"regions": [], "code": code}
    try:
        place = asking.place_for(actor, "kota")
    except Refusal:
        return {"regions": [], "code": code}
    city = place.region.code if place.region else ""
    current = Region.objects.current()
    found = list(current.filter(level=Region.Level.DISTRICT, code__startswith=f"{city}.").order_by("name"))
    chosen = ".".join(code.split(".")[:3]) if code.count(".") >= 2 else ""
    villages = list(current.filter(level=Region.Level.VILLAGE, code__startswith=f"{chosen}.").order_by("name")) if chosen else []
    return {"regions": found, "villages": villages, "code": code, "district": chosen, "city_name": place.name}


def _row(form: Form, place: Place) -> dict[str, Any]:
    """A form on the list, with its usual period."""
    period = asking.usual_period(form, clock.local_date(clock.now(), "Asia/Jakarta"))
    return {"form": form, "period": period, "address": form_address(form.name, place, period)}


def _form(request: HttpRequest, name: str, code: str, shared: dict[str, Any]) -> HttpResponse:
    actor, today = request.actor, clock.local_date(clock.now(), "Asia/Jakarta")  # type: ignore[attr-defined]
    try:
        form = asking.form_named(name)
        place = asking.place_for(actor, code)
        asking.must_fit(form, place)
    except Refusal as refusal:
        raise Http404 from refusal
    said = request.GET.get("periode", "").replace("\x00", "") or asking.usual_period(form, today).code
    years = _periods(form, today)
    about = {**shared, "form": form, "place": place, "years": years, "chosen": said, "list_address": None}
    try:
        asked = asking.Asked(form, place, asking.period_for(form, said, today), today)
        filled = asking.fill(asked, actor)
    except Refusal as refusal:
        return render(request, "reports/refused.html", {**about, "refusal": refusal}, status=422)
    wanted = request.GET.get("format", "")
    if wanted:
        return _file(request, asked, filled, wanted)
    done, whole = progress(filled)
    is_copy = request.GET.get("tampil") == "salin"
    return render(request, "reports/copy.html" if is_copy else "reports/form.html", {
        **about, "period": asked.period, "filled": filled, "done": done, "all": whole, "left": whole - done,
        "is_over": asked.is_over, "sections": [_section(section) for section in filled.sections if section.lines],
        "tables": [{"key": table.key, "title": table.title, "headings": table.headings[:8],
                    "rows": _table_rows(table), "n": len(table.rows), "is_cut": len(table.headings) > 8,
                    "more": max(0, len(table.rows) - TABLE_ROWS)} for table in filled.tables],
        "missing": [line for section in filled.sections for line in section.lines if line.value is None and line.tell_at]})


def _table_rows(table: Any) -> list[Any]:
    opens = table.opens or ("",) * len(table.rows)
    return [(row[:8], opens[n]) for n, row in enumerate(table.rows[:TABLE_ROWS])]


def _section(section: Section) -> dict[str, Any]:
    return {"key": section.key, "title": section.title, "remark": section.remark,
            "lines": [_line(section, line) for line in section.lines]}


def _line(section: Section, line: Line) -> dict[str, Any]:
    return {"line": line, "words": in_words(line), "typed": for_typing(line), "of_what": of_what(line),
            "id": f"{section.key}-{line.number}".replace(".", "-"),
            "is_range": line.between is not None and line.between[0] != line.between[1]}


def _periods(form: Form, today: Any) -> list[Period]:
    """The last years (or months) for which the form was in force, the latest first."""
    if "year" not in form.periods:
        found, month = [], Period.of_month(today)
        for _n in range(12):
            found.append(month)
            month = Period.of_month(type(today).fromordinal(month.first.toordinal() - 1))
        return found
    last = min(today.year, form.until.year) if form.until else today.year
    first = max(last - 4, form.since.year) if form.since else last - 4
    return [Period.of_year(year) for year in range(last, first - 1, -1)]


def _file(request: HttpRequest, asked: asking.Asked, filled: Filled, wanted: str) -> HttpResponse:
    name = f"{asked.form.name}-{filled.place.code or 'pilihan'}-{filled.period.code}".lower()
    if wanted == "xlsx":
        return sheet_response(as_xlsx(asked, filled), name)
    if wanted == "pdf":
        base = node_address() or request.build_absolute_uri("/")
        made = as_pdf(asked, filled, base=base, address=form_address(asked.form.name, filled.place, filled.period),
                      now=clock.now())
        return pdf_response(made, name)
    if wanted == "csv":
        return _download(as_csv(filled).encode(), f"{name}.csv", "text/csv; charset=utf-8")
    if wanted == "satu-data":
        return _download(as_satu_data(asked, filled), f"satu-data-{name}.zip", "application/zip")
    if wanted == "json":
        from django.http import JsonResponse

        return JsonResponse(as_facts(asked, filled), json_dumps_params={"ensure_ascii": False})
    raise Http404(_("There is no such file."))


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
