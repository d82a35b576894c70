"""The list of a library's activities, planning one, and its own page."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.actions import copy_activity, describe_activity, plan_activity, tick_checklist
from simpul.activities.actions.planning import Details
from simpul.activities.forms import EditForm, PlanForm, SessionForm, day_of
from simpul.activities.models import Activity
from simpul.activities.queries import SHOWN, lines, listed
from simpul.activities.templates_of_year import BY_CODE, upcoming
from simpul.activities.views.pages import activity_page, do, session_page
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.gatherings.actions import add_session, cancel_gathering, cancel_session, move_session, publish_gathering
from simpul.gatherings.models import Session
from simpul.gatherings.queries import places_of, present_in, to_be_told, turnout
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at


def today_at(library: Library) -> date:
    return clock.local_date(clock.now(), library.time_zone)


@library_page(works_at)
def activities(request: HttpRequest, library: Library) -> HttpResponse:
    day = today_at(library)
    shown = request.GET.get("tampil", "")
    shown = shown if shown in SHOWN else ""
    page = Paginator(listed(library, shown, day), 20).get_page(request.GET.get("page"))
    return render(request, "activities/list.html", {
        "library": library, "page": page, "lines": lines(list(page.object_list), day), "shown": shown, "day": day,
        "filters": [("", _("Coming")), ("lampau", _("Past")), ("draf", _("Drafts"))],
        "templates": upcoming(day)[:4]})


@library_page(works_at)
def new(request: HttpRequest, library: Library) -> HttpResponse:
    """Few fields first; a template of the year fills them in."""
    template = BY_CODE.get(request.GET.get("templat", ""))
    form = PlanForm(request.POST or None, library=library, initial=_start(template, library, request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: plan_activity(
            library=library, title=told["title"], sessions=form.sessions, capacity=told["capacity"],
            takes_registrations=told["takes_registrations"], template=template.code if template else "",
            details=Details(kind=told["kind"], theme=str(template.theme) if template else ""),
            by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("The draft is there. Announce it when you are ready."))
            return redirect("activities:activity", library.code, made.pk)
    return render(request, "activities/new.html", {
        "library": library, "form": form, "templates": upcoming(today_at(library)), "template": template},
        status=422 if form.errors else 200)


def _start(template: Any, library: Library, request: HttpRequest) -> dict[str, Any]:
    day = day_of(request.GET.get("hari", ""), today_at(library))
    if template is None:
        return {"day": day}
    return {"title": template.title, "kind": template.kind, "day": template.next_on(today_at(library)),
            "starts": template.hours[0], "ends": template.hours[1]}


@activity_page
def activity(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    sessions = list(activity.gathering.sessions.all())
    present = present_in(sessions)
    return render(request, "activities/activity.html", {
        "library": library, "activity": activity, "gathering": activity.gathering, "day": today_at(library),
        "sessions": [(one, present.get(one.pk, 0)) for one in sessions],
        "room": places_of([activity.gathering])[activity.gathering_id],
        "turnout": turnout([one.pk for one in sessions]),
        "untold": to_be_told(activity.gathering).count(),
        "speakers": list(activity.speakers.all()), "gifts": list(activity.contributions.all()),
        "books": list(activity.books.select_related("title")),
        "link": request.build_absolute_uri(f"/kegiatan/{activity.gathering_id}/")})


@activity_page
def edit(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    form = EditForm(request.POST or None, library=library, initial=EditForm.initial_of(activity))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = form.attempt(lambda: describe_activity(
            activity=activity, title=told["title"], summary=told["summary"], details=form.details,
            capacity=told["capacity"], takes_registrations=told["takes_registrations"], is_public=told["is_public"],
            registers_from=form.local("registers_from"), registers_until=form.local("registers_until"),
            checklist=form.lines, by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("The plan is changed."))
            return redirect("activities:activity", library.code, activity.pk)
    return render(request, "activities/edit.html", {"library": library, "activity": activity, "form": form},
                  status=422 if form.errors else 200)


@require_POST
@activity_page
def publish(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    return do(request, library, activity, lambda: publish_gathering(
        gathering=activity.gathering, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("It is announced. Share the link or print the poster."))


@require_POST
@activity_page
def cancel(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    return do(request, library, activity, lambda: cancel_gathering(
        gathering=activity.gathering, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("It is cancelled. Tell those who registered."))


@require_POST
@activity_page
def copy(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    """Last month's once more, in one tap."""
    try:
        made = copy_activity(activity=activity, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    except Refusal as refusal:
        say(request, str(refusal))
        return redirect("activities:activity", library.code, activity.pk)
    say(request, _("Copied as a draft. Check the day, then announce it."))
    return redirect("activities:activity", library.code, made.pk)


@require_POST
@activity_page
def checklist(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    done = [int(text) for text in request.POST.getlist("done") if text.isdigit() and len(text) < 4]
    return do(request, library, activity, lambda: tick_checklist(
        activity=activity, done=done, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("The checklist is saved."))


@activity_page
def session_new(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    form = SessionForm(request.POST or None, library=library)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: add_session(
            gathering=activity.gathering, given=form.given(), by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("The day is added."))
            return redirect("activities:activity", library.code, activity.pk)
    return _session_form(request, library, activity, form, _("One more day"))


@session_page
def session_move(request: HttpRequest, library: Library, activity: Activity, session: Session) -> HttpResponse:
    form = SessionForm(request.POST or None, library=library, initial=SessionForm.initial_of(session))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: move_session(
            session=session, given=form.given(), by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Moved. Now tell those who registered."))
            to = "activities:tell" if to_be_told(done.gathering).exists() else "activities:activity"
            return redirect(to, library.code, activity.pk)
    return _session_form(request, library, activity, form, _("Move this day"))


def _session_form(request: HttpRequest, library: Library, activity: Activity, form: SessionForm,
                  heading: str) -> HttpResponse:
    return render(request, "activities/session.html", {
        "library": library, "activity": activity, "form": form, "heading": heading}, status=422 if form.errors else 200)


@require_POST
@session_page
def session_cancel(request: HttpRequest, library: Library, activity: Activity, session: Session) -> HttpResponse:
    return do(request, library, activity, lambda: cancel_session(
        session=session, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("This day is cancelled. Tell those who registered."))
