"""The city's view: counts, and the safeguarding person's own page."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from simpul.accounts.models import Account
from simpul.core import clock, phones
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page
from simpul.surveys.actions import mark_handled, name_safeguarding, set_hotlines
from simpul.surveys.forms import HotlinesForm, SafeguardingForm
from simpul.surveys.models import Disclosure
from simpul.surveys.permissions import can_name_safeguarding, can_read_disclosures
from simpul.surveys.queries import (
    answers_by_library,
    disclosures_waiting,
    safeguarding_account,
    themes_of,
    voices_by_library,
    withheld_themes,
)
from simpul.surveys.queries import (
    hotlines as hotlines_of_the_city,
)

PAGE = 20
YEAR = timedelta(days=365)


@city_page
def city(request: HttpRequest) -> HttpResponse:
    """What the libraries heard and asked within a year, in counts."""
    actor = request.actor  # type: ignore[attr-defined]
    whole = actor.is_coordinator or actor.is_administrator
    ids = None if whole else list(actor.mentor_of)
    since = clock.now() - YEAR
    page = Paginator(Library.objects.counted_by(actor).order_by("name"), PAGE).get_page(request.GET.get("page"))
    here = [library.pk for library in page]
    voices, answers = voices_by_library(here, since), answers_by_library(here, since)
    return render(request, "surveys/city.html", {
        "page": page, "lines": [(library, voices.get(library.pk), answers.get(library.pk, 0)) for library in page],
        "bars": withheld_themes(themes_of(ids)), "can_name": can_name_safeguarding(actor),
        "named": _named() if whole else None, "is_whole": whole,
        "has_unchecked": not all(one.is_checked for one in hotlines_of_the_city()),
        "disclosures": disclosures_waiting() if can_name_safeguarding(actor) else 0})


def _named() -> Account | None:
    account = safeguarding_account()
    return Account.objects.filter(pk=account, is_active=True).first() if account else None


@city_page
def safeguarding(request: HttpRequest) -> HttpResponse:
    """The coordinator names the one person."""
    if not can_name_safeguarding(request.actor):  # type: ignore[attr-defined]
        raise Http404
    form = SafeguardingForm(request.POST or None, initial={"account": safeguarding_account()})
    if request.method == "POST" and form.is_valid():
        form.attempt(lambda: name_safeguarding(account=form.cleaned_data["account"], by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                               id=form.change_id))
        if not form.errors:
            say(request, _("%(name)s reads messages about safety from now on.") % {
                "name": form.cleaned_data["account"].name})
            return redirect("surveys:city")
    return render(request, "surveys/safeguarding.html", {"form": form}, status=422 if form.errors else 200)


@city_page
def hotlines(request: HttpRequest) -> HttpResponse:
    """The coordinator keeps the emergency numbers, and says where she has them from."""
    if not can_name_safeguarding(request.actor):  # type: ignore[attr-defined]
        raise Http404
    form = HotlinesForm(request.POST or None, known=hotlines_of_the_city())
    if request.method == "POST" and form.is_valid():
        form.attempt(lambda: set_hotlines(hotlines=form.hotlines, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                          id=form.change_id))
        if not form.errors:
            say(request, _("The emergency numbers are kept."))
            return redirect("surveys:city")
    return render(request, "surveys/hotlines.html", {"form": form, "hotlines": hotlines_of_the_city()},
                  status=422 if form.errors else 200)


@never_cache
def disclosures(request: HttpRequest) -> HttpResponse:
    """Messages about somebody's safety: for the one named person, whoever else asks finds nothing."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not can_read_disclosures(request.actor):  # type: ignore[attr-defined]
        raise Http404
    rows = Disclosure.objects.select_related("library").order_by("handled_at", "-happened_at")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "surveys/disclosures.html", {
        "page": page, "hotlines": hotlines_of_the_city(),
        "rows": [(row, phones.whatsapp_link(row.phone, "") if row.phone else "") for row in page]})


@require_POST
def disclosure_handled(request: HttpRequest, id: UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login("/kota/perlindungan/")
    if not can_read_disclosures(request.actor):  # type: ignore[attr-defined]
        raise Http404
    mark_handled(disclosure_id=id, by=request.actor, at=clock.now(), id=change_id_of(request.POST))  # type: ignore[attr-defined]
    say(request, _("Taken care of. The number is erased."))
    return redirect("surveys:disclosures")
