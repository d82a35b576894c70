"""The simulated score, what is unusual, the city's weights."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page, library_page
from simpul.replication.views.pages import do, today, today_at
from simpul.tpbis.actions import restore_weights, set_weights, withdraw_weights
from simpul.tpbis.forms import WeightsForm
from simpul.tpbis.models import Weighting
from simpul.tpbis.permissions import can_read, can_weigh
from simpul.tpbis.queries.patterns import libraries_to_talk_with, patterns_of, sees_patterns
from simpul.tpbis.queries.score import rules_on, simulate
from simpul.tpbis.views.city import libraries_of
from simpul.tpbis.views.items import period_of


@require_safe
@library_page(can_read)
def score(request: HttpRequest, library: Library) -> HttpResponse:
    """Where the library stands by the city's weights; completeness apart; what would help most."""
    day, period = today_at(library), period_of(request, library)
    made = simulate([library], period, day).get(library.pk)
    seen = patterns_of([library], period).get(library.pk, []) if sees_patterns(request.actor, library, day) else []
    years = [Period.of_year(day.year - 1), Period.of_year(day.year)]
    return render(request, "tpbis/score.html", {
        "library": library, "period": period, "made": made, "patterns": seen, "periods": years,
        "is_own": request.actor.works_at(library.pk), "can_weigh": can_weigh(request.actor)})


@require_safe
@city_page
def patterns(request: HttpRequest) -> HttpResponse:
    """To be talked about, library by library in the order of names: no ranking."""
    day = today()
    libraries = libraries_to_talk_with(request.actor, libraries_of(request), day)
    period = Period.of_year(day.year)
    found = patterns_of(libraries, period)
    asks = _("Good day, %(library)s. I looked at your records and would like to understand them better: %(what)s "
             "What was it like?")
    rows = [(one, found[one.pk], whatsapp_link(one.phone, asks % {"library": one.name, "what": found[one.pk][0].says}))
            for one in libraries if one.pk in found]
    return render(request, "tpbis/patterns.html", {"rows": rows, "looked_at": len(libraries), "period": period,
                                                   "is_mentor": bool(request.actor.mentor_of)})


@city_page
def weights(request: HttpRequest) -> HttpResponse:
    day = today()
    rules = rules_on(day)
    form = WeightsForm(request.POST or None, rules=rules, initial={
        "from_on": day.replace(month=1, day=1), "green_from": rules.green_from, "yellow_from": rules.yellow_from})
    if request.method == "POST":
        if not can_weigh(request.actor):
            raise Http404
        if form.is_valid():
            told = form.cleaned_data
            made = form.attempt(lambda: set_weights(
                from_on=told["from_on"], weights=form.weights, a_month=form.a_month, green_from=told["green_from"],
                yellow_from=told["yellow_from"], reason=told["reason"], by=request.actor, at=clock.now(), id=form.change_id))
            if made is not None:
                say(request, _("The weights hold from that day."), undo=reverse("tpbis:weights_out", args=[made.pk]))
                return redirect("tpbis:weights")
    return render(request, "tpbis/weights.html", {
        "form": form, "rules": rules, "can_weigh": can_weigh(request.actor),
        "rows": Weighting.objects.standing().select_related("account")[:20]}, status=422 if form.errors else 200)


def _row(id: UUID) -> Weighting:
    row = Weighting.objects.filter(pk=id).first()
    if row is None:
        raise Http404
    return row


@require_POST
@city_page
def weights_out(request: HttpRequest, id: UUID) -> HttpResponse:
    row = _row(id)
    return do(request, lambda: withdraw_weights(weighting=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("The weights are taken back."), reverse("tpbis:weights"),
              undo=reverse("tpbis:weights_back", args=[id]))


@require_POST
@city_page
def weights_back(request: HttpRequest, id: UUID) -> HttpResponse:
    row = _row(id)
    return do(request, lambda: restore_weights(weighting=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("The weights hold again."), reverse("tpbis:weights"))
