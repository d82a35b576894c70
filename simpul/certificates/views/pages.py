"""What the pages of this room share."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from simpul.certificates.models import Batch, Certificate
from simpul.certificates.permissions import can_issue
from simpul.certificates.queries import address, with_counts
from simpul.libraries.pages import city_page


def office_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The coordinator's: names stand here. Others of the city find nothing."""

    @city_page
    @wraps(view)
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        if not can_issue(request.actor):  # type: ignore[attr-defined]
            raise Http404
        return view(request, **rest)

    return page


def batch_of(id: UUID) -> Batch:
    batch = with_counts(Batch.objects.filter(pk=id)).first()
    if batch is None:
        raise Http404
    return batch


def certificate_of(id: UUID) -> Certificate:
    row = Certificate.objects.select_related("batch", "key", "replaced_by", "official", "library").filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def base(request: HttpRequest) -> str:
    """Where papers send people: the node's public name, else the address under which it was just asked."""
    return address() or request.build_absolute_uri("/")
