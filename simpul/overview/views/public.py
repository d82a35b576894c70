"""The city's numbers for everybody: /angka-kota/, with what may be taken along."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from simpul.core import clock
from simpul.indicators.definitions import indicators
from simpul.indicators.periods import Period
from simpul.indicators.places import of_city
from simpul.indicators.rollups.once import asked_once
from simpul.libraries.models import City
from simpul.overview import pictures
from simpul.overview.charts import number
from simpul.overview.queries.brought import effects_of
from simpul.overview.queries.ground import COUNTED, ground_of, period_of
from simpul.overview.queries.reached import who_came
from simpul.overview.sentences import told
from simpul.overview.views.periods import asked

HEAD = ("periode", "indikator", "nama", "nilai", "satuan", "perpustakaan_mencatat", "perpustakaan_diharapkan")


def _opens(indicator: str, _period: Period) -> str:
    """Everybody's receipt: what the number means, on the same page."""
    return f"#arti-{indicator}"


@require_safe
@asked_once()
def city_numbers(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    today = clock.local_date(now, "Asia/Jakarta")
    period = asked(request, today)
    ground = ground_of(of_city(), period, now=now)
    effects = effects_of(None, period.first.year, is_outsider=True)
    names = [*COUNTED, "children_share"]
    return render(request, "overview/public.html", {
        "city": City.objects.first(), "period": period, "sentences": told(ground, is_outsider=True, opens=_opens),
        "trends": pictures.trends(ground, lambda _name, _period: ""), "years": [str(today.year), str(today.year - 1)],
        "last": period_of("", today), "ages": who_came(ground.place, period, "age_group", today, is_outsider=True),
        "effects": effects, "effect_rows": pictures.effect_rows(effects), "year": str(period.first.year),
        "meanings": [(name, indicators()[name].now, None if name == "children_share" else number(ground.of(name, period)))
                     for name in names],
        "is_recorded": any(month.n is not None for month in ground.line("visits", period.months())),
    })


@require_safe
@asked_once()
def city_numbers_csv(request: HttpRequest) -> HttpResponse:
    """The last 24 months that are over, month by month: totals only, with who recorded."""
    now = clock.now()
    today = clock.local_date(now, "Asia/Jakarta")
    ground = ground_of(of_city(), period_of("", today), now=now)
    rows: list[Sequence[Any]] = []
    for name in COUNTED:
        version = indicators()[name].now
        rows += [(month.period.code, name, version.name, "" if month.n is None else month.n, version.unit, month.received,
                  month.expected) for month in ground.line(name, ground.months)]
    return _csv([HEAD, *rows], "angka-kota")


@require_safe
@asked_once()
def city_metadata_csv(request: HttpRequest) -> HttpResponse:
    """What each number is, as Satu Data Indonesia asks (MS-Keg, MS-Var, MS-Ind)."""
    rows: list[Sequence[Any]] = [("indikator", "nama", "arti", "satuan", "versi", "standar", "unsur", "isi")]
    for name in COUNTED:
        version = indicators()[name].now
        base = (name, version.name, version.meaning, version.unit, version.number)
        for standard, given in version.standards.items():
            parts = given.items() if isinstance(given, dict) else [("", given)]
            rows += [(*base, standard, part, text) for part, text in parts]
    return _csv(rows, "angka-kota-keterangan")


def _csv(rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """UTF-8 with a byte-order mark for Excel."""
    sheet = io.StringIO()
    csv.writer(sheet).writerows(rows)
    response = HttpResponse("\ufeff" + sheet.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
