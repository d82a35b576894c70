"""The list of a library's activities, planning one, and its own page."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.actions import (
    Details,
    cancel_activity,
    copy_activity,
    describe_activity,
    plan_activity,
    tick_checklist,
)
from simpul.activities.forms import EditForm, PlanForm, SessionForm, day_of, filter_of
from simpul.activities.kinds import GROUPS, STRATEGIES
from simpul.activities.models import Activity
from simpul.activities.queries import (
    SHOWN,
    NeedChoice,
    alike,
    lines,
    listed,
    narrowed,
    needs_behind,
    needs_to_choose,
    voices_to_tell,
)
from simpul.activities.templates_of_year import template_of, upcoming
from simpul.activities.views.pages import activity_page, do, session_page
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.gatherings.actions import add_session, cancel_session, move_session, publish_gathering
from simpul.gatherings.models import Session
from simpul.gatherings.queries import places_of, present_in, to_be_told, turnout
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at

#: the kind that a theme of needs suggests
KIND_OF_THEME = {"reading": "reading_aloud", "skills": "skills", "business": "economy", "digital": "ict",
                 "health": "health", "culture": "culture", "environment": "environment"}


def today_at(library: Library) -> date:
    return clock.local_date(clock.now(), library.time_zone)


@library_page(works_at)
def activities(request: HttpRequest, library: Library) -> HttpResponse:
    day = today_at(library)
    shown = request.GET.get("tampil", "")
    shown = shown if shown in SHOWN else ""
    wanted = filter_of(request.GET)
    page = Paginator(narrowed(listed(library, shown, day), **wanted), 20).get_page(request.GET.get("page"))
    return render(request, "activities/list.html", {
        "library": library, "page": page, "lines": lines(list(page.object_list), day), "shown": shown, "day": day,
        "filters": [("", _("Coming")), ("lampau", _("Past")), ("draf", _("Drafts"))],
        "templates": upcoming(day)[:4], "wanted": wanted, "is_filtered": any(wanted.values()),
        "group": request.GET.get("jenis", ""), "groups": GROUPS.items(), "strategies": STRATEGIES})


@library_page(works_at)
def new(request: HttpRequest, library: Library) -> HttpResponse:
    """Few fields first; a template of the year fills them in, or a need does (`kebutuhan` a theme, `lingkungan` a
    neighbourhood)."""
    template = template_of(request.GET.get("templat", ""))
    needs = needs_to_choose(library.pk)
    form = PlanForm(request.POST or None, library=library, needs=_offered(needs, request),
                    initial=_start(template, library, request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: plan_activity(
            library=library, title=told["title"], sessions=form.sessions, capacity=told["capacity"],
            takes_registrations=told["takes_registrations"], template=template.code if template else "",
            voices=form.voices, details=Details(
                kind=told["kind"], theme=str(template.theme) if template else "", place_kind=told["place_kind"]),
            by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("The draft is there. Announce it when you are ready."))
            return redirect("activities:activity", library.code, made.pk)
    return render(request, "activities/new.html", {
        "library": library, "form": form, "templates": upcoming(today_at(library)), "template": template},
        status=422 if form.errors else 200)


def _wanted_need(request: HttpRequest) -> str:
    theme, place = request.GET.get("kebutuhan", "")[:20], request.GET.get("lingkungan", "")[:80]
    return f"{theme}|{alike(place)}"


def _offered(needs: list[NeedChoice], request: HttpRequest) -> list[NeedChoice]:
    """The need of the address first, then those with most people."""
    wanted = _wanted_need(request)
    return sorted(needs, key=lambda need: need.key != wanted)[:8]


def _start(template: Any, library: Library, request: HttpRequest) -> dict[str, Any]:
    day = day_of(request.GET.get("hari", ""), today_at(library))
    if template is None:
        wanted = _wanted_need(request)
        kind = {"kind": KIND_OF_THEME[wanted.partition("|")[0]]} if wanted.partition("|")[0] in KIND_OF_THEME else {}
        return {"day": day, "needs": [wanted]} | kind
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
        "speakers": list(activity.speakers.all()), "gifts": list(activity.contributions.select_related("partner")),
        "needs": needs_behind(activity), "to_tell": voices_to_tell(activity).count(),
        "replies": list(activity.replies.select_related("by_account")),
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
    return do(request, library, activity, lambda: cancel_activity(
        activity=activity, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
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
