"""The first run: code, city, libraries, first account. Closed for good once the city is set up."""

from collections.abc import Callable
from functools import wraps
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from simpul.core import clock
from simpul.core.actor import VISITOR, Actor, ActorKind, Role
from simpul.core.ids import derived_id
from simpul.core.models import NodeSetting
from simpul.core.phones import whatsapp_link
from simpul.libraries import actions as act
from simpul.libraries.actions.city import FIRST_RUN_CODE
from simpul.libraries.actions.first_run import code_hash_of
from simpul.libraries.actions.staff import invite
from simpul.libraries.forms.manage import CodeForm, SetUpForm
from simpul.libraries.loading import begin_loading_all_regions, regions_progress
from simpul.libraries.models import City, Library, Region
from simpul.libraries.official import city_choices, count_under, level_of, official_regions, provinces
from simpul.libraries.queries import regions_are_complete
from simpul.libraries.views.manage import LAST_SHEET, last_outcome, refused_file, template_file, told_outcome

#: whoever holds the code of the terminal keeps this node
FIRST_RUN = Actor(kind=ActorKind.LINK, is_coordinator=True, is_administrator=True)
ENTERED = "first_run"
DONE = "first_run_done"


def is_closed() -> bool:
    return City.objects.exists()


def entered_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only with the code, only before the city is set up."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        if is_closed():
            if request.session.get(DONE):
                return redirect("libraries:first_run_done")
            raise Http404
        entered = request.session.get(ENTERED)
        if not entered or not NodeSetting.objects.filter(name=FIRST_RUN_CODE, value=entered).exists():
            return redirect("libraries:first_run")
        return view(request, **rest)

    return page


@never_cache
def first_run(request: HttpRequest) -> HttpResponse:
    """Ask for the code that the terminal shows."""
    if is_closed():
        if request.session.get(DONE):
            return redirect("libraries:first_run_done")
        raise Http404
    form = CodeForm(request.POST or None)
    if request.POST and form.is_valid():
        code_hash = code_hash_of(form.cleaned_data["code"])
        is_right = form.attempt(lambda: act.try_first_run_code(code_hash=code_hash, by=VISITOR, at=clock.now(),
                                                               id=form.change_id))
        if is_right:
            request.session.cycle_key()
            request.session[ENTERED] = code_hash
            return redirect("libraries:first_run_city")
        if not form.errors:
            form.add_error("code", _("This is not the code. Look at the terminal again: eight letters and digits."))
            form.data = form.data | {"change": str(form.fields["change"].initial())}  # the next try is another one
    return render(request, "libraries/first_run_code.html", {"form": form})


@entered_page
def first_run_city(request: HttpRequest) -> HttpResponse:
    """Choose the city: by name, or province by province."""
    text, province = request.GET.get("q", "").strip()[:60], request.GET.get("provinsi", "")[:2]
    cities = list(city_choices())
    if text:
        wanted = text.lower().replace(" ", "")
        cities = [city for city in cities if wanted in city.name.lower().replace(" ", "") or city.code.startswith(text)]
    elif province in provinces():
        cities = [city for city in cities if city.code.startswith(f"{province}.")]
    else:
        cities = []
    return render(request, "libraries/first_run_city.html", {
        "text": text, "province": provinces().get(province, ""), "cities": cities[:60], "provinces": provinces()})


@entered_page
def first_run_setup(request: HttpRequest, region: str) -> HttpResponse:
    """How many kelurahan, which libraries, who looks after it; then set up."""
    city = next((city for city in city_choices() if city.code == region), None)
    if city is None:
        raise Http404
    form = SetUpForm(request.POST or None, request.FILES or None)
    if request.POST and form.is_valid():
        made = form.attempt(lambda: _set_up(form, region))
        if made:
            request.session[DONE] = {"change": str(form.change_id), "name": form.cleaned_data["name"]}
            if made.sheet:
                request.session[LAST_SHEET] = told_outcome(made.sheet, form.cleaned_data["sheet"])
            request.session.pop(ENTERED, None)
            begin_loading_all_regions()
            return redirect("libraries:first_run_done")
    districts, villages = count_under(region)
    return render(request, "libraries/first_run_setup.html", {
        "city": city, "districts": districts, "villages": villages, "form": form})


def _set_up(form: SetUpForm, region: str) -> Any:
    told = form.cleaned_data
    made = act.set_up_node(
        region_code=region, with_libraries=told["libraries"] == SetUpForm.LIST,
        rows=told["sheet"] if told["libraries"] == SetUpForm.SHEET else None, by=FIRST_RUN, at=clock.now(),
        id=form.change_id)
    _links(form.change_id, told["name"])
    return made


def _links(change: UUID, name: str) -> list[tuple[Role, str]]:
    """The first two invitations; asked again they give the same links."""
    at = clock.now()
    return [(role, invite(role=role, library=None, for_name=name, by=FIRST_RUN, at=at,
                          id=derived_id(change, role.value)).token)
            for role in (Role.ADMINISTRATOR, Role.COORDINATOR)]


@entered_page
def first_run_template(request: HttpRequest, region: str, kind: str) -> HttpResponse:
    """The sheet to fill in, with this city's kelurahan; the tables are still empty, so the package tells them."""
    named = official_regions(region)
    rows = [SimpleNamespace(code=code, name=name, level=level_of(code),
                            parent=SimpleNamespace(name=named.get(code.rpartition(".")[0], "")))
            for code, name in named.items() if level_of(code) == Region.Level.VILLAGE]
    return template_file(kind, rows)


@never_cache
def first_run_done(request: HttpRequest) -> HttpResponse:
    """What was made, and the links of the first account; shown to the browser that set the city up."""
    done = request.session.get(DONE)
    if not done:
        raise Http404
    links = []
    for role, token in _links(UUID(done["change"]), done["name"]):
        url = request.build_absolute_uri(reverse("libraries:invitation", args=[token]))
        qr = segno.make(url).svg_inline(scale=4, border=4, dark="#000", light="#fff")
        links.append({"role": role.value, "url": url, "whatsapp": whatsapp_link(None, url),
                      "qr": mark_safe(qr)})  # noqa: S308 segno wrote it, the address is only drawn
    return render(request, "libraries/first_run_done.html", {
        "city": City.objects.first(), "n": Library.objects.count(), "links": links,
        "progress": regions_progress(), "complete": regions_are_complete(), **last_outcome(request)})


@never_cache
def first_run_refused(request: HttpRequest) -> HttpResponse:
    """The refused rows of the sheet the city was set up with."""
    if not request.session.get(DONE):
        raise Http404
    return refused_file(request)
