"""The shelf of papers: each brought once, with its last day; which lists ask for it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page
from simpul.replication.actions import keep_document, restore_document, withdraw_document
from simpul.replication.models import Document
from simpul.replication.steps import Paper
from simpul.replication.views.pages import do, own, today_at
from simpul.standards.forms import PaperForm
from simpul.standards.permissions import can_bring, can_read
from simpul.standards.queries.papers import shelf_of


@require_safe
@library_page(can_read)
def shelf(request: HttpRequest, library: Library) -> HttpResponse:
    return render(request, "standards/shelf.html", {
        "library": library, "shelf": shelf_of(library, today_at(library)), "day": today_at(library),
        "can_bring": can_bring(request.actor, library.pk)})


@library_page(can_bring)
def paper_new(request: HttpRequest, library: Library) -> HttpResponse:
    """`jenis` of the address chooses the paper."""
    kind = request.GET.get("jenis", "")
    here = reverse("standards:shelf", args=[library.code])
    form = PaperForm(request.POST or None, request.FILES or None, initial={
        "dated_on": today_at(library), "kind": kind if kind in Paper.values else ""})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: keep_document(
            library=library, kind=told["kind"], dated_on=told["dated_on"], valid_until=told["valid_until"],
            number=told["number"], word=told["word"], file=told["file"], by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("The paper is kept."), undo=reverse("standards:paper_out", args=[library.code, made.pk]))
            return redirect(here)
    return render(request, "standards/paper.html", {"library": library, "form": form, "back": here},
                  status=422 if form.errors else 200)


@require_POST
@library_page(can_bring)
def paper_out(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    document = own(Document, library, id)
    return do(request, lambda: withdraw_document(document=document, by=request.actor, at=clock.now(),
                                                 id=change_id_of(request.POST)), _("The paper is taken out."),
              reverse("standards:shelf", args=[library.code]),
              undo=reverse("standards:paper_back", args=[library.code, id]))


@require_POST
@library_page(can_bring)
def paper_back(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    document = own(Document, library, id)
    return do(request, lambda: restore_document(document=document, by=request.actor, at=clock.now(),
                                                id=change_id_of(request.POST)), _("The paper is back."),
              reverse("standards:shelf", args=[library.code]))
