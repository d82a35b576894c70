"""A library's profile, section by section, for its librarian and the coordinator."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.forms import ChangeForm, change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries import actions as act
from simpul.libraries.facts import SECTIONS, Section
from simpul.libraries.forms.fields import WEEKDAYS
from simpul.libraries.forms.profile import (
    AddressForm,
    ClosureForm,
    FactsForm,
    IdentityForm,
    SpaceForm,
    StopForm,
    WeekForm,
    address_of,
    week_of_form,
)
from simpul.libraries.models import Closure, DatedFact, Library, OpeningHours, Space, Stop
from simpul.libraries.pages import library_page, runs
from simpul.libraries.permissions import can_manage_libraries
from simpul.libraries.queries import facts_of, hours_on, week_of

Attempt = Callable[[], Any]


def _today(library: Library) -> Any:
    return clock.local_date(clock.now(), library.time_zone)


def _back(library: Library, name: str = "profile", *args: Any) -> HttpResponse:
    return redirect(reverse(f"libraries:{name}", args=[library.code, *args]))


@library_page(runs)
def profile(request: HttpRequest, library: Library) -> HttpResponse:
    """Every section with what is known of it and what is missing."""
    today = _today(library)
    known = facts_of(library, today)
    sections = [{"key": section.value, "name": name,
                 "told": sum(one.now is not None for one in known if one.fact.section == section),
                 "all": sum(one.fact.section == section for one in known)} for section, name in SECTIONS.items()]
    return render(request, "libraries/profile.html", {
        "library": library, "sections": [section for section in sections if section["all"]],
        "hours_known": hours_on(library, today) is not None or library.opening_hours.exists(),
        "closures": library.closures.filter(withdrawn_at__isnull=True, last_on__gte=today).count(),
        "spaces": library.spaces.filter(is_closed=False).count(),
        "stops": library.stops.filter(is_closed=False).count(),
        "manages": can_manage_libraries(request.actor)})


def _save(request: HttpRequest, library: Library, form: ChangeForm, do: Attempt, said: str,
          to: str = "profile") -> HttpResponse | None:
    """Run the change of a valid form; the answer if it was made."""
    if form.is_valid():
        form.attempt(do)
        if not form.errors:
            say(request, said)
            return _back(library, to)
    return None


@library_page(runs)
def identity(request: HttpRequest, library: Library) -> HttpResponse:
    fields = ("name", "kind", "npp", "npsn", "phone", "email", "opened_on", "is_staffed")
    form = IdentityForm(request.POST or None, initial={name: getattr(library, name) for name in fields})
    done = _save(request, library, form, lambda: act.change_identity(
        library=library, identity=form.identity(), by=request.actor, at=clock.now(), id=form.change_id),
        _("Saved.")) if request.POST else None
    return done or render(request, "libraries/profile_form.html", {
        "library": library, "form": form, "heading": _("Name and contact")})


@library_page(runs)
def address(request: HttpRequest, library: Library) -> HttpResponse:
    form = AddressForm(request.POST or None, initial=address_of(library))
    done = _save(request, library, form, lambda: act.change_place(
        library=library, place=form.place(), by=request.actor, at=clock.now(), id=form.change_id),
        _("Saved.")) if request.POST else None
    return done or render(request, "libraries/profile_form.html", {
        "library": library, "form": form, "heading": _("Address")})


@library_page(runs)
def hours(request: HttpRequest, library: Library) -> HttpResponse:
    """The usual week, or with ?musim=ramadan the week of Ramadan."""
    season = OpeningHours.Season.RAMADAN if request.GET.get("musim") == "ramadan" else OpeningHours.Season.USUAL
    today = _today(library)
    form = WeekForm(request.POST or None, initial=week_of_form(library, season, today))
    if request.POST.get("salin"):
        form = form.copied()
    elif request.POST:
        done = _save(request, library, form, lambda: act.set_opening_hours(
            library=library, season=season.value, hours=form.hours(), from_on=form.cleaned_data["from_on"],
            by=request.actor, at=clock.now(), id=form.change_id), _("The opening hours are set."))
        if done:
            return done
    return render(request, "libraries/hours.html", {
        "library": library, "form": form, "season": season.value, "is_told": library.opening_hours.exists(),
        "week": week_of(library, today)})


@library_page(runs)
def closures(request: HttpRequest, library: Library) -> HttpResponse:
    """Days declared closed, newest first, and declaring new ones."""
    form = ClosureForm(request.POST or None)
    if request.POST and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: act.declare_closure(
            library=library, first_on=told["first_on"], last_on=told["last_on"] or told["first_on"],
            reason=told["reason"], by=request.actor, at=clock.now(), id=form.change_id))
        if made:
            say(request, _("Written down: closed on these days."),
                undo=reverse("libraries:closure_withdraw", args=[library.code, made.pk]))
            return _back(library, "closures")
    return render(request, "libraries/closures.html", {
        "library": library, "form": form, "today": _today(library),
        "closures": library.closures.filter(withdrawn_at__isnull=True).order_by("-first_on")[:20]})


def _one_button(request: HttpRequest, library: Library, do: Callable[[Any], Any], said: str, *, to: str,
                undo: str = "", args: tuple[Any, ...] = ()) -> HttpResponse:
    """A post of one button: done, or told why not; then back to its list."""
    try:
        do({"by": request.actor, "at": clock.now(), "id": change_id_of(request.POST)})
    except Refusal as refusal:
        say(request, str(refusal), level=40)
    else:
        say(request, said, undo=undo)
    return _back(library, to, *args)


@library_page(runs)
@require_POST
def closure_withdraw(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    closure = get_object_or_404(library.closures, pk=id)
    return _one_button(request, library, lambda who: act.withdraw_closure(closure=closure, **who),
                       _("Withdrawn: open as usual."), to="closures",
                       undo=reverse("libraries:closure_restore", args=[library.code, id]))


@library_page(runs)
@require_POST
def closure_restore(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    closure = get_object_or_404(Closure, pk=id, library=library)
    return _one_button(request, library, lambda who: act.restore_closure(closure=closure, **who),
                       _("Closed on these days again."), to="closures")


@library_page(runs)
def spaces(request: HttpRequest, library: Library) -> HttpResponse:
    form = SpaceForm(request.POST or None)
    if request.POST and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: act.add_space(
            library=library, name=told["name"], kind=told["kind"], seats=told["seats"], area_m2=told["area_m2"],
            by=request.actor, at=clock.now(), id=form.change_id))
        if made:
            say(request, _("Added."), undo=reverse("libraries:space_close", args=[library.code, made.pk]))
            return _back(library, "spaces")
    return render(request, "libraries/spaces.html", {
        "library": library, "form": form, "spaces": library.spaces.filter(is_closed=False).order_by("name")})


@library_page(runs)
@require_POST
def space_close(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    space = get_object_or_404(Space, pk=id, library=library)
    return _one_button(request, library, lambda who: act.close_space(space=space, **who), _("Taken off the list."),
                       to="spaces", undo=reverse("libraries:space_reopen", args=[library.code, id]))


@library_page(runs)
@require_POST
def space_reopen(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    space = get_object_or_404(Space, pk=id, library=library)
    return _one_button(request, library, lambda who: act.reopen_space(space=space, **who), _("Back on the list."),
                       to="spaces")


@library_page(runs)
def stops(request: HttpRequest, library: Library) -> HttpResponse:
    """Where a mobile library parks; other kinds have no such page."""
    if library.kind != Library.Kind.MOBILE:
        raise Http404
    form = StopForm(request.POST or None)
    if request.POST and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: act.add_stop(
            library=library, name=told["name"], region=told["region"], weekday=told["weekday"],
            arrives=told["arrives"], leaves=told["leaves"], by=request.actor, at=clock.now(), id=form.change_id))
        if made:
            say(request, _("Added."), undo=reverse("libraries:stop_close", args=[library.code, made.pk]))
            return _back(library, "stops")
    return render(request, "libraries/stops.html", {
        "library": library, "form": form, "weekdays": dict(enumerate(WEEKDAYS)),
        "stops": library.stops.filter(is_closed=False).select_related("region").order_by("weekday", "arrives")})


@library_page(runs)
@require_POST
def stop_close(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    stop = get_object_or_404(Stop, pk=id, library=library)
    return _one_button(request, library, lambda who: act.close_stop(stop=stop, **who), _("Taken off the list."),
                       to="stops", undo=reverse("libraries:stop_reopen", args=[library.code, id]))


@library_page(runs)
@require_POST
def stop_reopen(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    stop = get_object_or_404(Stop, pk=id, library=library)
    return _one_button(request, library, lambda who: act.reopen_stop(stop=stop, **who), _("Back on the list."),
                       to="stops")


@library_page(runs)
def facts(request: HttpRequest, library: Library, section: str) -> HttpResponse:
    """One section of dated facts: as they hold today, with what was told before."""
    today = _today(library)
    known = facts_of(library, today, section=section)
    if not known:
        raise Http404
    form = FactsForm(request.POST or None, known=known, initial={"from_on": today})
    done = _save(request, library, form, lambda: act.record_facts(
        library=library, values=form.values(), from_on=form.cleaned_data["from_on"],
        source=form.cleaned_data["source"], by=request.actor, at=clock.now(), id=form.change_id),
        _("Saved.")) if request.POST else None
    return done or render(request, "libraries/facts.html", {
        "library": library, "form": form, "heading": SECTIONS[Section(section)], "section": section,
        "told": [(one, [(row, one.fact.in_words(row.value)) for row in one.history])
                 for one in known if one.history]})


@library_page(runs)
@require_POST
def fact_void(request: HttpRequest, library: Library, section: str, id: UUID) -> HttpResponse:
    fact = get_object_or_404(DatedFact, pk=id, library=library)
    return _one_button(request, library, lambda who: act.void_fact(fact=fact, **who), _("Struck out."), to="facts",
                       args=(section,), undo=reverse("libraries:fact_restore", args=[library.code, section, id]))


@library_page(runs)
@require_POST
def fact_restore(request: HttpRequest, library: Library, section: str, id: UUID) -> HttpResponse:
    fact = get_object_or_404(DatedFact, pk=id, library=library)
    return _one_button(request, library, lambda who: act.restore_fact(fact=fact, **who), _("It holds again."),
                       to="facts", args=(section,))
