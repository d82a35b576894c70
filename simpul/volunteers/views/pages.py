"""What the pages of this room share."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from simpul.core import clock
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page
from simpul.volunteers.models import Helper
from simpul.volunteers.permissions import can_keep, can_manage

View = Callable[..., HttpResponse]
staff_page = library_page(can_keep)
manager_page = library_page(can_manage)


def today(library: Library) -> date:
    return clock.local_date(clock.now(), library.time_zone)


def helper_page(page: Callable[[View], View]) -> Callable[[View], View]:
    """Turns the address's `id` into a helper of this library, for those whom `page` lets in."""

    def decorate(view: View) -> View:
        @page
        @wraps(view)
        def shown(request: HttpRequest, library: Library, id: UUID, **rest: Any) -> HttpResponse:
            helper = Helper.objects.select_related("library").filter(pk=id, library=library).first()
            if helper is None:
                raise Http404
            return view(request, library=library, helper=helper, **rest)

        return shown

    return decorate


def do(request: HttpRequest, library: Library, action: Callable[[], Any], said: Any, *, undo: Callable[[Any], str] | None = None,
       to: str = "volunteers:home", args: tuple[Any, ...] = ()) -> HttpResponse:
    """A button: run the action, say what happened (with its undo) or why not, and go back."""
    try:
        done = action()
        say(request, said, undo=undo(done) if undo else "")
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
    return redirect(to, library.code, *args)
