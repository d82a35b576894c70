"""Many visits at once: a group, a rush, a paper page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.libraries.queries.hours import is_closed_by_choice
from simpul.visits.actions import record_group, record_sheet, record_tally
from simpul.visits.forms import GroupForm, SheetForm, TallyForm
from simpul.visits.labels import entry_label
from simpul.visits.models import Details, Visit
from simpul.visits.queries import entry_from, entry_of


@library_page(works_at)
def group(request: HttpRequest, library: Library) -> HttpResponse:
    form = GroupForm(request.POST or None, library=library)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        visit = form.attempt(lambda: record_group(
            library=library, cells=form.cells, origin=told["origin"], stop=form.stop_chosen, is_sure=told["is_sure"],
            details=Details(purpose=told["purpose"], uses_ict=told["uses_ict"]), by=request.actor, at=clock.now(),
            id=form.change_id))
        if visit:
            return _recorded(request, library, visit)
    return _form(request, "visits/group.html", library, form)


@library_page(works_at)
def tally(request: HttpRequest, library: Library) -> HttpResponse:
    form = TallyForm(request.POST or None, library=library)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        visit = form.attempt(lambda: record_tally(
            library=library, cells=form.cells, stop=form.stop_chosen, is_sure=told["is_sure"],
            details=Details(uses_ict=told["uses_ict"]), by=request.actor, at=clock.now(), id=form.change_id))
        if visit:
            return _recorded(request, library, visit)
    return _form(request, "visits/tally.html", library, form)


@library_page(works_at)
def sheet(request: HttpRequest, library: Library) -> HttpResponse:
    today = clock.local_date(clock.now(), library.time_zone)
    form = SheetForm(request.POST or None, request.FILES or None, library=library, initial={
        "day": request.GET.get("hari") or today})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        visit = form.attempt(lambda: record_sheet(
            library=library, day=told["day"], cells=form.cells, photo=told["photo"], stop=form.stop_chosen,
            is_sure=told["is_sure"], by=request.actor, at=clock.now(), id=form.change_id))
        if visit:
            return _recorded(request, library, visit)
    return _form(request, "visits/sheet.html", library, form, today=today)


def _form(request: HttpRequest, template: str, library: Library, form: Any, **more: Any) -> HttpResponse:
    return render(request, template, {"library": library, "form": form, **more}, status=422 if form.errors else 200)


def _recorded(request: HttpRequest, library: Library, visit: Visit) -> HttpResponse:
    """Back to the guest book, on the day of the entry, with the way to undo it."""
    entry = entry_from(entry_of(library.pk, visit.entry_id))
    text = _("Written down: %(entry)s.") % {"entry": entry_label(entry)}
    if is_closed_by_choice(library, entry.local_date):
        text += " " + _("The library is marked as closed on that day.")
    say(request, text, undo=reverse("visits:undo", args=[library.code, entry.id]))
    address = reverse("visits:book", args=[library.code])
    return redirect(f"{address}?hari={entry.local_date}")
