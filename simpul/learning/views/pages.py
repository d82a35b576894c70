"""What the pages of one path share: it is fetched with permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.learning.models import Path, Step
from simpul.learning.permissions import can_build
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page

View = Callable[..., HttpResponse]


def path_page(view: View) -> View:
    """Turns the address's `id` into `path` of this library, for who builds it."""

    @library_page(can_build)
    @wraps(view)
    def page(request: HttpRequest, library: Library, id: UUID, **rest: Any) -> HttpResponse:
        path = Path.objects.select_related("library", "copied_from__library").filter(pk=id, library=library).first()
        if path is None:
            raise Http404
        return view(request, library=library, path=path, **rest)

    return page


def step_page(view: View) -> View:
    """Turns the address's `step` into a step of this path."""

    @path_page
    @wraps(view)
    def page(request: HttpRequest, library: Library, path: Path, step: UUID, **rest: Any) -> HttpResponse:
        found = Step.objects.select_related("path__library").filter(pk=step, path=path).first()
        if found is None:
            raise Http404
        return view(request, library=library, path=path, step=found, **rest)

    return page


def do(request: HttpRequest, path: Path, action: Callable[..., Any], said: str, undo: str = "") -> HttpResponse:
    """A button: run the action, say what happened or why not, and go back to the path."""
    try:
        action(by=request.actor, at=clock.now(), id=change_id_of(request.POST))
        say(request, said, undo=undo)
    except Refusal as refusal:
        say(request, str(refusal), level=30)
    return redirect("learning:build", path.library.code, path.pk)
