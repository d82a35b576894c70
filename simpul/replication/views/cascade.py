"""The cascade tree: for the city, a workshop, a narasumber, a participant, a library; as a picture and as a table."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from simpul.core.actor import Actor
from simpul.libraries.models import City, Library
from simpul.libraries.pages import city_page, library_page
from simpul.replication.permissions import can_read
from simpul.replication.queries.cascade import (
    Cascade,
    PlanLine,
    Sums,
    cascade,
    city_cascade,
    grown_stories,
    lessons_heard,
    lessons_of,
    speakers,
)
from simpul.replication.queries.outcomes import stories_of
from simpul.replication.queries.picture import Node, chain, draw
from simpul.replication.views.pages import today, today_at
from simpul.training.models import Participant, Speaker, Workshop

MOST = 10  # branches that are drawn; the rest is one box and stands in the table


def _scope(actor: Actor) -> Collection[UUID] | None:
    """The libraries whose counts the reader may see; None is all."""
    if actor.is_node or actor.is_coordinator or actor.is_administrator:
        return None
    return actor.staff_of | actor.mentor_of


MORE = ngettext_lazy("%(n)s more", "%(n)s more", "n")
PERSON_REACHED = ngettext_lazy("%(n)s person reached", "%(n)s people reached", "n")
WORKSHOPS = ngettext_lazy("%(n)s workshop", "%(n)s workshops", "n")
SESSIONS = ngettext_lazy("%(n)s session", "%(n)s sessions", "n")
PARTICIPANTS = ngettext_lazy("%(n)s participant", "%(n)s participants", "n")
LIBRARIES = ngettext_lazy("%(n)s library", "%(n)s libraries", "n")
PEOPLE = ngettext_lazy("%(n)s person", "%(n)s people", "n")


def _count(n: int, words: Any) -> str:
    return str(words % {"n": n})


def growth(sums: Sums, url: str, *, with_people: bool = True) -> list[Node]:
    """What grew, as a chain of boxes that lead to the rows."""
    nodes = [
        Node(_("Plans"), _("%(n)s plans, %(done)s of %(all)s rows done") % {
            "n": sums.plans, "done": sums.done, "all": sums.steps} if sums.plans != 1 else _("%(done)s of %(all)s rows done") % {
                "done": sums.done, "all": sums.steps}, f"{url}#rencana"),
        Node(_("Activities"), str(sums.activities), f"{url}#rencana"),
        Node(_("People reached"), str(sums.people), f"{url}#rencana"),
        Node(_("Outcome"), sums.brought.short, f"{url}#hasil"),
        Node(_("Stories"), str(sums.stories), f"{url}#cerita")]
    if with_people:
        nodes.insert(0, Node(_("Participants"), str(sums.participants), f"{url}#peserta"))
    return chain(nodes)


def _rest(lines: list[Any], url: str) -> Node:
    parts = [sums for _one, sums in lines]
    return Node(_count(len(lines), MORE), _count(
        sum(one.people for one in parts), PERSON_REACHED), f"{url}#tabel", is_rest=True)


@require_safe
@city_page
def city(request: HttpRequest) -> HttpResponse:
    """Root: the city; branches: workshops, the latest first."""
    (lines, whole), place = city_cascade(
        _scope(request.actor), today(), request.actor.staff_of), City.objects.first()
    here = reverse("replication:cascade")
    root = Node(place.name if place else _("City"), _count(len(lines), WORKSHOPS), f"{here}#tabel")
    for one, sums in lines[:MOST]:
        url = reverse("replication:cascade_workshop", args=[one.id])
        root.children.append(Node(one.title, _count(one.lessons, SESSIONS), url, growth(sums, url)))
    if lines[MOST:]:
        root.children.append(_rest(lines[MOST:], here))
    page = Paginator(lines, 20).get_page(request.GET.get("page"))
    return render(request, "replication/cascade_city.html", {
        "picture": draw(root), "sums": whole, "page": page, "stories": grown_stories(_scope(request.actor), today()),
        "speakers": list(speakers()[:60])})  # type: ignore[index]


@require_safe
@city_page
def workshop(request: HttpRequest, id: UUID) -> HttpResponse:
    """Root: the workshop; its sessions; branches: libraries, those that reached most people first."""
    found = cascade(workshops=[id], libraries=_scope(request.actor), own=request.actor.staff_of, day=today())
    head = Workshop.objects.select_related("gathering").filter(pk=id).first()
    if head is None or (not found.workshops and _scope(request.actor) is not None):
        raise Http404
    here = reverse("replication:cascade_workshop", args=[id])
    lines = found.by_library()
    lessons = found.workshops[0].lessons if found.workshops else 0
    sessions = Node(_("Sessions"), str(lessons), f"{here}#narasumber")
    for library, sums in lines[:MOST]:
        url = reverse("replication:cascade_library", args=[library.code])
        sessions.children.append(Node(library.name, _count(sums.participants, PARTICIPANTS), url,
                                      growth(sums, url, with_people=False)))
    if lines[MOST:]:
        sessions.children.append(_rest(lines[MOST:], here))
    root = Node(head.gathering.title, _count(len(lines), LIBRARIES), f"{here}#tabel", [sessions])
    participants = _participants(request.actor, Participant.objects.filter(workshop_id=id), found)
    return render(request, "replication/cascade_workshop.html", {
        "head": head, "picture": draw(root), "sums": found.sums(), "participants": participants,
        "stories": stories_of(found.activities, today()),
        "page": Paginator(lines, 20).get_page(request.GET.get("page")),
        "speakers": list(Speaker.objects.filter(workshop_id=id).order_by("is_facilitator", "name"))})


def _participants(actor: Actor, rows: Any, found: Cascade) -> list[tuple[Participant, str]]:
    """Who took part, with her name for those who may read it, else her number in the list."""
    ids = {key for keys in found.participants.values() for key in keys}
    kept = sorted((one for one in rows.select_related("library", "workshop") if one.pk in ids),
                  key=lambda one: (one.library.name, one.pk))
    return [(one, name_for(actor, one) or _("participant %(n)s") % {"n": n}) for n, one in enumerate(kept, 1)]


def name_for(actor: Actor, one: Participant) -> str:
    """Her own library, the host and the city read it."""
    may = actor.works_at(one.library_id) or actor.is_coordinator or actor.works_at(one.workshop.library_id)
    return one.name if may else ""


@require_safe
@city_page
def speaker(request: HttpRequest, id: UUID) -> HttpResponse:
    """Root: the narasumber; branches: her sessions, and what grew at the libraries whose people were there."""
    who = Speaker.objects.select_related("workshop__gathering").filter(pk=id).first()
    if who is None:
        raise Http404
    scope = _scope(request.actor)
    lessons = lessons_of(who, scope)
    found = cascade(workshops=[who.workshop_id], libraries=scope, own=request.actor.staff_of, day=today())
    url = reverse("replication:cascade_workshop", args=[who.workshop_id])
    root = Node(who.name, who.workshop.gathering.title, url)
    lines = []
    for one in lessons:
        sums = found.sums(workshop=one.workshop_id, libraries=one.libraries)
        lines.append((one, sums))
        root.children.append(Node(one.title, _count(one.participants, PARTICIPANTS), url, growth(
            sums, url, with_people=False)))
    heard = frozenset(key for one in lessons for key in one.libraries)
    return render(request, "replication/cascade_speaker.html", {
        "speaker": who, "picture": draw(root), "lines": lines, "sums": found.sums(libraries=heard),
        "stories": stories_of(found.of(heard).activities, today())})


@require_safe
@city_page
def participant(request: HttpRequest, id: UUID) -> HttpResponse:
    """Root: one participant; her sessions, her library's plan row by row."""
    one = Participant.objects.select_related("library", "workshop__gathering").filter(pk=id).first()
    scope = _scope(request.actor)
    if one is None or (scope is not None and one.library_id not in scope):
        raise Http404
    found = cascade(workshops=[one.workshop_id], libraries=[one.library_id], own=request.actor.staff_of,
                    day=today())
    heard, of = lessons_heard(one)
    url = reverse("replication:cascade_library", args=[one.library.code])
    name = name_for(request.actor, one) or _("A participant")
    root = Node(name, one.workshop.gathering.title, reverse("replication:cascade_workshop", args=[one.workshop_id]), [
        Node(_("Sessions"), _("%(n)s of %(all)s") % {"n": heard, "all": of}, url, [
            Node(one.library.name, "", url, _rows(found.plans, one.library))])])
    return render(request, "replication/cascade_library.html", {
        "library": one.library, "name": name, "workshop": one.workshop, "picture": draw(root), "sums": found.sums(),
        "plans": found.plans, "links": _links(request.actor, one.library), "colleagues": [],
        "stories": stories_of(found.activities, today())})


