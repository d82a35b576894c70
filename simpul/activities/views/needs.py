"""Which needs an activity answers, and telling those who voiced them."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.actions import choose_needs
from simpul.activities.forms import NeedsForm
from simpul.activities.models import Activity
from simpul.activities.queries import needs_to_choose, voices_to_tell
from simpul.activities.reports import message_to_voice
from simpul.activities.views.pages import activity_page, do, public_link
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.surveys.actions import mark_told
from simpul.surveys.models import Voice

MOST = 30  # needs that are offered, those with most people first


@activity_page
def needs(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    form = NeedsForm(request.POST or None, needs=needs_to_choose(library.pk, activity)[:MOST])
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: choose_needs(
            activity=activity, voices=form.voices, by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Saved. Those who left a number can be told now.") if voices_to_tell(activity).exists()
                else _("Saved."))
            return redirect("activities:activity", library.code, activity.pk)
    return render(request, "activities/needs.html", {"library": library, "activity": activity, "form": form},
                  status=422 if form.errors else 200)


@require_safe
@activity_page
def tell(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    """A ready message to everybody who left a number with a need that this activity answers."""
    page = Paginator(voices_to_tell(activity), 20).get_page(request.GET.get("page"))
    sessions = [one for one in activity.gathering.sessions.all() if one.cancelled_at is None]
    link = public_link(request, activity)

    def line(voice: Voice) -> dict[str, Any]:
        text = message_to_voice(voice, activity, sessions, link=link)
        return {"voice": voice, "url": whatsapp_link(voice.phone, text)}

    return render(request, "activities/needs_tell.html", {
        "library": library, "activity": activity, "page": page, "lines": [line(one) for one in page]})


@require_POST
@activity_page
def told(request: HttpRequest, library: Library, activity: Activity, voice: UUID) -> HttpResponse:
    row = voices_to_tell(activity).filter(pk=voice).first()
    if row is None:
        raise Http404
    return do(request, library, activity, lambda: mark_told(
        voice=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("Told. The number is erased."), "activities:needs_tell")
