"""What the member pages share."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache

from simpul.core import clock
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.people.models import Member

View = Callable[..., HttpResponse]


def staff_page(view: View) -> View:
    """A page with names: the library's own staff, and nothing stays in the browser's cache of a shared computer."""
    return library_page(works_at)(never_cache(view))


def member_page(view: View) -> View:
    """The address's `member` id becomes the member of this library, with her person, or 404."""

    @wraps(view)
    def page(request: HttpRequest, library: Library, member: UUID, **rest: Any) -> HttpResponse:
        row = (Member.objects.visible_to(request.actor).select_related("person", "type")
               .filter(library=library, pk=member).first())
        if row is None:
            raise Http404
        row.library = row.person.library = library
        return view(request, library=library, member=row, **rest)

    return staff_page(page)


def today(library: Library) -> date:
    return clock.local_date(clock.now(), library.time_zone)


def qr(content: str) -> SafeString:
    """A QR code as an SVG of one path: the printer stays sharp, the policy needs no image address."""
    svg = segno.make(content, error="m").svg_inline(border=1, scale=4, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 segno wrote it, the content is only drawn
