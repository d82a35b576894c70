"""Stopping e-mail, by whoever holds the link of one; and how the outbox of the city stands."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.actor import VISITOR
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.messages.actions import resume_mail, stop_mail
from simpul.messages.addresses import hash_of_token
from simpul.messages.models import Stop
from simpul.messages.queries import is_set_up, outbox


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed link is the permission
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link stops nothing (mail programs open links to look at them); the button does."""
    hashed = hash_of_token(token)
    if hashed is None:
        raise Http404
    if request.method == "POST":
        stop_mail(token=token, by=VISITOR, at=clock.now(), id=change_id_of(request.POST))
        return redirect("outbox:stop", token)
    return render(request, "messages/stop.html", {
        "token": token, "is_stopped": Stop.objects.filter(address_hash=hashed).exists()})


@require_POST
def resume(request: HttpRequest, token: str) -> HttpResponse:
    if hash_of_token(token) is None:
        raise Http404
    resume_mail(token=token, by=VISITOR, at=clock.now(), id=change_id_of(request.POST))
    say(request, _("You get e-mail again."))
    return redirect("outbox:stop", token)


@require_safe
@never_cache
def city(request: HttpRequest) -> HttpResponse:
    """Numbers of the last thirty days for coordinator and administrator; no address and no text stands here."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    actor = request.actor  # type: ignore[attr-defined]
    if not (actor.is_coordinator or actor.is_administrator):
        raise Http404
    return render(request, "messages/outbox.html", {"outbox": outbox(clock.now()), "is_set_up": is_set_up()})
