"""A picture shared from the phone's gallery: kept at once, then put into an activity of today or a new draft.

The phone's own sharing sheet sends the picture as a plain form without our token. That is safe: this address keeps
the picture aside and changes nothing of any library, a form of another site is turned away by its Origin, and the
picture reaches an activity only by a form of ours that shows it first.
"""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from simpul.activities.actions import draft_with_shared, keep_shared, receive_picture
from simpul.activities.forms import DraftForm
from simpul.activities.models import Activity, SharedPicture
from simpul.activities.queries import activities_around
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.core.secrets import fingerprint
from simpul.files.pictures import prepare_picture
from simpul.libraries.models import Library

FIELD = "photo"  # as the manifest names it


@csrf_exempt
def receive(request: HttpRequest) -> HttpResponse:
    """What the phone's sharing sheet sends to; opened by hand it explains itself."""
    upload = request.FILES.get(FIELD) if request.method == "POST" else None
    if upload is None:
        return render(request, "activities/share.html", {"is_empty": request.method == "POST"})
    if _is_foreign(request):
        return render(request, "activities/share.html", {"is_empty": True}, status=403)
    account = request.user.pk if request.user.is_authenticated else None
    try:
        token = receive_picture(picture=prepare_picture(upload), account_id=account, at=clock.now())
    except Refusal as refusal:
        return render(request, "activities/share.html", {"refusal": refusal}, status=422)
    return redirect("activities:shared", token)


def _is_foreign(request: HttpRequest) -> bool:
    """Did a page of another site send this? The phone itself names no origin, or ours."""
    origin = request.headers.get("Origin", "")
    if origin in ("", "null"):
        return request.headers.get("Sec-Fetch-Dest", "document") not in ("document", "")
    return urlsplit(origin).netloc != request.get_host()


def _shared(request: HttpRequest, token: str) -> SharedPicture:
    row = SharedPicture.objects.filter(token_hash=fingerprint(token.replace("\x00", ""))).first()
    if row is None or (row.account_id is not None and row.account_id != request.user.pk):
        raise Http404
    return row


@login_required
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Which activity does it belong to? Of today first; or a new draft. Whoever was not signed in comes here after."""
    libraries = list(Library.objects.worked_at_by(request.actor).order_by("name")[:20])
    if not libraries:
        raise Http404
    row = _shared(request, token)
    form = DraftForm(request.POST if "title" in request.POST else None)
    if request.method == "POST":
        made = _put(request, row, libraries, form)
        if made is not None:
            say(request, _("The picture is there. Say now whether it may be public."))
            return redirect(f"{reverse('activities:result', args=[made.library.code, made.pk])}#foto")
    now = clock.now()
    return render(request, "activities/shared.html", {
        "token": token, "libraries": libraries, "form": form, "lines": [
            (library, activities_around(library, clock.local_date(now, library.time_zone))) for library in libraries],
    }, status=422 if form.errors else 200)


def _put(request: HttpRequest, row: SharedPicture, libraries: list[Library], form: DraftForm) -> Activity | None:
    here: dict[str, Any] = {"by": request.actor, "at": clock.now(), "shared": row}
    chosen = Activity.objects.select_related("gathering", "library").filter(
        library__in=libraries, pk=_uuid(request.POST.get("activity", ""))).first()
    if chosen is not None:
        try:
            return keep_shared(activity=chosen, id=change_id_of(request.POST), **here)
        except Refusal as refusal:
            say(request, str(refusal))
            return None
    library = next((one for one in libraries if one.code == request.POST.get("library")), libraries[0])
    if not form.is_bound or not form.is_valid():
        return None
    return form.attempt(lambda: draft_with_shared(
        library=library, title=form.cleaned_data["title"], kind=form.cleaned_data["kind"], id=form.change_id, **here))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_safe
@login_required
def shared_picture(request: HttpRequest, token: str) -> HttpResponse:
    """The waiting picture, for whoever holds its address."""
    row = _shared(request, token)
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
