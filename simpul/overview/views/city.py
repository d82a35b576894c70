"""The overview of the city or one kecamatan: /kota/gambaran/."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.core import clock
from simpul.indicators.coverage import Coverage, coverages
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.indicators.receipts import place_of
from simpul.indicators.rollups.once import asked_once
from simpul.libraries.models import Library, Region
from simpul.libraries.pages import city_page
from simpul.overview import pictures
from simpul.overview.charts import Tile, levels_of, number
from simpul.overview.queries.brought import effects_of
from simpul.overview.queries.ground import Ground, ground_of
from simpul.overview.queries.programme import strategies_of
from simpul.overview.queries.reached import District, reach_of, who_came
from simpul.overview.sentences import told
from simpul.overview.views.library import missed
from simpul.overview.views.periods import asked, choices, neighbours
from simpul.replication.queries.cascade import city_cascade
from simpul.replication.queries.silence import quiet_of


@require_safe
@city_page
@asked_once()
def city_overview(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    today = clock.local_date(now, "Asia/Jakarta")
    code = request.GET.get("kecamatan", "").replace("\x00", "")
    place = place_of(request.actor, code)  # type: ignore[attr-defined]
    if place is None or place.library is not None or (code and (place.region is None or place.region.level != 3)):
        raise Http404
    libraries = list(Library.objects.filter(pk__in=[one.pk for one in place.libraries]).select_related(
        "region__parent").order_by("name"))
    ground = ground_of(place, asked(request, today), now=now)
    before, after = neighbours(ground.period)
    whole = place.is_whole
    return render(request, "overview/city.html", {
        "place": place, "period": ground.period, "choices": choices(ground.period, today), "before": before,
        "after": after if ground.period.last < today else "", "code": code, "whole": whole,
        "sentences": told(ground, is_outsider=True), "trends": pictures.trends(ground, ground.receipt),
        "small": [] if code else pictures.district_lines(ground, libraries, f"{reverse('overview:city')}?kecamatan=%s"),
        **reached(ground, libraries, code), **programme(ground, place, today, whole=whole),
        **attention(place, today),
    })


@dataclass(frozen=True)
class Block:
    """A kecamatan on the map of tiles."""

    name: str
    href: str
    shown: str
    tiles: tuple[Tile, ...]


def kelurahan_of(place: Place, code: str) -> list[tuple[str, str, UUID, str, str]]:
    """(code, name, id, kecamatan's code, its name) of every kelurahan of the city, or of one kecamatan. One question."""
    rows = Region.objects.current().filter(level=Region.Level.VILLAGE)
    if code:
        rows = rows.filter(parent__code=code)
    elif place.region is not None:
        rows = rows.filter(code__startswith=f"{place.region.code}.")
    else:
        rows = rows.filter(pk__in=[one.region_id for one in place.libraries])
    return list(rows.order_by("code").values_list("code", "name", "pk", "parent__code", "parent__name"))


def reached(ground: Ground, libraries: Sequence[Library], code: str) -> dict[str, Any]:
    """Kelurahan by kelurahan: tiles and table; who comes; who recorded."""
    districts = reach_of(ground, kelurahan_of(ground.place, code))
    ages = who_came(ground.place, ground.period, "age_group", ground.today, is_outsider=True)
    sex = who_came(ground.place, ground.period, "sex", ground.today, is_outsider=True)
    return {"districts": districts, "blocks": blocks(districts, linked=not code), "ages": ages, "sex": sex,
            "missed": missed([sex, ages]), "has_residents": any(row.residents for one in districts for row in one.rows),
            "coverage": _coverage(ground)}


def blocks(districts: Sequence[District], *, linked: bool) -> list[Block]:
    """By visits for 100 residents where the residents of every reached kelurahan are known, else by visits."""
    rows = [row for district in districts for row in district.rows]
    by_residents = any(row.residents for row in rows) and all(row.residents for row in rows if row.visits is not None)
    values = [row.per_hundred if by_residents else row.visits for row in rows]
    levels = iter(levels_of(values))
    found = []
    for district in districts:
        tiles = []
        for row in district.rows:
            level = next(levels)
            shown = row.per_hundred if by_residents else row.visits
            tiles.append(Tile(row.code, row.name, level, "" if shown is None else number(shown), says_of(row)))
        whole = district.per_hundred if by_residents else district.visits
        href = f"{reverse('overview:city')}?kecamatan={district.code}" if linked else ""
        found.append(Block(district.name, href, "" if whole is None else number(whole), tuple(tiles)))
    return found


def says_of(row: Any) -> str:
    if not row.libraries:
        return _("no library")
    if row.visits is None:
        return _("nothing was recorded")
    if row.per_hundred is None:
        return _("%(n)s visits") % {"n": number(row.visits)}
    return _("%(n)s visits, %(per)s for every 100 residents") % {"n": number(row.visits), "per": number(row.per_hundred)}


def _coverage(ground: Ground) -> list[tuple[Period, Coverage]]:
    """The last six months of what is shown: how many libraries were expected, have recorded, and of those how many late."""
    months = [Period.of_month(month) for month in ground.shown if month <= ground.today][-6:]
    return list(coverages(ground.place, months, ground.today, with_late=True).items())


def programme(ground: Ground, place: Place, today: date, *, whole: bool) -> dict[str, Any]:
    ids = None if whole else [one.pk for one in place.libraries]
    _lines, sums = city_cascade(ids, today)
    effects = effects_of(ids, ground.period.first.year, is_outsider=True)
    strategies = strategies_of(place, ground.period, today)
    return {"cascade": sums, "effects": effects, "effect_rows": pictures.effect_rows(effects),
            "year": str(ground.period.first.year), "strategies": strategies,
            "strategy_bars": [{"label": one.label, "value": one.n, "href": one.receipt if one.n else ""} for one in strategies]}


def attention(place: Place, today: date) -> dict[str, Any]:
    """How many libraries have fallen silent: counts, no names."""
    rows = list(Library.objects.with_hours().filter(pk__in=[one.pk for one in place.libraries], closed_on__isnull=True))
    quiet = quiet_of(rows, today)
    asked_for = sum(one.wants_greeting for one in quiet.values())
    never = sum(one.rhythm.last_on is None for one in quiet.values())
    paused = sum(one.pause is not None for one in quiet.values())
    return {"silent": asked_for, "never": never, "paused": paused, "many": len(rows)}
