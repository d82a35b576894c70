"""Who registered, who waits, and telling them what is new."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.models import Activity
from simpul.activities.reports import message_to
from simpul.activities.views.pages import activity_page, do
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.gatherings.actions import leave_gathering, mark_told, register
from simpul.gatherings.forms import RegistrationForm
from simpul.gatherings.models import Attendance, Registration
from simpul.gatherings.queries import places_of, to_be_told
from simpul.libraries.models import Library

ABOUT = ("", "pengingat", "terima-kasih")
MESSAGES = {"": "news", "pengingat": "reminder", "terima-kasih": "thanks"}


@activity_page
def registrants(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    """Those with a place, then those who wait in their order; and the desk writes somebody down."""
    form = RegistrationForm(request.POST or None)
    form.fields["name"].label = _("Name")
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: register(
            gathering=activity.gathering, name=form.cleaned_data["name"], phone=form.cleaned_data["phone"],
            by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("Registered.") if made.state == Registration.State.IN else
                _("All places are taken; the name stands on the waiting list."))
            return redirect("activities:registrants", library.code, activity.pk)
    rows = activity.gathering.registrations.current().order_by("state", "number")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "activities/registrants.html", {
        "library": library, "activity": activity, "form": form, "page": page,
        "room": places_of([activity.gathering])[activity.gathering_id]}, status=422 if form.errors else 200)


def _registration(activity: Activity, id: UUID) -> Registration:
    found = activity.gathering.registrations.select_related("gathering").filter(pk=id).first()
    if found is None:
        raise Http404
    return found


@require_POST
@activity_page
def out(request: HttpRequest, library: Library, activity: Activity, registration: UUID) -> HttpResponse:
    row = _registration(activity, registration)
    return do(request, library, activity, lambda: leave_gathering(
        registration=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("The place is free again."), "activities:registrants")


@activity_page
def tell(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    """Ready messages, one tap each: what is new, a reminder, thanks."""
    about = request.GET.get("tentang", "")
    about = about if about in ABOUT else ""
    sessions = list(activity.gathering.sessions.all())
    page = Paginator(_whom(activity, about), 20).get_page(request.GET.get("page"))

    def line(registration: Registration) -> dict[str, Any]:
        link = request.build_absolute_uri(registration.get_absolute_url())
        text = message_to(registration, activity.gathering, sessions, about=MESSAGES[about], link=link)
        return {"registration": registration, "url": whatsapp_link(registration.phone, text)}

    return render(request, "activities/tell.html", {
        "library": library, "activity": activity, "about": about, "page": page, "lines": [line(one) for one in page],
        "filters": [("", _("What is new")), ("pengingat", _("Reminder")), ("terima-kasih", _("Thanks"))]})


def _whom(activity: Activity, about: str) -> QuerySet[Registration]:
    rows = activity.gathering.registrations
    if about == "pengingat":
        return rows.holding().exclude(phone="").order_by("number")
    if about == "terima-kasih":
        present = Attendance.objects.present().filter(session__gathering=activity.gathering_id)
        return rows.filter(pk__in=present.values("registration")).exclude(phone="").order_by("number")
    return to_be_told(activity.gathering).order_by("state", "number")


@require_POST
@activity_page
def told(request: HttpRequest, library: Library, activity: Activity, registration: UUID) -> HttpResponse:
    row = _registration(activity, registration)
    return do(request, library, activity, lambda: mark_told(
        registration=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("Noted: told."), "activities:tell")