@require_safe
@library_page(can_read)
def library(request: HttpRequest, library: Library) -> HttpResponse:
    """Root: the library; branches: the workshops of its people, its plans row by row."""
    found = cascade(libraries=[library.pk], own=request.actor.staff_of, day=today_at(library))
    here = reverse("replication:cascade_library", args=[library.code])
    root = Node(library.name, "", here)
    for one in found.workshops:
        came = found.participants.get((one.id, library.pk), frozenset())
        plans = [plan for plan in found.plans if plan.workshop_id == one.id]
        root.children.append(Node(one.title, _count(one.lessons, SESSIONS), f"{here}#peserta", [
            Node(_("Participants"), str(len(came)), f"{here}#peserta", _rows(plans, library))]))
    colleagues = _participants(request.actor, Participant.objects.filter(library=library), found)
    return render(request, "replication/cascade_library.html", {
        "library": library, "picture": draw(root), "sums": found.sums(), "plans": found.plans,
        "links": _links(request.actor, library), "colleagues": colleagues,
        "stories": stories_of(found.activities, today_at(library))})


def _links(actor: Actor, library: Library) -> str:
    """How an activity is opened by this reader: "own" its page, "public" what everybody sees."""
    return "own" if actor.works_at(library.pk) else "public"


def _rows(plans: list[PlanLine], library: Library) -> list[Node]:
    """Plans with their rows; each row with its activities."""
    nodes = []
    here = reverse("replication:cascade_library", args=[library.code])
    for plan in plans:
        url = reverse("plans:plan", args=[library.code, plan.id])
        node = Node(plan.title, _("%(done)s of %(all)s rows done") % {
            "done": sum(step.state == "done" for step in plan.steps), "all": len(plan.steps)}, url)
        for step in plan.steps[:MOST]:
            row = Node(f"{step.number}. {step.what}", _state(step.state), url)
            for one in step.activities:
                row.children.append(Node(one.title, _count(one.people, PEOPLE), f"{here}#rencana", [
                    Node(_("Outcome"), one.brought.short, f"{here}#hasil", [
                        Node(_("Stories"), str(one.stories), f"{here}#cerita")])]))
            node.children.append(row)
        if plan.steps[MOST:]:
            node.children.append(Node(_count(len(plan.steps) - MOST, MORE), "", url, is_rest=True))
        nodes.append(node)
    return nodes


def _state(state: str) -> str:
    from simpul.plans.models import Step
    return str(Step.State(state).label)
