"""What the pages of plans share: a plan is fetched with permission."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page
from simpul.plans.models import Plan, Step
from simpul.plans.queries import own_plan

View = Callable[..., HttpResponse]


def today(library: Library) -> date:
    return clock.local_date(clock.now(), library.time_zone)


def plan_page(allowed: Callable[[Actor, UUID], bool]) -> Callable[[View], View]:
    """Turns the address's `id` into a plan of this library."""

    def decorate(view: View) -> View:
        @library_page(allowed)
        @wraps(view)
        def page(request: HttpRequest, library: Library, id: UUID, **rest: Any) -> HttpResponse:
            plan = own_plan(library.pk, id)
            if plan is None:
                raise Http404
            return view(request, library=library, plan=plan, **rest)

        return page

    return decorate


def step_page(allowed: Callable[[Actor, UUID], bool]) -> Callable[[View], View]:
    """Turns the address's `step` into a row of this plan."""

    def decorate(view: View) -> View:
        @plan_page(allowed)
        @wraps(view)
        def page(request: HttpRequest, library: Library, plan: Plan, step: UUID, **rest: Any) -> HttpResponse:
            found = Step.objects.select_related("plan", "library", "account").filter(pk=step, plan=plan).first()
            if found is None:
                raise Http404
            return view(request, library=library, plan=plan, step=found, **rest)

        return page

    return decorate


def do(request: HttpRequest, plan: Plan, action: Callable[[], Any], said: Any, *, undo: str = "") -> HttpResponse:
    """A button: run the action, say what happened (with its undo) or why not, and go back to the plan."""
    try:
        action()
        say(request, said, undo=undo)
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
    return redirect("plans:plan", plan.library.code, plan.pk)
