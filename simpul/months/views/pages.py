"""What the pages of this room share."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.checks import first_month
from simpul.months.figures import month_of
from simpul.months.models import Signature


def today(library: Library | None = None) -> date:
    return clock.local_date(clock.now(), library.time_zone if library else "Asia/Jakarta")


def who(request: HttpRequest, id: UUID | None = None) -> dict[str, Any]:
    """Who does this now: `by`, `at` and the id that the page brought."""
    return {"by": request.actor, "at": clock.now(), "id": id or change_id_of(request.POST)}  # type: ignore[attr-defined]


def period_of(library: Library, text: str) -> Period:
    """The month of an address; 404 where it is none, has not begun, or lies before the library."""
    month = month_of(text)
    if month is None or month > today(library) or month < first_month(library, today(library)):
        raise Http404
    return Period.of_month(month)


def signature_of(library: Library, period: Period, version: int) -> Signature:
    row = Signature.objects.filter(library=library, month=period.first, version=version).select_related(
        "scan", "report").first() if 0 < version < 30_000 else None
    if row is None:
        raise Http404
    row.library = library
    return row


def address(library: Library, period: Period) -> str:
    return reverse("months:month", args=[library.code, period.code])
