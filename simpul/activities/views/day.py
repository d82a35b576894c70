"""The day itself, on a phone at the door: names, scans, walk-ins, a headcount."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from simpul.activities.models import Activity
from simpul.activities.views.pages import session_page
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.ids import derived_id
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.gatherings.actions import count_heads, mark_attendance, mark_by_scan, record_walk_in, undo_attendance
from simpul.gatherings.forms import HeadcountForm, ScanForm, WalkInForm
from simpul.gatherings.models import Attendance, Session
from simpul.gatherings.queries import DayLine, day_lines, other_marks, turnout
from simpul.libraries.models import Library
from simpul.people.queries import printable

BLANK_LINES = 15  # on the printed list, for those who walk in


@vary_on_headers("HX-Request")
@session_page
def day(request: HttpRequest, library: Library, activity: Activity, session: Session) -> HttpResponse:
    return _page(request, library, activity, session)


def _page(request: HttpRequest, library: Library, activity: Activity, session: Session, *, status: int = 200,
          **more: Any) -> HttpResponse:
    text = printable(request.GET.get("q", ""))[:80]
    page, lines = day_lines(session, text, request.GET.get("page"))
    return render(request, "activities/day.html", {
        "library": library, "activity": activity, "session": session, "page": page, "lines": lines, "q": text,
        "turnout": turnout([session.pk]), "others": list(other_marks(session)[:50]),
        "is_over": session.cancelled_at is not None, "no_photo": activity.gathering.registrations.current().filter(
            wants_no_photo=True).count(), "walk_in": WalkInForm(), **more}, status=status)


def _answer(request: HttpRequest, library: Library, activity: Activity, session: Session, *,
            mark: Attendance | None = None, line: DayLine | None = None, refusal: Refusal | None = None,
            **more: Any) -> HttpResponse:
    """For htmx what changed, else back to the page (with the search kept)."""
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "activities/day.html#answered", {
            "library": library, "activity": activity, "session": session, "turnout": turnout([session.pk]),
            "mark": mark, "line": line, "refusal": refusal, **more})
    if refusal is not None:
        return _page(request, library, activity, session, status=422, refusal=refusal, **more)
    if mark is not None:
        say(request, _("Present: %(who)s.") % {"who": _who(mark)} if mark.voided_at is None else _("Taken back."))
    query = {name: value for name in ("q", "page") if (value := request.GET.get(name))}
    address = reverse("activities:day", args=[library.code, activity.pk, session.pk])
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)


def _who(mark: Attendance) -> str:
    if mark.registration is not None:
        return mark.registration.name
    return mark.person.name if mark.person is not None else mark.name or str(mark.get_how_display())


@require_POST
@session_page
def mark(request: HttpRequest, library: Library, activity: Activity, session: Session,
         registration: UUID) -> HttpResponse:
    """A tap on a name: `state`, and the sex where she did not tell it ("present:P")."""
    row = activity.gathering.registrations.filter(pk=registration).first()
    if row is None:
        raise Http404
    state, _colon, sex = request.POST.get("state", "").partition(":")
    try:
        made = mark_attendance(session=session, registration=row, state=state, sex=sex, by=request.actor,
                               at=clock.now(), id=derived_id(change_id_of(request.POST), f"{state}:{sex}"))
    except Refusal as refusal:
        return _answer(request, library, activity, session, refusal=refusal)
    return _answer(request, library, activity, session, line=DayLine(row, made), mark=made)


@require_POST
@session_page
def scan(request: HttpRequest, library: Library, activity: Activity, session: Session) -> HttpResponse:
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _answer(request, library, activity, session, is_scan=True)
    try:
        made = mark_by_scan(session=session, text=form.cleaned_data["text"], by=request.actor, at=clock.now(),
                            id=form.change_id)
    except Refusal as refusal:
        return _answer(request, library, activity, session, refusal=refusal, is_scan=True)
    line = DayLine(made.registration, made) if made.registration is not None else None
    return _answer(request, library, activity, session, mark=made, line=line, is_scan=True)


@require_POST
@session_page
def walk_in(request: HttpRequest, library: Library, activity: Activity, session: Session) -> HttpResponse:
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return _page(request, library, activity, session, status=422, walk_in=form)
    cell = form.chosen
    made = form.attempt(lambda: record_walk_in(
        session=session, name=form.cleaned_data["name"], sex=cell.sex, age_group=cell.age_group, by=request.actor,
        at=clock.now(), id=form.change_id))
    if made is None:
        return _page(request, library, activity, session, status=422, walk_in=form)
    say(request, _("Written down: %(who)s.") % {"who": _who(made)})
    return redirect("activities:day", library.code, activity.pk, session.pk)


@require_POST
@session_page
def undo(request: HttpRequest, library: Library, activity: Activity, session: Session, mark: UUID) -> HttpResponse:
    row = session.attendance.select_related("session", "registration", "person").filter(pk=mark).first()
    if row is None:
        raise Http404
    try:
        gone = undo_attendance(attendance=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    except Refusal as refusal:
        return _answer(request, library, activity, session, refusal=refusal)
    line = DayLine(row.registration, None) if row.registration is not None else None
    return _answer(request, library, activity, session, line=line, mark=gone)


@session_page
def headcount(request: HttpRequest, library: Library, activity: Activity, session: Session) -> HttpResponse:
    """Numbers instead of names; what was counted before stands in the boxes."""
    there = session.attendance.valid().filter(how=Attendance.How.HEADCOUNT)
    form = HeadcountForm(request.POST or None, initial=HeadcountForm.initial_of(there))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: count_heads(session=session, cells=form.cells, by=request.actor, at=clock.now(),
                                                id=form.change_id))
        if done is not None:
            say(request, _("Counted: %(n)s people.") % {"n": done})
            return redirect("activities:day", library.code, activity.pk, session.pk)
    return render(request, "activities/headcount.html", {
        "library": library, "activity": activity, "session": session, "form": form}, status=422 if form.errors else 200)


@session_page
def sheet(request: HttpRequest, library: Library, activity: Activity, session: Session) -> HttpResponse:
    """The attendance list to print and sign."""
    rows = activity.gathering.registrations.holding().order_by("name_key", "number")
    return render(request, "activities/sheet.html", {
        "library": library, "activity": activity, "session": session, "rows": list(rows),
        "blank": range(BLANK_LINES)})
