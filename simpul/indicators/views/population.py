"""How many people live where (`/kota/penduduk/`): the denominators of reach, with their source and their history."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.core import clock
from simpul.core.say import say
from simpul.indicators.actions import record_population
from simpul.indicators.denominators import population
from simpul.indicators.forms import KeepForm, PopulationForm, SheetForm
from simpul.indicators.models import RegionFact
from simpul.indicators.permissions import can_tell_of_regions
from simpul.indicators.population import (
    HEADING,
    Preview,
    Told,
    completed,
    known_on,
    read_sheet,
    read_text,
    regions_under,
    template,
)
from simpul.libraries.models import City, Region
from simpul.libraries.pages import city_page
from simpul.transfers.sheets import sheet_response, workbook
from simpul.transfers.tables import NotTheColumns

Name = RegionFact.Name


@city_page
def regions(request: HttpRequest) -> HttpResponse:
    """Every kelurahan with what is known of it; `?cari=` narrows, `?format=xlsx` takes it along."""
    above, today = _city(), clock.local_date(clock.now(), "Asia/Jakarta")
    every = [one for one in regions_under(above) if one.level == Region.Level.VILLAGE]
    text = request.GET.get("cari", "").strip().casefold()
    chosen = [one for one in every if text in one.name.casefold() or text in (one.parent.name.casefold() if one.parent else "")]
    if request.GET.get("format") == "xlsx":
        return _as_sheet(chosen, today)
    page = Paginator(chosen, 20).get_page(request.GET.get("page"))
    told = RegionFact.objects.valid().filter(region__in=every, name=Name.POPULATION).values("region").distinct().count()
    return render(request, "indicators/population.html", {
        "above": above, "page": page, "lines": known_on(today, list(page)), "text": text, "told": told, "every": len(every),
        "city": population(above, Name.POPULATION, today), "can_tell": can_tell_of_regions(request.actor)})


@city_page
def one_region(request: HttpRequest, region: str) -> HttpResponse:
    """One region: what was told, all that was told before, and the form for new numbers."""
    here = _region(region)
    can_tell, now = can_tell_of_regions(request.actor), clock.now()
    form = PopulationForm(request.POST or None)
    if request.method == "POST":
        if not can_tell:
            raise Http404
        if form.is_valid():
            told = Told(here, form.cleaned_data["from_on"], completed(form.numbers))
            form.attempt(lambda: record_population(told=[told], source=form.cleaned_data["source"], by=request.actor, at=now,
                                                   id=form.change_id))
            if not form.errors:
                say(request, _("The numbers are kept. Figures per resident use them from now on."))
                return redirect("indicators:region", region=region)
    known = known_on(clock.local_date(now, "Asia/Jakarta"), [here])[0]
    return render(request, "indicators/region.html", {
        "region": here, "known": [known.facts[name] for name in Name.values if name in known.facts], "form": form,
        "can_tell": can_tell, "page": Paginator(here.facts.order_by("-from_on", "-recorded_at", "name"), 20).get_page(
            request.GET.get("page"))}, status=422 if form.errors else 200)


@city_page
def sheet_template(request: HttpRequest) -> HttpResponse:
    """A line for each kelurahan, to be filled in."""
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    return sheet_response(workbook(_("Population"), HEADING, template(_city(), today), widths=(16, 24)), "simpul-penduduk")


@city_page
def bring(request: HttpRequest) -> HttpResponse:
    """A sheet is looked at first (`sheet`), and kept in a second step (`rows`)."""
    if not can_tell_of_regions(request.actor):
        raise Http404
    above, now = _city(), clock.now()
    today = clock.local_date(now, "Asia/Jakarta")
    if request.method == "POST" and "rows" in request.POST:
        return _keep(request, above, today, now)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["sheet"]
        try:
            found = read_sheet(file.read(), file.name, above=above, today=today)
            return _shown(request, found, KeepForm(initial={"rows": found.as_text}))
        except NotTheColumns:
            form.add_error("sheet", _("This is no table with a column “kode”. Take the template and fill it in."))
    return render(request, "indicators/population_sheet.html", {"form": form}, status=422 if form.errors else 200)


def _keep(request: HttpRequest, above: Region, today: Any, now: Any) -> HttpResponse:
    form = KeepForm(request.POST)
    try:
        found = read_text(request.POST["rows"], above=above, today=today)
    except NotTheColumns:
        return redirect("indicators:population_bring")
    if form.is_valid():
        n = form.attempt(lambda: record_population(told=found.told, source=form.cleaned_data["source"], by=request.actor, at=now,
                                                   id=form.change_id))
        if n is not None:
            say(request, ngettext("The population of one region is kept.", "The population of %(n)d regions is kept.", n) % {
                "n": n})
            return redirect("indicators:population")
    return _shown(request, found, form)


def _shown(request: HttpRequest, found: Preview, form: KeepForm) -> HttpResponse:
    return render(request, "indicators/population_preview.html", {
        "found": found, "form": form, "first": found.told[:20], "refused": found.refused[:20]},
        status=422 if form.errors else 200)


def _as_sheet(chosen: list[Region], today: Any) -> HttpResponse:
    heading = [_("Code"), _("Kelurahan"), _("As of"), _("Source"), *(str(label) for _name, label in Name.choices)]
    rows = [[one.region.code, one.region.name, *((one.latest.from_on, one.latest.source) if one.latest else (None, None)),
             *(one.facts[name].value if name in one.facts else None for name in Name.values)] for one in known_on(today, chosen)]
    return sheet_response(workbook(_("Population"), heading, rows, widths=(16, 24)), "simpul-penduduk-kota")


def _city() -> Region:
    city = City.objects.select_related("region").first()
    if city is None:
        raise Http404
    return city.region


def _region(code: str) -> Region:
    above = _city()
    here = Region.objects.current().filter(code=code).first()
    if here is None or not (here.code == above.code or here.code.startswith(f"{above.code}.")):
        raise Http404
    return here
