"""What the pages of this room share."""

from datetime import date
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from simpul.core import clock
from simpul.core.actor import ActorKind
from simpul.libraries.models import Library

THANKS_SECONDS, LEFT_SECONDS = 8, 300


def today(library: Library) -> date:
    return clock.local_date(clock.now(), library.time_zone)


def qr(content: str) -> SafeString:
    """A QR code as an SVG of one path: the printer stays sharp, the policy needs no image address."""
    svg = segno.make(content, error="m").svg_inline(border=1, scale=4, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 segno wrote it, the content is only drawn


def public_library(code: str) -> Library:
    """The library of a public address, or 404."""
    library = Library.objects.select_related("region").filter(code=code.replace("\x00", "")).first()
    if library is None:
        raise Http404
    return library


def is_kiosk(request: HttpRequest) -> bool:
    """The tablet at the door: no way out of the page but back to its welcome."""
    return request.actor.kind == ActorKind.DEVICE  # type: ignore[attr-defined,no-any-return]


def back_to_the_door(response: HttpResponse, seconds: int) -> HttpResponse:
    """At the tablet the next who comes must not find what somebody left half written."""
    response["Refresh"] = f"{seconds}; url={reverse('visits:kiosk')}"
    return response


def uuids(values: list[str]) -> list[UUID]:
    """Those of the values that are ids."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def outside(request: HttpRequest, path: str) -> str:
    """The whole address of a path, for paper and for messages."""
    return request.build_absolute_uri(path)


