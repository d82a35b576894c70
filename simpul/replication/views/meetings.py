"""Peer learning meetings: list, page, what each brings and takes home, the paper."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.files.papers import pdf, pdf_response
from simpul.libraries.models import City, Library
from simpul.libraries.pages import library_page
from simpul.replication.actions import (
    call_off_meeting,
    describe_meeting,
    invite_libraries,
    plan_meeting,
    restore_meeting,
    share,
)
from simpul.replication.actions.mentoring import running_plan
from simpul.replication.forms import DelegateForm, MeetingForm, ShareForm
from simpul.replication.models import PeerMeeting, Share
from simpul.replication.permissions import can_bring, can_hold_meetings, can_mark_at
from simpul.replication.queries.meetings import days_of, listed_meetings, sent_by, shares_of
from simpul.replication.views.journey import _form
from simpul.replication.views.pages import do, serving_page, today, today_at

PAPER = Path(__file__).parents[1] / "papers" / "meeting.typ"


def _meeting(id: UUID) -> PeerMeeting:
    row = PeerMeeting.objects.select_related("library", "gathering").filter(pk=id).first()
    if row is None:
        raise Http404
    return row


@require_safe
@serving_page
def meetings(request: HttpRequest) -> HttpResponse:
    page = Paginator(listed_meetings(), 20).get_page(request.GET.get("page"))
    return render(request, "replication/meetings.html", {
        "page": page, "day": today(), "can_hold": can_hold_meetings(request.actor)})


@serving_page
def meeting_new(request: HttpRequest) -> HttpResponse:
    if not can_hold_meetings(request.actor):
        raise Http404
    form = MeetingForm(request.POST or None, hosts=_hosts(request.actor))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: plan_meeting(
            library=form.host, given=form.given, by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("The meeting is planned. Invite the libraries now."),
                undo=reverse("replication:meeting_off", args=[made.pk]))
            return redirect("replication:meeting_invite", made.pk)
    return _form(request, None, form, _("A peer learning meeting"), _(
        "Libraries show what they achieved, ask what they lack, and take one thing home."),
        back=reverse("replication:meetings"))


def _hosts(actor: Any) -> list[Library]:
    """The city's library first, then by name: of the whole city for its coordinator, her own for a mentor."""
    rows = Library.objects.order_by("name")
    if not (actor.is_coordinator or actor.is_administrator):
        rows = rows.filter(Q(pk__in=actor.staff_of | actor.mentor_of) | Q(kind=Library.Kind.CITY))
    return sorted(rows, key=lambda one: one.kind != Library.Kind.CITY)


@require_safe
@serving_page
def meeting(request: HttpRequest, id: UUID) -> HttpResponse:
    found = _meeting(id)
    actor = request.actor
    rows = shares_of(found)
    mine = Library.objects.filter(pk__in=actor.staff_of | actor.mentor_of).order_by("name")
    written = {row.library_id for row in rows}
    return render(request, "replication/meeting.html", {
        "meeting": found, "shares": [row for row in rows if row.brings or row.people or row.takes_home], "day": today(),
        "can_hold": can_hold_meetings(actor), "can_mark": can_mark_at(actor, found), "days": days_of(found),
        "invited": sum(row.invited_at is not None for row in rows),
        "came": sum(bool(row.people) for row in rows), "people": sum(row.people or 0 for row in rows),
        "mine": [(one, one.pk in written) for one in mine],
        "writable": {row.pk for row in rows if can_bring(actor, row.library_id)}})


