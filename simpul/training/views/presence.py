"""Who is there: the code on the screen, ticks by name, the signed list of a day."""

from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.training.actions import enter_paper, tick_present, untick
from simpul.training.forms import uuids_of
from simpul.training.models import Lesson, Participant, Presence, Workshop
from simpul.training.tokens import WINDOW, screen_code
from simpul.training.views.pages import at, do, helper_page, lesson_of, outside, participant_of

LATE = (0, 15, 30, 45)


@require_safe
@helper_page
def lesson(request: HttpRequest, workshop: Workshop, lesson: UUID) -> HttpResponse:
    """Names to tick, with how late."""
    row = lesson_of(workshop, lesson)
    people = workshop.participants.current().select_related("library").order_by("name_key", "pk")  # type: ignore[attr-defined]
    marks = {one.participant_id: one for one in row.presence.valid()}
    lines = [(one, marks.get(one.pk)) for one in people]
    return render(request, "training/lesson.html", {
        "workshop": workshop, "lesson": row, "lines": lines, "present": len(marks), "late": LATE})


@require_POST
@helper_page
def tick(request: HttpRequest, workshop: Workshop, lesson: UUID, participant: UUID) -> HttpResponse:
    row, who = lesson_of(workshop, lesson), participant_of(workshop, participant)
    text = request.POST.get("terlambat", "0")
    late = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return do(request, lambda: tick_present(
        lesson=row, participant=who, late=late, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), "",  # type: ignore[attr-defined]
        f"{at(workshop, 'lesson', row.pk)}#p-{who.pk}")


@require_POST
@helper_page
def untick_one(request: HttpRequest, workshop: Workshop, lesson: UUID, participant: UUID) -> HttpResponse:
    row, who = lesson_of(workshop, lesson), participant_of(workshop, participant)
    return do(request, lambda: untick(
        lesson=row, participant=who, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), "",  # type: ignore[attr-defined]
        f"{at(workshop, 'lesson', row.pk)}#p-{who.pk}")


@require_safe
@helper_page
def screen(request: HttpRequest, workshop: Workshop, lesson: UUID) -> HttpResponse:
    """For the projector: the code of this half minute; it renews itself, with and without JavaScript."""
    row, now = lesson_of(workshop, lesson), clock.now()
    address = outside(request, reverse("training:scan", args=[row.pk, screen_code(row.pk, now)]))
    left = WINDOW - int(now.timestamp()) % WINDOW
    qr = segno.make(address, error="m").svg_inline(omitsize=True, border=3, svgclass="qr", lineclass=None)
    response = render(request, "training/screen.html", {
        "workshop": workshop, "lesson": row, "qr": mark_safe(qr), "left": left,  # noqa: S308 made by us
        "present": Presence.objects.valid().filter(lesson=row).count(),
        "expected": workshop.participants.with_place().count()})  # type: ignore[attr-defined]
    response["Refresh"] = str(left)
    response["Cache-Control"] = "no-store"
    return response


@helper_page
def paper(request: HttpRequest, workshop: Workshop, day: UUID) -> HttpResponse:
    """The signed list of a day, entered afterwards: a tick for each signature."""
    session = workshop.gathering.sessions.select_related("library").filter(pk=day).first()
    if session is None:
        raise Http404
    lessons = list(Lesson.objects.filter(workshop=workshop, day=session, removed_at__isnull=True).exclude(
        kind=Lesson.Kind.BREAK).select_related("day__library"))
    for one in lessons:
        one.workshop = workshop
    people = list(workshop.participants.current().select_related("library").order_by("name_key", "pk"))  # type: ignore[attr-defined]
    if request.method == "POST":
        chosen = set(uuids_of(request.POST.getlist("hadir")))
        signed = [one for one in people if one.pk in chosen]

        def enter() -> None:
            n = enter_paper(day=session, lessons=lessons, participants=signed, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                            id=change_id_of(request.POST))
            say(request, ngettext("One person is entered.", "%(n)d people are entered.", n) % {"n": n})

        return do(request, enter, "", at(workshop))
    there = set(Presence.objects.valid().filter(lesson__in=lessons).values_list("participant", flat=True))
    return render(request, "training/paper.html", {
        "workshop": workshop, "day": session, "lessons": lessons, "lines": [(one, one.pk in there) for one in people]})


def coming(workshop: Workshop) -> list[Participant]:
    """Those with a place, by name."""
    return list(workshop.participants.with_place().select_related("library").order_by("name_key", "pk"))  # type: ignore[attr-defined]
