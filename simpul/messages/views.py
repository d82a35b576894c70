"""Stopping e-mail, by whoever holds the link of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.actor import VISITOR
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.messages.actions import resume_mail, stop_mail
from simpul.messages.addresses import hash_of_token
from simpul.messages.models import Stop


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
