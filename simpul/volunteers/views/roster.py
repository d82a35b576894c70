"""The roster: a month, weekly turns, single turns, absences and who takes them; the paper for the wall."""

import calendar
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.files.papers import pdf, pdf_response
from simpul.libraries.models import Library
from simpul.volunteers.actions import (
    add_duty,
    drop_duty,
    end_pattern,
    give_back,
    report_absent,
    restore_duty,
    restore_pattern,
    set_pattern,
    take_duty,
)
from simpul.volunteers.forms import WEEKDAYS, DutyForm, PatternForm, month_of
from simpul.volunteers.models import Duty, Helper, Pattern
from simpul.volunteers.queries import Turn, by_weekday, helper_of, turns_between
from simpul.volunteers.views.home import context_of
from simpul.volunteers.views.pages import do, staff_page, today

PAPER = Path(__file__).parents[1] / "papers" / "roster.typ"


def _days(library: Library, first: date) -> tuple[date, dict[date, list[Turn]]]:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    found: dict[date, list[Turn]] = defaultdict(list)
    for turn in turns_between(library, first, last):
        found[turn.day].append(turn)
    return last, dict(found)


@require_safe
@staff_page
def month(request: HttpRequest, library: Library) -> HttpResponse:
    """`bulan` in the address: 2026-03."""
    day = today(library)
    first = month_of(request.GET.get("bulan", ""), day)
    last, days = _days(library, first)
    patterns = Pattern.objects.filter(library=library, until_on__isnull=True).select_related("helper")
    return render(request, "volunteers/roster.html", {
        "library": library, "first": first, "today": day, "days": days.items(), "me": helper_of(library, request.actor),
        "before": (first - timedelta(days=1)).strftime("%Y-%m"), "after": (last + timedelta(days=1)).strftime("%Y-%m"),
        "weekdays": [(dict(WEEKDAYS)[n], rows) for n, rows in by_weekday(patterns).items()],
        "has_helpers": Helper.objects.filter(library=library).helping().exists()})


@require_safe
@staff_page
def paper(request: HttpRequest, library: Library) -> HttpResponse:
    """A month on one sheet for the wall."""
    first = month_of(request.GET.get("bulan", ""), today(library))
    _last, days = _days(library, first)
    weeks = [[{"n": day.day if day.month == first.month else 0,
               "turns": [{"hours": turn.hours, "name": turn.helper.name if turn.helper else ""} for turn in days.get(day, [])]}
              for day in week] for week in calendar.Calendar().monthdatescalendar(first.year, first.month)]
    title = _("Duty roster %(month)s") % {"month": formats.date_format(first, "F Y")}
    made = pdf(PAPER, {"title": title, "library": library.name, "weekdays": [str(name) for _n, name in WEEKDAYS],
                       "weeks": weeks, "free": _("free"), "foot": _("Cannot come? Say so on the volunteers' page.")})
    return pdf_response(made, f"piket-{library.code}-{first:%Y-%m}")


@staff_page
def pattern_new(request: HttpRequest, library: Library) -> HttpResponse:
    form = PatternForm(request.POST or None, library=library, initial={"from_on": today(library)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = form.attempt(lambda: set_pattern(
            helper=told["helper"], weekday=told["weekday"], starts=told["starts"], ends=told["ends"],
            from_on=told["from_on"], by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("It stands in the roster every week."),
                undo=reverse("volunteers:pattern_end", args=[library.code, done.pk]))
            return redirect("volunteers:roster", library.code)
    return render(request, "volunteers/form.html", context_of(
        form, library, heading=_("A weekly turn"), button=_("Put into the roster"), lead=_(
            "Who serves every week on the same day."), back=reverse("volunteers:roster", args=[library.code])),
        status=422 if form.errors else 200)


def _pattern(library: Library, id: UUID) -> Pattern:
    return get_object_or_404(Pattern.objects.select_related("library", "helper"), pk=id, library=library)


def _duty(library: Library, id: UUID) -> Duty:
    return get_object_or_404(Duty.objects.select_related("library", "helper", "absent"), pk=id, library=library)


@require_POST
@staff_page
def pattern_end(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = _pattern(library, id)
    return do(request, library, lambda: end_pattern(
        pattern=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("The weekly turn is ended."),
        undo=lambda done: reverse("volunteers:pattern_restore", args=[library.code, done.pk]), to="volunteers:roster")


@require_POST
@staff_page
def pattern_restore(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = _pattern(library, id)
    return do(request, library, lambda: restore_pattern(
        pattern=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("It stands again."),
        to="volunteers:roster")


@staff_page
def duty_new(request: HttpRequest, library: Library) -> HttpResponse:
    form = DutyForm(request.POST or None, library=library, initial={"day": today(library)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = form.attempt(lambda: add_duty(
            library=library, day=told["day"], starts=told["starts"], ends=told["ends"], helper=told["helper"],
            by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("The turn is added."), undo=reverse("volunteers:duty_drop", args=[library.code, done.pk]))
            return redirect("volunteers:roster", library.code)
    return render(request, "volunteers/form.html", context_of(
        form, library, heading=_("A single turn"), button=_("Add the turn"), lead=_(
            "For one day, for example an event. Without a name everybody sees that somebody is needed."),
        back=reverse("volunteers:roster", args=[library.code])), status=422 if form.errors else 200)


@require_POST
@staff_page
def absent(request: HttpRequest, library: Library, id: UUID, day: str) -> HttpResponse:
    """A day of a weekly turn."""
    row = _pattern(library, id)
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    return do(request, library, lambda: report_absent(
        library=library, pattern=row, day=on, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("The turn is free now, everybody sees it. Thank you for saying so."),
        undo=lambda done: reverse("volunteers:duty_back", args=[library.code, done.pk]))


@require_POST
@staff_page
def duty_absent(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = _duty(library, id)
    return do(request, library, lambda: report_absent(
        library=library, duty=row, day=row.day, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("The turn is free now, everybody sees it. Thank you for saying so."),
        undo=lambda done: reverse("volunteers:duty_back", args=[library.code, done.pk]))


@require_POST
@staff_page
def duty_take(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """She herself, or whom the staff names in `helper`."""
    row = _duty(library, id)
    named = request.POST.get("helper", "")
    try:
        helper = Helper.objects.filter(library=library, pk=UUID(named)).first() if named else helper_of(library, request.actor)
    except ValueError:
        helper = None
    if helper is None:
        raise Http404
    return do(request, library, lambda: take_duty(
        duty=row, helper=helper, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("Thank you! The turn is taken."),
        undo=lambda done: reverse("volunteers:duty_untake", args=[library.code, done.pk]))


@require_POST
@staff_page
def duty_back(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Reported by mistake: she comes after all."""
    row = _duty(library, id)
    return do(request, library, lambda: give_back(
        duty=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("It stands again."))


@require_POST
@staff_page
def duty_untake(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Taken by mistake: free again."""
    row = _duty(library, id)
    return do(request, library, lambda: report_absent(
        library=library, duty=row, day=row.day, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("The turn is free again."))


@require_POST
@staff_page
def duty_drop(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = _duty(library, id)
    return do(request, library, lambda: drop_duty(
        duty=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("The turn falls out."),
        undo=lambda done: reverse("volunteers:duty_restore", args=[library.code, done.pk]))


@require_POST
@staff_page
def duty_restore(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = _duty(library, id)
    return do(request, library, lambda: restore_duty(
        duty=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("It stands again."))

