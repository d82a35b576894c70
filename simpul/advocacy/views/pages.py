"""What the pages of this room share."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from simpul.advocacy.models import Agreement, Approach, Partner
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.libraries.models import Library

PAGE = 20


def today(library: Library | None = None) -> date:
    return clock.local_date(clock.now(), library.time_zone if library else "Asia/Jakarta")


def who(request: HttpRequest, id: UUID | None = None) -> dict[str, Any]:
    """Who does this now: `by`, `at` and the id that the page brought."""
    return {"by": request.actor, "at": clock.now(), "id": id or change_id_of(request.POST)}  # type: ignore[attr-defined]


def page_of(request: HttpRequest, rows: Sequence[Any] | Any) -> Page[Any]:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def form_page(request: HttpRequest, form: Form, **told: Any) -> HttpResponse:
    """A page that is one form: `title`, `lead`, `button`, `back`."""
    return render(request, "advocacy/form.html", {"form": form, **told}, status=422 if form.errors else 200)


def partner_of(library: Library, id: UUID) -> Partner:
    """A partner that this library may name: its own or the city's; else 404."""
    row = Partner.objects.of(library.pk).filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def agreement_of(library: Library, id: UUID) -> Agreement:
    """An agreement of this library, also one taken back; else 404."""
    row = Agreement.objects.filter(library=library, pk=id).select_related("partner", "document", "renews").first()
    if row is None:
        raise Http404
    return row


def approach_of(library: Library, id: UUID) -> Approach:
    row = Approach.objects.filter(library=library, pk=id).select_related("partner").first()
    if row is None:
        raise Http404
    row.library = library
    return row
