"""One entry of the guest book: undone, corrected, completed, proved."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.visits.actions import complete_entry, correct_entry, void_entry
from simpul.visits.forms import CorrectionForm, DetailsForm, OneCorrectionForm
from simpul.visits.labels import entry_label
from simpul.visits.models import Visit
from simpul.visits.queries import entry_from, entry_of
from simpul.visits.views.book import recorded


def _entry(library: Library, id: UUID) -> list[Visit]:
    rows = entry_of(library.pk, id)
    if not rows:
        raise Http404
    return rows


@require_POST
@library_page(works_at)
def undo(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Take an entry back, from the line that told about it or from its page."""
    rows = _entry(library, id)
    why = request.POST.get("why", Visit.Why.UNDONE)
    try:
        void_entry(entry=rows[0], why=why if why in Visit.Why.values and why else Visit.Why.UNDONE,
                   by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    except Refusal as refusal:
        return recorded(request, library, None, refusal=refusal)
    undone = entry_from(_entry(library, id))
    if not request.htmx:
        say(request, _("Taken back: %(entry)s.") % {"entry": entry_label(undone)})
    return recorded(request, library, None, undone=undone, gone=id)


@library_page(works_at)
def complete(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Details that were said after the tap; their form comes only when somebody asks for it."""
    rows = _entry(library, id)
    entry = entry_from(rows)
    form = DetailsForm(request.POST or None, initial=DetailsForm.initial_of(entry.details))
    if not form.is_valid():
        template = "visits/details.html#form" if request.htmx and request.method == "GET" else "visits/details.html"
        return render(request, template, {
            "library": library, "id": id, "form": form, "label": entry_label(entry)}, status=422 if form.errors else 200)
    try:
        complete_entry(entry=rows[0], details=form.details, by=request.actor, at=clock.now(), id=form.change_id)
    except Refusal as refusal:
        return recorded(request, library, None, refusal=refusal)
    return recorded(request, library, entry_from(_entry(library, form.change_id)), gone=id)


@library_page(works_at)
def correct(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """What an entry should have been, and why; or that it should not be."""
    rows = _entry(library, id)
    entry = entry_from(rows)
    is_one = entry.how in (Visit.How.VISITOR, Visit.How.MEMBER)
    kind: Any = OneCorrectionForm if is_one else CorrectionForm
    form = kind(request.POST or None, initial=_initial(rows, is_one=is_one))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: correct_entry(
            entry=rows[0], cells=form.cells, why=form.cleaned_data["why"], is_sure=form.cleaned_data["is_sure"],
            by=request.actor, at=clock.now(), id=form.change_id))
        if done:
            say(request, _("Corrected."))
            return redirect("visits:book", code=library.code)
    return render(request, "visits/correct.html", {
        "library": library, "entry": entry, "label": entry_label(entry), "form": form, "is_one": is_one},
        status=422 if form.errors else 200)


def _initial(rows: list[Visit], *, is_one: bool) -> dict[str, Any]:
    if is_one:
        return {"cell": f"{rows[0].sex}:{rows[0].age_group}"}
    return {f"{row.sex}:{row.age_group}": row.count for row in rows}


@require_safe
@library_page(works_at)
def photo(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """The photographed page of the paper guest book."""
    stored = _entry(library, id)[0].evidence
    if stored is None:
        raise Http404
    return file_response(stored)  # type: ignore[return-value]