@serving_page
def meeting_edit(request: HttpRequest, id: UUID) -> HttpResponse:
    found = _meeting(id)
    if not can_hold_meetings(request.actor):
        raise Http404
    form = MeetingForm(request.POST or None, initial=MeetingForm.initial_of(found, days_of(found)))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: describe_meeting(
            meeting=found, given=form.given, by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Saved. Whoever is registered stands on the host's list to be told."))
            return redirect("replication:meeting", found.pk)
    return _form(request, None, form, _("Change the meeting"), "", back=reverse("replication:meeting", args=[found.pk]))


@serving_page
def meeting_invite(request: HttpRequest, id: UUID) -> HttpResponse:
    """Ticks for libraries: each finds the invitation on its home."""
    found = _meeting(id)
    if not can_hold_meetings(request.actor):
        raise Http404
    rows = {row.library_id: row for row in found.shares.all()}
    libraries = _hosts(request.actor)
    if request.method == "POST":
        chosen = set(request.POST.getlist("perpustakaan"))
        wanted = [one for one in libraries if one.code in chosen]
        return do(request, lambda: invite_libraries(
            meeting=found, libraries=wanted, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
            _("Invited. The invitation stands on the home of each library."), reverse("replication:meeting", args=[found.pk]))
    lines = [(one, rows.get(one.pk)) for one in libraries]
    return render(request, "replication/meeting_invite.html", {"meeting": found, "lines": lines, "day": today()})


@require_POST
@serving_page
def meeting_off(request: HttpRequest, id: UUID) -> HttpResponse:
    found = _meeting(id)
    return do(request, lambda: call_off_meeting(meeting=found, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("The meeting is called off."), reverse("replication:meetings"),
              undo=reverse("replication:meeting_back", args=[id]))


@require_POST
@serving_page
def meeting_back(request: HttpRequest, id: UUID) -> HttpResponse:
    found = _meeting(id)
    return do(request, lambda: restore_meeting(meeting=found, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("The meeting stands again."), reverse("replication:meeting", args=[id]))


@library_page(can_bring)
def share_write(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """What this library brings and takes home; said again, the later one counts."""
    found = _meeting(id)
    row = Share.objects.filter(meeting=found, library=library).first()
    form = ShareForm(request.POST or None, initial=ShareForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: share(
            meeting=found, library=library, brought=form.brought, by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            said = _("Kept. What you take home is a row of your plan now.") if made.step_id else _("Kept.")
            say(request, said)
            return redirect("replication:meeting", found.pk)
    return share_page(request, library, found, form=form, row=row, status=422 if form.errors else 200)


def share_page(request: HttpRequest, library: Library, found: PeerMeeting, *, status: int = 200, **more: Any) -> HttpResponse:
    """Who comes, then what is brought; each part with a form of its own."""
    row = more.get("row") or Share.objects.filter(meeting=found, library=library).first()
    return render(request, "replication/share.html", {
        "library": library, "meeting": found, "form": ShareForm(initial=ShareForm.initial_of(row)), "row": row,
        "plan": running_plan(library), "days": days_of(found), "sent": sent_by(found, library.pk),
        "delegate": DelegateForm(), "is_over": found.held_on < today_at(library)} | more, status=status)


@require_safe
@serving_page
def meeting_paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """Who came, what each brought, what each takes home: for the folder and for those who stayed at home."""
    found = _meeting(id)
    rows = shares_of(found)
    day = formats.date_format(found.held_on, "l, j F Y")
    city = City.objects.first()
    people = sum(row.people or 0 for row in rows)
    facts = [[_("Day"), day], [_("Place"), found.place], [_("Libraries"), str(sum(bool(row.people) for row in rows))],
             [_("People"), str(people)], [_("About it"), found.word]]
    made = pdf(PAPER, {
        "title": found.title, "sender": city.name if city else "", "foot": f"{found.title} · {day}",
        "facts": [one for one in facts if one[1]],
        "head": [_("Library"), _("Achievement"), _("Tip"), _("Challenge"), _("Product"), _("Takes home")],
        "rows": [[row.library.name + (f" ({_came(row)})" if row.people else ""), row.achievement, row.tip, row.challenge,
                  row.product, row.takes_home + (f" – {formats.date_format(row.try_by_on, 'j F Y')}" if row.try_by_on else "")]
                 for row in rows]})
    return pdf_response(made, f"saling-belajar-{found.held_on:%Y-%m-%d}")


def _came(row: Any) -> str:
    return ngettext("%(n)s person", "%(n)s people", row.people) % {"n": row.people}
