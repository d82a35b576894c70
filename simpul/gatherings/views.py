"""A registrant's own page: her place or her turn, her ticket, and how to give the place back."""

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.gatherings.actions import complete_registration, leave_gathering
from simpul.gatherings.actions.registering import link_actor
from simpul.gatherings.forms import TellMoreForm
from simpul.gatherings.models import Registration
from simpul.gatherings.queries import ahead_of, registration_by_token

FIELDS = ("sex", "age_group", "may_follow_up", "wants_no_photo")


def qr(content: str) -> SafeString:
    """A QR code as an SVG of one path: the printer stays sharp, the policy needs no image address."""
    svg = segno.make(content, error="m", micro=False).svg_inline(border=2, scale=4, omitsize=True, svgclass="qr",
                                                                 lineclass=None, light="white")
    return mark_safe(svg)  # noqa: S308 segno wrote it, the content is only drawn


def _registration(token: str) -> Registration:
    registration = registration_by_token(token)
    if registration is None:
        raise Http404
    return registration


@never_cache
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """Shown to whoever holds the link; tells nothing of the others."""
    registration = _registration(token)
    form = TellMoreForm(request.POST or None, initial={name: getattr(registration, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: complete_registration(
            registration=registration, by=link_actor(registration), at=clock.now(), id=form.change_id,
            **{name: form.cleaned_data[name] for name in FIELDS}))
        if done:
            say(request, _("Thank you, this is noted."))
            return redirect("gatherings:ticket", token)
    gathering = registration.gathering
    return render(request, "gatherings/ticket.html", {
        "registration": registration, "gathering": gathering, "form": form, "token": token,
        "sessions": list(gathering.sessions.select_related("library")),
        "ahead": ahead_of(registration) if registration.state == Registration.State.WAITING else 0,
        "turn": ahead_of(registration) + 1, "whatsapp": whatsapp_link(None, _("My place at “%(title)s”: %(link)s") % {
            "title": gathering.title, "link": request.build_absolute_uri(request.path)}), "qr": qr(registration.code),
        "has_left": registration.state == Registration.State.LEFT,
        "waits": registration.state == Registration.State.WAITING}, status=422 if form.errors else 200)


@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    registration = _registration(token)
    try:
        leave_gathering(registration=registration, by=link_actor(registration), at=clock.now(),
                        id=change_id_of(request.POST))
        say(request, _("The place is free again. Thank you for telling; your name and number are deleted."))
    except Refusal as refusal:
        say(request, str(refusal))
    return redirect("gatherings:ticket", token)
