"""What a library offers digitally: the list, one more, what is said of it, withdrawing it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.catalogue.actions import (
    add_resource,
    correct_resource,
    enter_digital_title,
    restore_resource,
    withdraw_resource,
)
from simpul.catalogue.digital.models import DigitalResource
from simpul.catalogue.forms import DigitalTitleForm, OfferForm, ResourceForm
from simpul.catalogue.models import Title
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at

SHOWN = ("", "berakhir", "ditarik")


@library_page(works_at)
@require_safe
def digital(request: HttpRequest, library: Library) -> HttpResponse:
    """All that this library offers, the newest first; what ended and what was withdrawn apart."""
    day = clock.local_date(clock.now(), library.time_zone)
    shown = request.GET.get("tampil", "")
    shown = shown if shown in SHOWN else ""
    rows = DigitalResource.objects.filter(library=library).select_related("title", "file")
    rows = {"": rows.standing(day), "berakhir": rows.held().filter(valid_until__lt=day),
            "ditarik": rows.filter(withdrawn_at__isnull=False)}[shown]
    page = Paginator(rows.annotate(n_uses=Count("uses")).order_by("-added_on", "-pk"), 20).get_page(request.GET.get("page"))
    return render(request, "catalogue/digital.html", {
        "library": library, "page": page, "shown": shown,
        "filters": [("", _("Offered")), ("berakhir", _("Rights ended")), ("ditarik", _("Withdrawn"))]})


@library_page(works_at)
@require_http_methods(["GET", "POST"])
def digital_new(request: HttpRequest, library: Library) -> HttpResponse:
    """A title without paper: its words and its file or link."""
    form = DigitalTitleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: enter_digital_title(
            description=form.description(), library=library, offer=form.offer(), file=form.cleaned_data["file"],
            url=form.cleaned_data["url"], by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("“%(title)s” can be opened now.") % {"title": made.title.title})
            return redirect("catalogue:title", made.title_id)
    return render(request, "catalogue/digital_new.html", {"library": library, "form": form},
                  status=422 if form.errors else 200)


@library_page(works_at)
@require_http_methods(["GET", "POST"])
def resources(request: HttpRequest, library: Library, title_id: UUID) -> HttpResponse:
    """What this library offers of a title, and one more."""
    title = get_object_or_404(Title, pk=title_id, withdrawn_at=None)
    form = OfferForm(request.POST or None, request.FILES or None, initial={"language": title.language})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: add_resource(
            title=title, library=library, offer=form.offer(), file=form.cleaned_data["file"],
            url=form.cleaned_data["url"], by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("“%(title)s” can be opened now.") % {"title": title.title},
                undo=reverse("catalogue:resource_withdraw", args=[library.code, made.pk]))
            return redirect("catalogue:resources", library.code, title.pk)
    day = clock.local_date(clock.now(), library.time_zone)
    rows = DigitalResource.objects.filter(title=title, library=library).select_related("file").order_by("-added_on", "-pk")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "catalogue/resources.html", {
        "library": library, "title": title, "form": form, "page": page, "day": day,
        "lines": [(row, row.has_ended(day)) for row in page]}, status=422 if form.errors else 200)


@library_page(works_at)
@require_http_methods(["GET", "POST"])
def resource(request: HttpRequest, library: Library, resource_id: UUID) -> HttpResponse:
    """What is said of one: label, rights, readers."""
    row = _own(library, resource_id)
    form = ResourceForm(request.POST or None, initial=ResourceForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: correct_resource(
            resource=row, offer=form.offer(), by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Saved."))
            return redirect("catalogue:resources", library.code, row.title_id)
    return render(request, "catalogue/resource_edit.html", {"library": library, "resource": row, "form": form},
                  status=422 if form.errors else 200)


@library_page(works_at)
@require_POST
def withdraw(request: HttpRequest, library: Library, resource_id: UUID) -> HttpResponse:
    """Nobody opens it from now on; the message offers to undo it."""
    row = _own(library, resource_id)
    return _done(request, row, lambda **who: withdraw_resource(resource=row, **who), _("It is not offered any more."),
                 undo=reverse("catalogue:resource_restore", args=[library.code, row.pk]))


@library_page(works_at)
@require_POST
def restore(request: HttpRequest, library: Library, resource_id: UUID) -> HttpResponse:
    """Offered again."""
    row = _own(library, resource_id)
    return _done(request, row, lambda **who: restore_resource(resource=row, **who), _("It is offered again."))


def _own(library: Library, id: UUID) -> DigitalResource:
    return get_object_or_404(DigitalResource.objects.filter(library=library).select_related("title", "library"), pk=id)


def _done(request: HttpRequest, row: DigitalResource, action: Any, said: str, undo: str = "") -> HttpResponse:
    try:
        action(by=request.actor, at=clock.now(), id=change_id_of(request.POST))
        say(request, said, undo=undo)
    except Refusal as refusal:
        say(request, str(refusal), level=30)
    return redirect("catalogue:resources", row.library.code, row.title_id)
