"""One calendar of what is due when: for the city, and as a feed for every phone."""

from datetime import date, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Alarm, Calendar, Event

from simpul.core import clock
from simpul.core.say import say
from simpul.libraries.models import City
from simpul.libraries.pages import city_page
from simpul.months.actions import set_city_dates
from simpul.months.forms import DatesForm
from simpul.months.permissions import can_set_dates
from simpul.months.queries.calendar import Dated, city_dates, dates_between
from simpul.months.views.pages import today, who

AHEAD, BACK = timedelta(days=366), timedelta(days=31)


@require_safe
@city_page
def calendar(request: HttpRequest) -> HttpResponse:
    """What is due within a year, month by month; what comes within two weeks stands on top."""
    day = today()
    rows = dates_between(day, day + AHEAD)
    months: dict[date, list[Dated]] = {}
    for one in rows:
        months.setdefault(one.on.replace(day=1), []).append(one)
    return render(request, "months/calendar.html", {
        "day": day, "months": list(months.items()), "soon": [one for one in rows if one.days_left(day) <= 14],
        "is_ours": any(one.is_ours for one in rows), "can_set": can_set_dates(request.actor),  # type: ignore[attr-defined]
        "feed": request.build_absolute_uri(reverse("months:feed"))})


@city_page
def dates(request: HttpRequest) -> HttpResponse:
    """The city's own days, in place of our defaults."""
    if not can_set_dates(request.actor):  # type: ignore[attr-defined]
        raise Http404
    form = DatesForm(request.POST or None, dates=city_dates())
    if request.method == "POST" and form.is_valid():
        form.attempt(lambda: set_city_dates(dates=form.dates, **who(request, form.change_id)))
        if not form.errors:
            say(request, _("The dates are set."))
            return redirect("months:calendar")
    return render(request, "months/form.html", {
        "form": form, "title": _("Dates of the city's calendar"), "button": _("Set"), "back": reverse("months:calendar"),
        "lead": _("Offices set their days anew each year. Write them here; libraries and reminders follow."),
    }, status=422 if form.errors else 200)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The calendar as iCalendar; holds official dates and nothing of anybody, so that a phone may fetch it."""
    now, day = clock.now(), today()
    found = Calendar()
    city = City.objects.first()
    found.add("prodid", "-//Simpul//Kalender//ID")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("Reports of %(city)s") % {"city": city.name if city else _("the city")})
    for one in dates_between(day - BACK, day + AHEAD):
        found.add_component(_event(request, one, now))
    response = HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="kalender-laporan.ics"'
    return response


def _event(request: HttpRequest, one: Dated, now: datetime) -> Event:
    event, alarm = Event(), Alarm()
    event.add("uid", f"{one.key}-{one.on.isoformat()}@simpul")
    event.add("dtstamp", now)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", str(one.what))
    note = _("Our default: your office may have set another day.") if one.is_ours else ""
    event.add("description", "\n".join(filter(None, (str(one.ready), note))))
    event.add("transp", "TRANSPARENT")
    if one.url:
        event.add("url", request.build_absolute_uri(one.url))
    alarm.add("action", "DISPLAY")
    alarm.add("description", str(one.what))
    alarm.add("trigger", timedelta(days=-7))
    event.add_component(alarm)
    return event
