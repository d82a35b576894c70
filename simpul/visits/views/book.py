"""The guest book of a library: one tap a visit."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.ids import derived_id
from simpul.core.refusal import Refusal
from simpul.libraries.models import Library, Stop
from simpul.libraries.pages import counts, library_page, works_at
from simpul.libraries.queries.hours import is_closed_by_choice
from simpul.visits.actions import record_visit
from simpul.visits.actions.refusals import AlreadyIn
from simpul.visits.forms import CardForm, TapForm
from simpul.visits.labels import AGE_WORDS, AGES, SEXES, WHO, entry_label
from simpul.visits.models import Details
from simpul.visits.permissions import can_correct
from simpul.visits.queries import Entry, count_on, entries_of, entry_from

PAGE = 20


@library_page(counts)
def book(request: HttpRequest, library: Library) -> HttpResponse:
    """The page of the door. Who may only see counts is sent to the figures."""
    if not can_correct(request.actor, library.pk):
        return redirect("visits:figures", code=library.code)
    return book_page(request, library)


def book_page(request: HttpRequest, library: Library, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page; `more` holds what an attempt left behind (a refusal, what was typed)."""
    today = clock.local_date(clock.now(), library.time_zone)
    day = _day_asked(request, today)
    page = _page_asked(request)
    entries = entries_of(library.pk, day, limit=PAGE + 1, offset=(page - 1) * PAGE)
    fresh = request.GET.get("baru", "")
    told = next((entry for entry in entries if str(entry.id) == fresh), None)
    return render(request, "visits/book.html", {
        "library": library, "day": day, "today": today, "is_today": day == today, "count": count_on(library.pk, day),
        "lines": [line(entry) for entry in entries[:PAGE]], "page": page, "has_more": len(entries) > PAGE,
        "is_closed": is_closed_by_choice(library, today), "tap": TapForm(library=library, initial={
            "stop": request.GET.get("halte")}), "buttons": buttons(),
        **(answer(told) if told else {}), **more}, status=status)


def buttons() -> list[dict[str, Any]]:
    """The ten categories: female beside male, young to old."""
    return [{"key": f"{sex}:{age}", "sex": sex, "sex_label": sex.label, "age_label": age.label, "word": AGE_WORDS[age],
             "who": WHO[sex, age], "picture": f"{sex}-{age}".rstrip("+")}
            for age in AGES for sex in SEXES]


def line(entry: Entry) -> dict[str, Any]:
    return {"entry": entry, "label": entry_label(entry)}


def answer(entry: Entry) -> dict[str, Any]:
    """What the page tells about the entry just made."""
    return {"told": line(entry)}


def _day_asked(request: HttpRequest, today: date) -> date:
    try:
        return min(date.fromisoformat(request.GET.get("hari", "")), today)
    except ValueError:
        return today


def _page_asked(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isdecimal() and 0 < int(asked) < 10_000 else 1


@require_POST
@library_page(works_at)
def record(request: HttpRequest, library: Library) -> HttpResponse:
    """A tap on a category."""
    form = TapForm(request.POST, library=library)
    if not form.is_valid():
        return recorded(request, library, None, is_broken=True)
    # the page's change id and the category together name the change: two categories tapped in a row are two
    # visits, the same button twice before the answer came is a double tap
    id = derived_id(form.change_id, form.cleaned_data["cell"])
    cell = form.chosen
    try:
        visit = record_visit(
            library=library, sex=cell.sex, age_group=cell.age_group, stop=form.stop_chosen,
            details=Details(uses_ict=form.cleaned_data["uses_ict"]), by=request.actor, at=clock.now(), id=id)
    except Refusal as refusal:
        return recorded(request, library, None, refusal=refusal)
    return recorded(request, library, entry_from([visit]), stop=form.stop_chosen)


@require_POST
@library_page(works_at)
def card(request: HttpRequest, library: Library) -> HttpResponse:
    """A member's card, scanned or typed."""
    form = CardForm(request.POST, library=library)
    typed = request.POST.get("card", "")[:40]
    if not form.is_valid():
        return recorded(request, library, None, typed=typed, is_card=True, is_broken=True)
    told = form.cleaned_data
    try:
        visit = record_visit(
            library=library, card=told["card"], is_sure=told["is_sure"], stop=form.stop_chosen,
            details=Details(uses_ict=told["uses_ict"]), by=request.actor, at=clock.now(), id=form.change_id)
    except Refusal as refusal:
        return recorded(request, library, None, refusal=refusal, typed=typed, is_card=True,
                        asks=isinstance(refusal, AlreadyIn))
    return recorded(request, library, entry_from([visit]), stop=form.stop_chosen, is_card=True)


def recorded(request: HttpRequest, library: Library, entry: Entry | None, *, gone: UUID | None = None,
             undone: Entry | None = None, stop: Stop | None = None, **more: Any) -> HttpResponse:
    """The answer to a change: for htmx the line and what changed around it, else the page again. `gone`: the row
    of the list that the entry takes the place of; `undone`: the entry that was taken back."""
    if request.htmx:  # type: ignore[attr-defined]
        day = (entry or undone).local_date if entry or undone else clock.local_date(clock.now(), library.time_zone)
        return render(request, "visits/book.html#recorded", {
            "library": library, "count": count_on(library.pk, day), "gone": gone,
            "undone": line(undone) if undone else None, **(answer(entry) if entry else {}), **more})
    if entry is None and undone is None:
        return book_page(request, library, status=422, **more)
    query: dict[str, Any] = {"baru": entry.id} if entry else {}
    if entry and entry.local_date != clock.local_date(clock.now(), library.time_zone):
        query["hari"] = entry.local_date
    if stop:
        query["halte"] = stop.pk
    return HttpResponseRedirect(f"{reverse('visits:book', args=[library.code])}?{urlencode(query)}#jawaban")
