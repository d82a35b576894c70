"""What the pages of one workshop share: it is fetched with permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from simpul.core.forms import ChangeForm
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.training.models import Lesson, Participant, Workshop
from simpul.training.permissions import can_help, can_train

View = Callable[..., HttpResponse]


def office_page(view: View) -> View:
    """The coordinator's; others find nothing."""

    @wraps(view)
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_train(request.actor):  # type: ignore[attr-defined]
            raise Http404
        return view(request, **rest)

    return page


def helper_page(view: View) -> View:
    """Turns the address's `id` into `workshop` for the coordinator and the staff of the host."""

    @wraps(view)
    def page(request: HttpRequest, id: UUID, **rest: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        workshop = Workshop.objects.select_related(
            "gathering", "library", "test", "feedback", "baseline").filter(pk=id).first()
        if workshop is None or not can_help(request.actor, workshop.library_id):  # type: ignore[attr-defined]
            raise Http404
        return view(request, workshop=workshop, **rest)

    return page


def workshop_page(view: View) -> View:
    """The same, for the coordinator alone."""

    @helper_page
    @wraps(view)
    def page(request: HttpRequest, workshop: Workshop, **rest: Any) -> HttpResponse:
        if not can_train(request.actor):  # type: ignore[attr-defined]
            raise Http404
        return view(request, workshop=workshop, **rest)

    return page


def lesson_of(workshop: Workshop, id: UUID) -> Lesson:
    row = workshop.lessons.select_related("day__library", "speaker").filter(pk=id).first()
    if row is None:
        raise Http404
    row.workshop = workshop
    return row


def participant_of(workshop: Workshop, id: UUID) -> Participant:
    row = workshop.participants.select_related("library", "registration").filter(pk=id).first()
    if row is None:
        raise Http404
    row.workshop = workshop
    return row


def do(request: HttpRequest, action: Callable[[], Any], said: str, to: str, undo: str = "") -> HttpResponse:
    """A button: run the action, say what happened or why not, and go on."""
    try:
        action()
    except Refusal as refusal:
        say(request, refusal, level=messages.ERROR)
    else:
        if said:
            say(request, said, **({"undo": undo} if undo else {}))
    return redirect(to)


def form_page(request: HttpRequest, form: ChangeForm, *, heading: Any, button: Any, back: str, lead: Any = "",
              has_file: bool = False, **more: Any) -> HttpResponse:
    return render(request, "training/form.html", {
        "form": form, "heading": heading, "button": button, "back": back, "lead": lead, "has_file": has_file, **more},
        status=422 if form.errors else 200)


def outside(request: HttpRequest, path: str) -> str:
    """The whole address, for messages and codes."""
    return request.build_absolute_uri(path)


def at(workshop: Workshop, name: str = "workshop", *args: Any) -> str:
    return reverse(f"training:{name}", args=[workshop.pk, *args])
