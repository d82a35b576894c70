"""Today: for one library, for the city; each figure leads to its rows."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.activities.queries import today_lines
from simpul.circulation.queries import desk_figures
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.next_step import next_step
from simpul.core.phones import whatsapp_link
from simpul.libraries.models import City, Library
from simpul.libraries.pages import city_page, counts, library_page
from simpul.libraries.queries import needs_second_factor
from simpul.replication.queries.mentoring import mentor_of
from simpul.web.context import desk_library
from simpul.web.queries import WeekFigure, week_figure, weeks_by_library
from simpul.web.templatetags.house import DAYS

EVER = date(2000, 1, 1)  # earlier than any loan that is still out
SHORT = {"id": ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"],
         "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]}


@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Where a reader's day begins: her library, the city, or her account if she serves nowhere yet."""
    actor: Actor = request.actor
    library = desk_library(request)
    if library is not None:
        return redirect("web:library_today", library.code)
    if actor.is_coordinator or actor.is_administrator:
        return redirect("web:city_today")
    if actor.mentor_of:
        return redirect("replication:mentoring")
    if needs_second_factor(request.user, clock.local_date(clock.now(), "Asia/Jakarta")):
        return redirect("accounts:second_factor")
    return redirect("accounts:profile")


@library_page(counts)
def library_today(request: HttpRequest, library: Library) -> HttpResponse:
    now = clock.now()
    day = clock.local_date(now, library.time_zone)
    figures = [week_figure(name, [library.pk], day) for name in ("visits", "loans", "returns")]
    is_own = request.actor.works_at(library.pk)
    step = next_step(library, day) if is_own else None
    mentor = mentor_of(library.pk, day) if step else None
    return render(request, "web/library_today.html", {
        "library": library, "day": day, "is_own": is_own,
        "step": step, "mentor": mentor if mentor and mentor.phone else None,
        "mentor_link": whatsapp_link(mentor.phone, _("Good day, I am from %(library)s. I would like to ask: ") % {
            "library": library.name}) if mentor and mentor.phone else "",
        "desk": desk_figures([library.pk], day), "activities": today_lines(library, day),
        "hour": now.astimezone(_zone(library)).hour,
        **_shown(figures, day, library=library.code),
    })


@city_page
def city_today(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor
    libraries = Library.objects.counted_by(actor).filter(closed_on__isnull=True).select_related("region__parent")
    whole_city = actor.is_coordinator or actor.is_administrator
    ids: list[UUID] | None = None if whole_city else list(libraries.values_list("pk", flat=True))
    day = clock.local_date(clock.now(), "Asia/Jakarta")
    figures = [week_figure(name, ids, day) for name in ("visits", "loans", "returns")]
    weeks = weeks_by_library(ids, day)
    rows = _lines(list(libraries.order_by("name")), weeks, request.GET.get("urut", ""))
    return render(request, "web/city_today.html", {
        "city": City.objects.first(), "day": day, "desk": desk_figures(ids, day),
        "recording": sum(1 for line in rows if line["week"] and line["week"].visits + line["week"].loans),
        "libraries": len(rows), "page": Paginator(rows, 20).get_page(request.GET.get("page")),
        "order": request.GET.get("urut", ""), "whole_city": whole_city,
        **_shown(figures, day, library=""),
    })


def _lines(libraries: list[Library], weeks: dict[UUID, Any], order: str) -> list[dict[str, Any]]:
    """The city's libraries with their week; by name, by visits, or those without records first."""
    lines = [{"library": library, "week": weeks.get(library.pk)} for library in libraries]
    if order == "kunjungan":
        lines.sort(key=lambda line: -(line["week"].visits if line["week"] else 0))
    if order == "sepi":
        lines.sort(key=lambda line: (line["week"].last_on if line["week"] and line["week"].last_on else date.min))
    return lines


def _shown(figures: list[WeekFigure], day: date, *, library: str) -> dict[str, Any]:
    """What both pages show of the week: figures with addresses of their rows, and the columns of visits."""
    visits, loans, returns = figures
    language = _language()

    def address(name: str, first: date, last: date) -> str:
        place = f"&library={library}" if library else ""
        return f"{reverse('web:figure', args=[name])}?from={first}&to={last}{place}"

    monday = visits.days[0].day
    return {
        "visits": visits, "loans": loans, "returns": returns,
        "is_monday": day.weekday() == 0,
        "more": max(visits.until_yesterday - visits.same_days_before, 0),
        "fewer": max(visits.same_days_before - visits.until_yesterday, 0),
        "today_url": {f.measure.name: address(f.measure.name, day, day) for f in figures},
        "due_url": address("due", day, day),
        "overdue_url": address("due", EVER, day - timedelta(days=1)),
        "week_url": {f.measure.name: address(f.measure.name, monday, day) for f in figures},
        "columns": [{
            "label": DAYS[language][d.day.weekday()], "short": SHORT[language][d.day.weekday()], "value": d.now,
            "before": d.before, "href": address("visits", d.day, d.day) if d.now else "",
        } for d in visits.days],
    }


def _language() -> str:
    return get_language() if get_language() in SHORT else "id"  # type: ignore[return-value]


def _zone(library: Library) -> Any:
    return ZoneInfo(library.time_zone)


def parse_day(text: str, otherwise: date) -> date:
    """A day of the address; a broken one is a page that is not there."""
    if not text:
        return otherwise
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 a calendar day has no zone
    except ValueError as error:
        raise Http404(_("no such day")) from error
