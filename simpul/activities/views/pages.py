"""What the pages of one activity share: it is fetched with permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from simpul.activities.models import Activity
from simpul.activities.queries import own
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.gatherings.models import Session
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at

View = Callable[..., HttpResponse]


def activity_page(view: View) -> View:
    """Turns the address's `id` into `activity` of this library, for its staff."""

    @library_page(works_at)
    @wraps(view)
    def page(request: HttpRequest, library: Library, id: UUID, **rest: Any) -> HttpResponse:
        activity = own(library, id)
        if activity is None:
            raise Http404
        return view(request, library=library, activity=activity, **rest)

    return page


def session_page(view: View) -> View:
    """Turns the address's `session` into a session of this activity."""

    @activity_page
    @wraps(view)
    def page(request: HttpRequest, library: Library, activity: Activity, session: UUID, **rest: Any) -> HttpResponse:
        found = Session.objects.select_related("library", "gathering").filter(
            pk=session, gathering=activity.gathering_id).first()
        if found is None:
            raise Http404
        return view(request, library=library, activity=activity, session=found, **rest)

    return page


def do(request: HttpRequest, library: Library, activity: Activity, action: Callable[[], Any], said: str,
       to: str = "activities:activity") -> HttpResponse:
    """A button: run the action, say what happened or why not, and go back."""
    try:
        action()
        say(request, said)
    except Refusal as refusal:
        say(request, str(refusal))
    return redirect(to, library.code, activity.pk)


def public_link(request: HttpRequest, activity: Activity, name: str = "activities:public") -> str:
    """The whole address where everybody finds it; "" while it is a draft or not for everybody."""
    gathering = activity.gathering
    if gathering.is_draft or not gathering.is_public:
        return ""
    return request.build_absolute_uri(reverse(name, args=[gathering.pk]))
