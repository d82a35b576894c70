"""The city's board, its page on paper, what replication costs."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.files.papers import pdf, pdf_response
from simpul.libraries.models import City, Library
from simpul.libraries.pages import city_page
from simpul.plans.wording import rupiah
from simpul.replication.actions import restore_cost, tell_cost, withdraw_cost
from simpul.replication.forms import CostForm
from simpul.replication.models import UnitCost
from simpul.replication.permissions import can_set_costs
from simpul.replication.queries.board import Board, Line, board, estimate_of
from simpul.replication.steps import ORDER, PLACE, Stage
from simpul.replication.views.pages import do, today

PAPER = Path(__file__).parents[1] / "papers" / "board.typ"
NONE = "belum"


def _board(request: HttpRequest) -> Board:
    rows = Library.objects.with_hours().with_place().counted_by(request.actor).filter(closed_on__isnull=True)
    return board(list(rows.order_by("name")), today())


def _kept(lines: Any, stage: str, district: str, shown: str) -> list[Line]:
    """Filters of the address: `tahap`, `kecamatan`, `tampil=sepi|mundur`."""
    found = list(lines)
    if stage in Stage.values or stage == NONE:
        found = [line for line in found if (line.journey.stage or NONE) == stage]
    if district:
        found = [line for line in found if line.library.district and line.library.district.code == district]
    if shown == "sepi":
        found = [line for line in found if line.journey.rhythm.wants_greeting]
    elif shown == "mundur":
        found = [line for line in found if line.journey.lost]
    return sorted(found, key=lambda line: (-PLACE.get(line.journey.stage, -1), line.library.name))  # type: ignore[call-overload]


@require_safe
@city_page
def replication(request: HttpRequest) -> HttpResponse:
    made = _board(request)
    stage, district, shown = (request.GET.get(name, "") for name in ("tahap", "kecamatan", "tampil"))
    kept = _kept(made.lines, stage, district, shown)
    here = reverse("replication:board")
    bars = [{"label": one.label if one else _("not chosen yet"), "value": n, "href": f"{here}?tahap={one or NONE}#perpus"}
            for one, n in made.stages]
    return render(request, "replication/board.html", {
        "board": made, "bars": bars, "page": Paginator(kept, 20).get_page(request.GET.get("page")), "kept": len(kept),
        "stages": [(stage.value, stage.label) for stage in ORDER] + [(NONE, _("not chosen yet"))],
        "stage": stage, "district": district, "shown": shown, "day": today(),
        "filters": [("", _("All")), ("sepi", _("To be greeted")), ("mundur", _("A step lost"))],
        "can_set_costs": can_set_costs(request.actor)})


@require_safe
@city_page
def paper(request: HttpRequest) -> HttpResponse:
    """One page for the head of the service and the province."""
    made = _board(request)
    city, day = City.objects.first(), today()
    total = made.total
    estimate = made.estimate
    values = {
        "title": _("Independent replication"), "sender": city.name if city else "", "day": formats.date_format(day, "j F Y"),
        "foot": _("From the records of the libraries. Steps are our own reading of published cases, not an official standard."),
        "facts": [[_("Libraries taking part"), f"{len(made.taking_part)} / {len(made.lines)}"],
                  [_("Trained"), f"{made.trained} / {len(made.lines)}"],
                  [_("Rows of plans done"), f"{total.done} / {total.all}"],
                  [_("To be greeted"), str(len(made.silent))]],
        "stages_head": [_("Where they stand"), _("Libraries")],
        "stages": [[str(one.label) if one else _("not chosen yet"), str(n)] for one, n in made.stages],
        "districts_head": [_("Kecamatan"), _("Libraries"), _("Trained"), _("Kelurahan reached")],
        "districts": [[one.region.name, str(one.libraries), str(one.trained), f"{one.reached} / {one.kelurahan}"]
                      for one in made.districts],
        "coverage": _("Training by kecamatan"), "estimate": _("Estimate for the remaining kelurahan"),
        "remaining": _("%(n)s kelurahan have no trained library yet.") % {"n": estimate.remaining},
        "costs_head": [_("What"), _("Times"), _("Price of one"), _("Amount"), _("Source")],
        "costs": [[cost.what, str(n), rupiah(cost.amount), rupiah(amount), cost.source] for cost, n, amount in estimate.rows],
        "total": _("Together: %(amount)s") % {"amount": rupiah(estimate.total)} if estimate.rows else _(
            "The city has not told its prices yet.")}
    return pdf_response(pdf(PAPER, values), f"replikasi-{day:%Y-%m-%d}")


@city_page
def costs(request: HttpRequest) -> HttpResponse:
    """Prices of the city with their source, and the estimate that follows from them."""
    if not (can_set_costs(request.actor) or request.actor.is_administrator):
        raise Http404
    form = CostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: tell_cost(
            what=told["what"], unit=told["unit"], times=told["times"], amount=told["amount"], source=told["source"],
            by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("The price is kept."), undo=reverse("replication:cost_out", args=[made.pk]))
            return redirect("replication:costs")
    return render(request, "replication/costs.html", {
        "form": form, "estimate": estimate_of(_board(request).estimate.remaining)}, status=422 if form.errors else 200)


def _cost(id: UUID) -> UnitCost:
    row = UnitCost.objects.filter(pk=id).first()
    if row is None:
        raise Http404
    return row


@require_POST
@city_page
def cost_out(request: HttpRequest, id: UUID) -> HttpResponse:
    cost = _cost(id)
    return do(request, lambda: withdraw_cost(cost=cost, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("The price is taken out."), reverse("replication:costs"), undo=reverse("replication:cost_back", args=[id]))


@require_POST
@city_page
def cost_back(request: HttpRequest, id: UUID) -> HttpResponse:
    cost = _cost(id)
    return do(request, lambda: restore_cost(cost=cost, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("The price stands again."), reverse("replication:costs"))
