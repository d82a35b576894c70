"""What the pages of this room share."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.iplm.models import Institution
from simpul.iplm.permissions import can_keep
from simpul.libraries.models import City
from simpul.libraries.pages import city_page

View = Callable[..., HttpResponse]


def keeper_page(view: View) -> View:
    """Pages of whoever keeps the city's list; mentors and strangers get 404."""

    @city_page
    @wraps(view)
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        if not can_keep(request.actor):  # type: ignore[attr-defined]
            raise Http404
        return view(request, **rest)

    return page


def who(request: HttpRequest, id: UUID | None = None) -> dict[str, Any]:
    return {"by": request.actor, "at": clock.now(), "id": id or change_id_of(request.POST)}  # type: ignore[attr-defined]


def year_of(request: HttpRequest) -> int:
    """`?tahun=2025`; this year where none is said. A year without the questionnaire is not there."""
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    text = request.GET.get("tahun", "")
    if not text:
        return today.year
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 2025 <= int(text) <= today.year):
        raise Http404
    return int(text)


def years() -> list[int]:
    """Those of the questionnaire, the latest first."""
    return list(range(clock.local_date(clock.now(), "Asia/Jakarta").year, 2024, -1))


def institution_named(id: UUID) -> Institution:
    row = Institution.objects.select_related("region").filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def city() -> City:
    return City.objects.select_related("region").get()


def form_page(request: HttpRequest, form: Form, **told: Any) -> HttpResponse:
    """A page that is one form: `title`, `lead`, `button`, `back`."""
    return render(request, "iplm/one_form.html", {"form": form, **told}, status=422 if form.errors else 200)
