"""Every number there is (`/angka/`), with what it means, and the way to open it."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from simpul.core import clock
from simpul.indicators import receipts
from simpul.indicators.definitions import Indicator, indicators
from simpul.indicators.periods import Period
from simpul.indicators.places import Place


@dataclass(frozen=True)
class Entry:
    indicator: Indicator
    is_defined: bool  # by a file of its own, with scenarios

    @property
    def name(self) -> str:
        return self.indicator.now.name

    @property
    def meaning(self) -> str:
        return "" if self.indicator.now.meaning == self.name else self.indicator.now.meaning


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Names and meanings; whoever may count somewhere opens each for her library, or for the city, this month."""
    place = _place(request)
    text = request.GET.get("cari", "").strip().casefold()
    entries = [Entry(one, one.path is not None) for one in indicators().values()]
    shown = sorted((one for one in entries if text in f"{one.name} {one.meaning}".casefold()),
                   key=lambda one: (not one.is_defined, one.name.casefold()))
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    return render(request, "indicators/list.html", {
        "defined": [one for one in shown if one.is_defined], "others": [one for one in shown if not one.is_defined],
        "text": text, "place": place, "period": Period.of_month(today)})


def _place(request: HttpRequest) -> Place:
    """Her library where she has one, else all that she may count."""
    actor = request.actor
    for code in (request.GET.get("tempat", "").replace("\x00", ""), ""):
        place = receipts.place_of(actor, code)
        if place is not None:
            break
    else:
        raise Http404
    if not place.code and len(place.libraries) == 1:
        place = receipts.place_of(actor, place.libraries[0].code) or place
    if place.library is not None:
        request.library = place.library  # type: ignore[attr-defined]
    return place
