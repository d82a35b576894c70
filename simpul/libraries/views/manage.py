"""The coordinator's pages: adding, moving, closing libraries, taking a sheet of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries import actions as act
from simpul.libraries.actions.sheet import REASONS
from simpul.libraries.forms.manage import CloseForm, LibraryForm, MoveForm, SheetForm
from simpul.libraries.models import City, Library
from simpul.libraries.pages import city_page, library_page
from simpul.libraries.permissions import can_manage_libraries
from simpul.libraries.queries import regions_under
from simpul.libraries.sheets import COLUMNS, SheetRow, refused_csv, template_csv, template_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAST_SHEET = "libraries_last_sheet"


def manager_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For who manages the city's libraries; others of the staff get 404."""

    @city_page
    @wraps(view)
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        if not can_manage_libraries(request.actor):
            raise Http404
        return view(request, **rest)

    return page


def manages(actor: Any, library_id: Any) -> bool:
    """A rule for `library_page`."""
    return can_manage_libraries(actor)


@manager_page
def new(request: HttpRequest) -> HttpResponse:
    form = LibraryForm(request.POST or None)
    if request.POST and form.is_valid():
        made = form.attempt(lambda: act.add_library(
            identity=form.identity(), place=form.place(), region=form.cleaned_data["region"], by=request.actor,
            at=clock.now(), id=form.change_id))
        if made:
            say(request, _("%(name)s is added, with the code %(code)s.") % {"name": made.name, "code": made.code})
            return redirect(reverse("libraries:profile", args=[made.code]))
    return render(request, "libraries/new.html", {"form": form})


@library_page(manages)
def move(request: HttpRequest, library: Library) -> HttpResponse:
    form = MoveForm(request.POST or None, initial={"region": library.region_id})
    if request.POST and form.is_valid():
        told = form.cleaned_data
        form.attempt(lambda: act.move_library(library=library, region=told["region"], from_on=told["from_on"],
                                              by=request.actor, at=clock.now(), id=form.change_id))
        if not form.errors:
            say(request, _("It stands in its new place; the days before keep the old one."))
            return redirect(reverse("libraries:profile", args=[library.code]))
    return render(request, "libraries/move.html", {
        "library": library, "form": form,
        "placements": library.placements.select_related("region__parent").order_by("-from_on")})


@library_page(manages)
def close(request: HttpRequest, library: Library) -> HttpResponse:
    form = CloseForm(request.POST or None, initial={"closed_on": clock.local_date(clock.now(), library.time_zone)})
    if request.POST and form.is_valid():
        form.attempt(lambda: act.close_library(library=library, closed_on=form.cleaned_data["closed_on"],
                                               by=request.actor, at=clock.now(), id=form.change_id))
        if not form.errors:
            say(request, _("%(name)s is closed; its history stays.") % {"name": library.name},
                undo=reverse("libraries:reopen", args=[library.code]))
            return redirect(reverse("libraries:profile", args=[library.code]))
    return render(request, "libraries/close.html", {"library": library, "form": form})


@library_page(manages)
@require_POST
def reopen(request: HttpRequest, library: Library) -> HttpResponse:
    try:
        act.reopen_library(library=library, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    except Refusal as refusal:
        say(request, str(refusal), level=40)
    else:
        say(request, _("%(name)s serves again.") % {"name": library.name})
    return redirect(reverse("libraries:profile", args=[library.code]))


@manager_page
def sheet(request: HttpRequest) -> HttpResponse:
    """Upload a sheet; afterwards its outcome, with the refused rows to take along and mend."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.POST and form.is_valid():
        rows = form.cleaned_data["sheet"]
        outcome = form.attempt(lambda: act.take_library_sheet(rows=rows, by=request.actor, at=clock.now(),
                                                              id=form.change_id))
        if outcome:
            request.session[LAST_SHEET] = told_outcome(outcome, rows)
            return redirect("libraries:sheet")
    return render(request, "libraries/sheet.html", {
        "form": form, "columns": COLUMNS, **last_outcome(request)})


def last_outcome(request: HttpRequest) -> dict[str, Any]:
    """What a page shows of this browser's last sheet: its counts and the first refused rows in words."""
    outcome = request.session.get(LAST_SHEET)
    return {"outcome": outcome,
            "refused": [(row["number"], reason_of(row)) for row in (outcome or {"refused": []})["refused"][:20]]}


def told_outcome(outcome: dict[str, Any], rows: list[SheetRow]) -> dict[str, Any]:
    """The outcome with each refused row's cells, fit for a session: {"read", "added", "updated", "unchanged": n,
    "refused": [{"number", "code", "column", "cells"}]}."""
    by_number = {row.number: row.cells for row in rows}
    refused = [{"number": number, "code": code, "column": column, "cells": by_number.get(number, {})}
               for number, code, column in outcome["refused"]]
    return {**outcome, "refused": [{**row, "value": row["cells"].get(row["column"], "")} for row in refused]}


def reason_of(row: dict[str, Any]) -> str:
    """Why a row was refused, in the reader's language."""
    return str(REASONS[row["code"]]) % {"value": row["value"]}


@manager_page
def refused(request: HttpRequest) -> HttpResponse:
    return refused_file(request)


def refused_file(request: HttpRequest) -> HttpResponse:
    """The refused rows of this browser's last sheet, with the reason in the last column."""
    last = request.session.get(LAST_SHEET)
    if not last:
        raise Http404
    answer = HttpResponse(refused_csv((row["cells"], reason_of(row)) for row in last["refused"]),
                          content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="perpustakaan-ditolak.csv"'
    return answer


@manager_page
def template(request: HttpRequest, kind: str) -> HttpResponse:
    city = City.objects.select_related("region").first()
    return template_file(kind, regions_under(city.region) if city else [])


def template_file(kind: str, regions: Any) -> HttpResponse:
    """The template as a download, `kind` "xlsx" or "csv"."""
    answer = (HttpResponse(template_csv(), content_type="text/csv; charset=utf-8") if kind == "csv"
              else HttpResponse(template_xlsx(regions), content_type=XLSX))
    answer["Content-Disposition"] = f'attachment; filename="perpustakaan.{kind}"'
    return answer
