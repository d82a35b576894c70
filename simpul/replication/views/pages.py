"""What the pages share: today, rows fetched with permission, one-button posts."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library

View = Callable[..., HttpResponse]
M = TypeVar("M", bound=models.Model)


def today() -> date:
    """The city's day."""
    return clock.local_date(clock.now(), "Asia/Jakarta")


def today_at(library: Library) -> date:
    return clock.local_date(clock.now(), library.time_zone)


def own(model: type[M], library: Library, id: UUID) -> M:
    """A row of this library, withdrawn ones too; 404 otherwise."""
    row = model._default_manager.filter(pk=id, library=library).first()
    if row is None:
        raise Http404
    return row


def serving_page(view: View) -> View:
    """Everybody who serves a library, mentors, or serves the city."""

    @wraps(view)
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        actor: Actor = request.actor
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not (actor.staff_of or actor.mentor_of or actor.is_coordinator or actor.is_administrator):
            raise Http404
        return view(request, **rest)

    return page


def do(request: HttpRequest, action: Callable[[], Any], said: Any, to: str, *, undo: str = "") -> HttpResponse:
    """A button: run the action, say what happened (with its undo) or why not, and go on to `to`."""
    try:
        action()
        say(request, said, undo=undo)
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
    return redirect(to)
