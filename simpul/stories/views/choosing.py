"""Rounds of the most significant change: side by side, pick one, say why."""

from typing import Any
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
from simpul.libraries.models import Library, Region
from simpul.libraries.pages import city_page, library_page, works_at
from simpul.stories.actions import choose, close_round, open_round, reopen_round
from simpul.stories.forms import ChooseForm, RoundForm
from simpul.stories.kinds import Theme
from simpul.stories.models import Choice, Round
from simpul.stories.permissions import can_choose_in_group, can_run_rounds
from simpul.stories.queries import candidates, choices_of, libraries_in, round_cells, round_groups
from simpul.stories.views.pages import do, today, unkept


@require_safe
@library_page(works_at)
def rounds(request: HttpRequest, library: Library) -> HttpResponse:
    """Every round, with what was chosen of this library and of all, and why."""
    day = today(library)
    told = []
    for one in Round.objects.all()[:10]:
        chosen = choices_of(one, day)
        told.append((one, [row for row in chosen if row.level != Choice.Level.LIBRARY or row.library_id == library.pk],
                     round_cells(one, Choice.Level.LIBRARY, day, library=library) if one.closed_at is None else []))
    return unkept(render(request, "stories/rounds.html", {"library": library, "rounds": told}))


def _round(id: UUID) -> Round:
    found = Round.objects.filter(pk=id).first()
    if found is None:
        raise Http404
    return found


@library_page(works_at)
def of_library(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """A library's own stories of one domain (`tema`) side by side."""
    return _choose(request, _round(id), Choice.Level.LIBRARY, library=library,
                   back=reverse("stories:rounds", args=[library.code]))


@city_page
def compare(request: HttpRequest, id: UUID) -> HttpResponse:
    """A kecamatan's (`wilayah`) or the city's stories of one domain side by side."""
    round_, code = _round(id), request.GET.get("wilayah", "")[:13].replace("\x00", "")
    actor, back = request.actor, reverse("stories:city_round", args=[id])  # type: ignore[attr-defined]
    if not code:
        if not can_run_rounds(actor):
            raise Http404
        return _choose(request, round_, Choice.Level.CITY, back=back)
    region = Region.objects.current().filter(code=code).first()
    if region is None or not can_choose_in_group(actor, libraries_in(region)):
        raise Http404
    return _choose(request, round_, Choice.Level.GROUP, region=region, back=back)


def _choose(request: HttpRequest, round_: Round, level: str, *, back: str, library: Library | None = None,
            region: Region | None = None) -> HttpResponse:
    day, theme = today(library), request.GET.get("tema", "")
    if theme not in Theme.values:
        theme = Theme.ECONOMY
    place = library.pk if library else region.pk if region else round_.pk
    now = next((one for one in choices_of(round_, day) if one.level == level and one.theme == theme and one.place == place),
               None)
    rows = candidates(round_, level, theme, day, library=library, region=region)
    form = ChooseForm(request.POST or None, initial={"story": now.story_id, "reason": now.reason} if now else {})
    if request.method == "POST" and form.is_valid():
        picked = next((row for row in rows if row.pk == form.cleaned_data["story"]), None)
        if picked is None:
            form.add_error(None, _("This story is not among those to choose from."))
        elif form.attempt(lambda: choose(
                round=round_, level=level, theme=theme, story=picked, reason=form.cleaned_data["reason"], library=library,
                region=region, day=day, by=request.actor, at=clock.now(), id=form.change_id)) is not None:  # type: ignore[attr-defined]
            say(request, _("Chosen. The reason goes back to the libraries."))
            return redirect(back)
    return unkept(render(request, "stories/compare.html", {
        "round": round_, "level": level, "theme": Theme(theme), "rows": rows, "form": form, "back": back, "library": library,
        "region": region, "chosen": form["story"].value(), "reasons": _reasons(round_, level, theme, day)},
        status=422 if form.errors else 200))


def _reasons(round_: Round, level: str, theme: str, day: Any) -> dict[UUID, str]:
    """Why each was chosen one level below."""
    below = Choice.Level.LIBRARY if level == Choice.Level.GROUP else Choice.Level.GROUP
    if level == Choice.Level.LIBRARY:
        return {}
    return {one.story_id: one.reason for one in choices_of(round_, day) if one.level == below and one.theme == theme}


@city_page
def new(request: HttpRequest) -> HttpResponse:
    if not can_run_rounds(request.actor):  # type: ignore[attr-defined]
        raise Http404
    day = today()
    form = RoundForm(request.POST or None, initial={
        "title": _("Stories of change %(year)s") % {"year": day.year}, "first_on": day.replace(month=1, day=1), "last_on": day})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: open_round(
            title=told["title"], first_on=told["first_on"], last_on=told["last_on"],
            by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if made is not None:
            say(request, _("The round is open. Libraries choose first."))
            return redirect("stories:city_round", made.pk)
    return render(request, "stories/round_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@city_page
def round_(request: HttpRequest, id: UUID) -> HttpResponse:
    """Kecamatan by kecamatan, then the city; what was chosen and why, ready to be sent to the libraries."""
    actor, day, row = request.actor, today(), _round(id)  # type: ignore[attr-defined]
    whole = can_run_rounds(actor)
    chosen = [one for one in choices_of(row, day) if whole or one.level == Choice.Level.CITY
              or one.story.library_id in actor.mentor_of]
    text = "\n\n".join([f"*{row.title}*", *(
        f"{one.get_level_display()}, {one.get_theme_display()}: {one.story.headline} ({one.story.library.name})\n"
        f"{one.reason}" for one in chosen if one.level != Choice.Level.LIBRARY)])
    return unkept(render(request, "stories/round.html", {
        "round": row, "groups": round_groups(row, day, only=None if whole else actor.mentor_of),
        "cells": round_cells(row, Choice.Level.CITY, day) if whole else [], "chosen": chosen, "can_run": whole,
        "whatsapp": whatsapp_link(None, text)}))


@require_POST
@city_page
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    row = _round(id)
    return do(request, lambda: close_round(round=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
              _("The round is closed. The libraries read what was chosen and why."), "stories:city_round", row.pk,
              undo=reverse("stories:round_reopen", args=[row.pk]))


@require_POST
@city_page
def reopen(request: HttpRequest, id: UUID) -> HttpResponse:
    row = _round(id)
    return do(request, lambda: reopen_round(round=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
              _("The round is open again."), "stories:city_round", row.pk)
