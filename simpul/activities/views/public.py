"""What everybody sees: what can I learn near me, one activity with its registration, calendar and poster."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.calendars import as_calendar
from simpul.activities.forms import day_of
from simpul.activities.kinds import GROUPS, KINDS
from simpul.activities.models import Activity, Photo
from simpul.activities.queries import (
    announced,
    lines,
    near_me,
    needs_behind,
    public_photos,
    regions_with_activities,
    report_of,
)
from simpul.activities.reports import activity_link_text, ages_for_everybody, by_sex_for_everybody, places_in_words
from simpul.core import clock
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.gatherings.forms import RegistrationForm
from simpul.gatherings.models import Registration
from simpul.gatherings.queries import is_open_for, places_of
from simpul.gatherings.tokens import registration_token
from simpul.gatherings.views import qr
from simpul.libraries.models import City

FEED = 300  # activities in the calendar of everything


@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """Filters live in the address: `di` a region's code, `jenis` a group of kinds, `dari` a day."""
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    region, group = request.GET.get("di", "")[:13], request.GET.get("jenis", "")
    first = max(day_of(request.GET.get("dari", ""), today), today)
    kinds = [code for code, kind in KINDS.items() if kind.group == group]
    rows = near_me(region=region.replace("\x00", ""), kinds=kinds, first=first)
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "activities/near.html", {
        "page": page, "lines": lines(list(page.object_list), first), "region": region, "group": group, "first": first,
        "today": today, "city": City.objects.first(), "regions": regions_with_activities(today), "groups": GROUPS.items(),
        "is_filtered": bool(region or kinds or first != today)})


def _announced(id: UUID) -> Activity:
    found = announced(id)
    if found is None:
        raise Http404
    return found


def _address(request: HttpRequest, activity: Activity, name: str = "activities:public") -> str:
    return request.build_absolute_uri(reverse(name, args=[activity.gathering_id]))


def activity(request: HttpRequest, id: UUID) -> HttpResponse:
    """One activity; registering asks for two fields and answers with her own link."""
    shown = _announced(id)
    gathering = shown.gathering
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.sign_up(request, gathering, clock.now())
        if made is not None:
            say(request, _("You have a place. Keep this page: it is your ticket.") if made.state == Registration.State.IN
                else _("All places are taken. You are on the waiting list; keep this page."))
            return redirect("gatherings:ticket", registration_token(made.pk))
    sessions = list(gathering.sessions.all())
    link, photos = _address(request, shown), list(public_photos(shown)[:6])
    return render(request, "activities/public.html", {
        "needs": needs_behind(shown), "cover": _cover(request, shown, photos),
        "activity": shown, "gathering": gathering, "sessions": sessions, "form": form,
        "room": places_of([gathering])[gathering.pk], "is_open": is_open_for(gathering, clock.now()),
        "is_over": bool(gathering.last_on and gathering.last_on < clock.local_date(
            clock.now(), shown.library.time_zone)),
        "photos": photos, "link": link,
        "whatsapp": whatsapp_link(None, activity_link_text(shown, sessions[0] if sessions else None, link)),
    }, status=422 if form.errors else 200)


@require_safe
def report(request: HttpRequest, id: UUID) -> HttpResponse:
    """What came of it, worth sharing: day, place, numbers, result, pictures that may be public."""
    shown = _announced(id)
    if shown.reported_at is None or shown.gathering.is_cancelled:
        raise Http404
    told = report_of(shown, clock.local_date(clock.now(), shown.library.time_zone))
    photos, link = list(public_photos(shown)[:9]), _address(request, shown, "activities:public_report")
    return render(request, "activities/public_report.html", {
        "activity": shown, "gathering": shown.gathering, "report": told, "place": places_in_words(told),
        "sexes": by_sex_for_everybody(told.turnout), "ages": ages_for_everybody(told.turnout),
        "needs": needs_behind(shown), "photos": photos, "link": link, "cover": _cover(request, shown, photos),
        "whatsapp": whatsapp_link(None, f"{shown.gathering.title}\n{shown.result[:300]}\n{link}")})


def _cover(request: HttpRequest, activity: Activity, photos: list[Photo]) -> str:
    """The whole address of the picture that a shared link shows; "" without one."""
    return request.build_absolute_uri(reverse(
        "activities:public_photo", args=[activity.gathering_id, photos[0].pk])) if photos else ""


@require_safe
def calendar(request: HttpRequest, id: UUID) -> HttpResponse:
    shown = _announced(id)
    return _ics(request, [shown], shown.gathering.title, f"kegiatan-{id}")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """For the calendar of a phone: all that is announced from today on, narrowed as the list is."""
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    group = request.GET.get("jenis", "")
    rows = near_me(region=request.GET.get("di", "")[:13].replace("\x00", ""), first=today,
                   kinds=[code for code, kind in KINDS.items() if kind.group == group])
    city = City.objects.first()
    return _ics(request, list(rows[:FEED]), _("Library activities in %(city)s") % {"city": city.name if city else ""},
                "kegiatan")


def _ics(request: HttpRequest, activities: list[Activity], name: str, file: str) -> HttpResponse:
    content = as_calendar(activities, name=name, at=clock.now(), link=lambda one: _address(request, one))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    return response


@require_safe
def poster(request: HttpRequest, id: UUID) -> HttpResponse:
    """One sheet of paper with a QR code that opens the registration."""
    shown = _announced(id)
    return render(request, "activities/poster.html", {
        "activity": shown, "gathering": shown.gathering, "sessions": list(shown.gathering.sessions.all()),
        "qr": qr(_address(request, shown)), "link": _address(request, shown)})


@require_safe
def photo(request: HttpRequest, id: UUID, photo: UUID) -> HttpResponse:
    found = public_photos(_announced(id)).filter(pk=photo).first()
    if found is None:
        raise Http404
    return file_response(found.file)  # type: ignore[return-value]
