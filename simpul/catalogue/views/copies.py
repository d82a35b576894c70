"""The copies of a title at a library."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from simpul.catalogue.actions import add_copies, correct_copy, restore_copy, withdraw_copy
from simpul.catalogue.forms import AddCopiesForm, CopyForm
from simpul.catalogue.models import Copy, Title
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at


@library_page(works_at)
@require_http_methods(["GET", "POST"])
def copies(request: HttpRequest, library: Library, title_id: UUID) -> HttpResponse:
    """What this library holds of a title, and more of it."""
    title = get_object_or_404(Title, pk=title_id, withdrawn_at=None)
    held = title.copies.filter(library=library).select_related("space").order_by("code")
    latest = held.last()
    form = AddCopiesForm(request.POST or None, initial=_alike(latest))
    if request.method == "POST" and form.is_valid():
        codes = form.attempt(lambda: add_copies(
            title=title, library=library, count=form.cleaned_data["count"], copy=form.draft(), by=request.actor,
            at=clock.now(), id=form.change_id))
        if codes:
            say(request, ngettext("%(n)d copy added: %(codes)s.", "%(n)d copies added: %(codes)s.", len(codes)) % {
                "n": len(codes), "codes": codes[0] if len(codes) == 1 else f"{codes[0]} – {codes[-1]}"})
            return redirect("catalogue:copies", library.code, title.pk)
    page = Paginator(held, 20).get_page(request.GET.get("page"))
    return render(request, "catalogue/copies.html", {
        "title": title, "library": library, "page": page, "form": form, "is_open": bool(form.errors) or not page})


def _alike(copy: Copy | None) -> dict[str, Any]:
    """A further copy stands where the last one stands."""
    return {"call_number": copy.call_number, "shelf": copy.shelf} if copy else {}


@library_page(works_at)
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, library: Library, copy_id: UUID) -> HttpResponse:
    """One copy: what stands on it, and taking it out of the collection."""
    row = _copy_of(library, copy_id)
    said = {name: getattr(row, name) for name in CopyForm.base_fields if hasattr(row, name)}
    form = CopyForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: correct_copy(
            copy=row, details=form.draft(), by=request.actor, at=clock.now(), id=form.change_id))
        if done:
            say(request, _("Copy %(code)s corrected.") % {"code": done.code})
            return redirect("catalogue:copies", library.code, done.title_id)
    return render(request, "catalogue/copy.html", {"copy": row, "library": library, "form": form})


@library_page(works_at)
@require_POST
def withdraw(request: HttpRequest, library: Library, copy_id: UUID) -> HttpResponse:
    """Out of the collection; the message offers to undo it."""
    row = _copy_of(library, copy_id)
    now = clock.now()
    today: date = clock.local_date(now, library.time_zone)
    try:
        withdraw_copy(copy=row, on=today, by=request.actor, at=now, id=change_id_of(request.POST))
    except Refusal as refusal:
        say(request, str(refusal), level=30)
        return redirect("catalogue:copy", library.code, row.pk)
    say(request, _("Copy %(code)s withdrawn.") % {"code": row.code},
        undo=reverse("catalogue:restore", args=[library.code, row.pk]))
    return redirect("catalogue:copies", library.code, row.title_id)


@library_page(works_at)
@require_POST
def restore(request: HttpRequest, library: Library, copy_id: UUID) -> HttpResponse:
    """Back into the collection."""
    row = _copy_of(library, copy_id)
    restore_copy(copy=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    say(request, _("Copy %(code)s is back in the collection.") % {"code": row.code})
    return redirect("catalogue:copies", library.code, row.title_id)


def _copy_of(library: Library, copy_id: UUID) -> Copy:
    return get_object_or_404(Copy.objects.filter(library=library).select_related("title", "library"), pk=copy_id)
