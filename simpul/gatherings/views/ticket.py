"""A registrant's own page: her place or her turn, her ticket, and how to give the place back."""

from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.gatherings.actions import come_after_all, complete_registration, excuse, leave_gathering
from simpul.gatherings.actions.outcomes import AFTER, BEFORE
from simpul.gatherings.actions.registering import link_actor
from simpul.gatherings.forms import TellMoreForm
from simpul.gatherings.letters import feedback_path
from simpul.gatherings.models import Attendance, Registration, Session
from simpul.gatherings.queries import ahead_of, registration_by_token
from simpul.surveys.queries import open_ready_code

FIELDS = ("sex", "age_group", "may_follow_up", "wants_no_photo")


def qr(content: str) -> SafeString:
    """A QR code as an SVG of one path: the printer stays sharp, the policy needs no image address."""
    svg = segno.make(content, error="m", micro=False).svg_inline(border=2, scale=4, omitsize=True, svgclass="qr",
                                                                 lineclass=None, light="white")
    return mark_safe(svg)  # noqa: S308 segno wrote it, the content is only drawn


def _registration(token: str) -> Registration:
    registration = registration_by_token(token)
    if registration is None:
        raise Http404
    return registration


@never_cache
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """Shown to whoever holds the link; tells nothing of the others."""
    registration = _registration(token)
    form = TellMoreForm(request.POST or None, initial={name: getattr(registration, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: complete_registration(
            registration=registration, by=link_actor(registration), at=clock.now(), id=form.change_id,
            **{name: form.cleaned_data[name] for name in FIELDS}))
        if done:
            say(request, _("Thank you, this is noted."))
            return redirect("gatherings:ticket", token)
    gathering = registration.gathering
    before, after = _questions(registration)
    return render(request, "gatherings/ticket.html", {
        "registration": registration, "gathering": gathering, "form": form, "token": token,
        "days": _days(registration), "before": before, "after": after,
        "ahead": ahead_of(registration) if registration.state == Registration.State.WAITING else 0,
        "turn": ahead_of(registration) + 1, "whatsapp": whatsapp_link(None, _("My place at “%(title)s”: %(link)s") % {
            "title": gathering.title, "link": request.build_absolute_uri(request.path)}), "qr": qr(registration.code),
        "has_left": registration.state == Registration.State.LEFT,
        "is_excused": registration.state == Registration.State.EXCUSED,
        "waits": registration.state == Registration.State.WAITING}, status=422 if form.errors else 200)


def _days(registration: Registration) -> list[tuple[Session, bool, bool]]:
    """(session, may she excuse herself, has she) for each day."""
    now = clock.now()
    excused = set(Attendance.objects.valid().filter(
        registration=registration, state=Attendance.State.EXCUSED).values_list("session", flat=True))
    is_on = registration.gathering.is_published and registration.state != Registration.State.LEFT
    return [(one, is_on and one.cancelled_at is None and one.starts_at > now, one.pk in excused)
            for one in registration.gathering.sessions.select_related("library")]


def _questions(registration: Registration) -> tuple[str, str]:
    """(path of the four questions before, of those after), "" where it is not the time."""
    gathering = registration.gathering
    if not gathering.asks_outcomes or gathering.is_cancelled or registration.state == Registration.State.LEFT:
        return "", ""
    first = gathering.sessions.filter(cancelled_at__isnull=True).order_by("starts_at").first()
    is_before = first is not None and clock.now() < first.starts_at
    code = open_ready_code(gathering.library_id, BEFORE if is_before else AFTER)
    path = feedback_path(gathering, code) if code else ""
    return (path, "") if is_before else ("", path)


def _session(registration: Registration, id: UUID) -> Session:
    found = registration.gathering.sessions.filter(pk=id).first()
    if found is None:
        raise Http404
    return found


@require_POST
def excused(request: HttpRequest, token: str, session: UUID) -> HttpResponse:
    """"I cannot come": her place is free, her name stands on the list as excused."""
    registration = _registration(token)
    try:
        excuse(registration=registration, session=_session(registration, session), by=link_actor(registration),
               at=clock.now(), id=change_id_of(request.POST))
        say(request, _("Thank you for telling. You are excused."),
            undo=reverse("gatherings:comes", args=[token, session]))
    except Refusal as refusal:
        say(request, str(refusal))
    return redirect("gatherings:ticket", token)


@require_POST
def comes(request: HttpRequest, token: str, session: UUID) -> HttpResponse:
    registration = _registration(token)
    try:
        row = come_after_all(registration=registration, session=_session(registration, session),
                             by=link_actor(registration), at=clock.now(), id=change_id_of(request.POST))
        say(request, _("Good, you come after all.") if row.state == Registration.State.IN else
            _("Your place was given away meanwhile. You are on the waiting list."))
    except Refusal as refusal:
        say(request, str(refusal))
    return redirect("gatherings:ticket", token)


@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    registration = _registration(token)
    try:
        leave_gathering(registration=registration, by=link_actor(registration), at=clock.now(),
                        id=change_id_of(request.POST))
        say(request, _("The place is free again. Thank you for telling; your name and number are deleted."))
    except Refusal as refusal:
        say(request, str(refusal))
    return redirect("gatherings:ticket", token)
