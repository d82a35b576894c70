"""The overview of a library: /perpustakaan/<code>/gambaran/."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.core import clock
from simpul.core.next_step import next_step
from simpul.indicators.periods import Kind
from simpul.indicators.places import of_library
from simpul.indicators.rollups.once import asked_once
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page
from simpul.overview import pictures
from simpul.overview.charts import interval_of
from simpul.overview.queries.alike import alike_of
from simpul.overview.queries.brought import effects_of, moments, outcomes_of
from simpul.overview.queries.comparing import compared
from simpul.overview.queries.ground import COUNTED, Ground, ground_of
from simpul.overview.queries.programme import CITY, LIBRARY, stories_of, strategies_of
from simpul.overview.queries.reached import Who, who_came
from simpul.overview.sentences import Number, Sentence, number, say, told
from simpul.overview.views.periods import asked, choices, neighbours


@require_safe
@library_page(counts)
@asked_once()
def library_overview(request: HttpRequest, library: Library) -> HttpResponse:
    now = clock.now()
    today = clock.local_date(now, library.time_zone)
    is_outsider = not request.actor.works_at(library.pk)  # type: ignore[attr-defined]
    ground = ground_of(of_library(library), asked(request, today), now=now)
    before, after = neighbours(ground.period)
    return render(request, "overview/library.html", {
        "library": library, "period": ground.period, "choices": choices(ground.period, today), "before": before,
        "after": after if ground.period.last < today else "", "is_year": ground.period.kind == Kind.YEAR,
        "sentences": told(ground, is_outsider=is_outsider), "trends": pictures.trends(ground, ground.receipt),
        "changes": changes(ground), "step": None if is_outsider else next_step(library, today), "is_own": not is_outsider,
        "runs": request.actor.runs(library.pk),  # type: ignore[attr-defined]
        **reached(ground, is_outsider=is_outsider), **brought(library, ground, today, is_outsider=is_outsider),
        **beside(library, ground),
    })


def reached(ground: Ground, *, is_outsider: bool) -> dict[str, Any]:
    """Who comes, who is hardly reached, what they do."""
    found = {by: who_came(ground.place, ground.period, by, ground.today, is_outsider=is_outsider)
             for by in ("sex", "age_group", "purpose")}
    strategies = strategies_of(ground.place, ground.period, ground.today)
    return {"sex": found["sex"], "ages": found["age_group"], "purposes": found["purpose"], "strategies": strategies,
            "strategy_bars": [{"label": one.label, "value": one.n, "href": one.receipt if one.n else ""} for one in strategies],
            "missed": missed([found["sex"], found["age_group"]])}


def missed(found: list[Who | None]) -> list[Sentence]:
    """Groups that come far less often than they live here; where nothing can be said, why."""
    told_of = [who for who in found if who is not None and who.source]
    rows = [say(_("%(group)s: %(percent)s of 100 visits, but %(residents)s of 100 residents."), group=_group(group.label),
                percent=Number(number(group.percent or 0), who.receipt), residents=number(group.residents or 0))
            for who in told_of for group in who.missed]
    if rows:
        return rows
    if not told_of:
        return [say(_("Not known: nobody has told how many people of which age and sex live here."), tone="quiet")]
    if any(who.withheld for who in told_of):
        return [say(_("Not known outside the library: small groups are withheld."), tone="quiet")]
    return [say(_("No group by age or sex comes far less often than it lives here."))]


def _group(label: str) -> str:
    """"0–5" of ages alone would be read as a number."""
    return _("Aged %(years)s") % {"years": label} if label[:1].isdigit() else label.capitalize()


def changes(ground: Ground) -> list[Sentence]:
    """What moved most against the period before, up to three."""
    found = []
    for name in COUNTED:
        beside_ = compared(ground, name)
        if beside_ is None or not beside_.is_told or max(beside_.now, beside_.before) < 10:
            continue
        part = beside_.difference / max(beside_.before, 1)
        if abs(part) >= 0.15:
            found.append((abs(part), say(
                _("%(name)s: %(now)s, after %(before)s in %(period)s."), name=pictures.name_of(name),
                now=Number(number(beside_.now), ground.receipt(name, beside_.period)),
                before=Number(number(beside_.before), ground.receipt(name, beside_.period_before)),
                period=beside_.period_before.label)))
    return [sentence for _part, sentence in sorted(found, key=lambda pair: -pair[0])[:3]]


def brought(library: Library, ground: Ground, today: date, *, is_outsider: bool) -> dict[str, Any]:
    year = ground.period.first.year
    effects = effects_of([library.pk], year, is_outsider=is_outsider)
    waves = outcomes_of([library.pk], year, is_outsider=is_outsider)
    return {"effects": effects, "effect_rows": pictures.effect_rows(effects), "year": str(year),
            "waves": [(wave.label, list(zip(moments(), [interval_of(wave.label, share) for share in wave.shares], strict=True)))
                      for wave in waves] if any(share for wave in waves for share in wave.shares) else [],
            "moments": moments(),
            "stories": stories_of([library.pk], CITY if is_outsider else LIBRARY, today)}


def beside(library: Library, ground: Ground) -> dict[str, Any]:
    alike = alike_of(library, ground)
    return {"alike": alike, "spreads": pictures.spreads(alike, ground)}
