"""Who comes: invitations and participants."""

from urllib.parse import quote
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.training.actions import (
    come_back,
    confirm_participant,
    decline_participant,
    go_home,
    invite_libraries,
    mark_invitation_told,
    mark_participant_told,
    name_participant,
    set_quota,
    substitute_participant,
)
from simpul.training.forms import OfficePersonForm, PersonForm, QuotaForm, uuids_of
from simpul.training.models import Invitation, Participant, Workshop
from simpul.training.queries import invitation_lines, is_over, priorities, same_people
from simpul.training.views.pages import at, do, form_page, outside, participant_of, workshop_page
from simpul.training.wording import days_words, invitation_text, participant_text

PAGE = 20
FIRST = 20  # libraries that one tap invites
FILTERS = ("", "menunggu", "belum", "ganda")


@require_safe
@workshop_page
def invitations(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Who was asked and what became of it; below, who should be asked next and why."""
    rows = workshop.invitations.select_related("library").order_by("library__name")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [(line, whatsapp_link(line.invitation.library.phone, _invitation_text(request, workshop, line.invitation)))
             for line in invitation_lines(workshop, list(page))]
    ahead = priorities(workshop)
    return render(request, "training/invitations.html", {
        "workshop": workshop, "gathering": workshop.gathering, "page": page, "lines": lines,
        "ahead": [] if is_over(workshop, clock.now()) else ahead[:FIRST],
        "more": max(0, len(ahead) - FIRST), "days": days_words(workshop)})


def _invitation_text(request: HttpRequest, workshop: Workshop, row: Invitation) -> str:
    return invitation_text(row, workshop, outside(request, reverse("training:nominate", args=[row.library.code])),
                           baseline_address(request, workshop, row))


def baseline_address(request: HttpRequest, workshop: Workshop, row: Invitation) -> str:
    """Where a library tells how it stands; the answer carries the invitation, not who answered."""
    if workshop.baseline is None:
        return ""
    return outside(request, f"{reverse('surveys:fill', args=[workshop.baseline.code])}?tentang={row.pk}")


@require_POST
@workshop_page
def invite(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """The first of the list, or those that are ticked."""
    ids = uuids_of(request.POST.getlist("perpustakaan"))
    if request.POST.get("pertama"):
        ids = [one.library.pk for one in priorities(workshop)[:FIRST]]

    def invite_them() -> None:
        n = invite_libraries(workshop=workshop, libraries=ids, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                             id=change_id_of(request.POST))
        say(request, ngettext("One library is invited. Send it the message.",
                              "%(n)d libraries are invited. Send them the message.", n) % {"n": n})

    return do(request, invite_them, "", at(workshop, "invitations"))


@require_POST
@workshop_page
def invitation_told(request: HttpRequest, workshop: Workshop, invitation: UUID) -> HttpResponse:
    return do(request, lambda: mark_invitation_told(
        workshop=workshop, invitation_id=invitation, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
        _("Marked as sent."), at(workshop, "invitations"))


@workshop_page
def quota(request: HttpRequest, workshop: Workshop, invitation: UUID) -> HttpResponse:
    row = workshop.invitations.select_related("library").filter(pk=invitation).first()
    if row is None:
        raise Http404
    form = QuotaForm(request.POST or None, initial={"quota": row.quota})
    if request.method == "POST" and form.is_valid():
        form.attempt(lambda: set_quota(workshop=workshop, invitation_id=row.pk, quota=form.cleaned_data["quota"],
                                       by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if not form.errors:
            return redirect(at(workshop, "invitations"))
    return form_page(request, form, heading=row.library.name, lead=_("How many people may it send?"), button=_("Save"),
                     back=at(workshop, "invitations"))


@require_safe
@workshop_page
def people(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Participants; `tampil=menunggu` (waiting list), `belum` (not confirmed), `ganda` (named by two libraries)."""
    rows = workshop.participants.select_related("library", "registration", "replaces").exclude(
        state=Participant.State.REPLACED).order_by("library__name", "name_key", "pk")
    everybody = list(rows)
    double = same_people(everybody)
    shown = request.GET.get("tampil", "")
    shown = shown if shown in FILTERS else ""
    keep = {"": lambda one: True, "menunggu": lambda one: one.waits, "belum": lambda one: one.state == "named",
            "ganda": lambda one: one.pk in double}[shown]
    page = Paginator([one for one in everybody if keep(one)], PAGE).get_page(request.GET.get("page"))
    lines = []
    for one in page:
        one.workshop = workshop
        text = participant_text(one, workshop, outside(request, one.get_absolute_url()))
        lines.append((one, double.get(one.pk, []), _message(one, workshop, text)))
    return render(request, "training/people.html", {
        "workshop": workshop, "page": page, "lines": lines, "shown": shown, "days": days_words(workshop),
        "filters": [("", _("All")), ("belum", _("Not confirmed")), ("menunggu", _("Waiting list")),
                    ("ganda", _("Named twice"))],
        "counts": {"all": len(everybody), "in": sum(one.has_place for one in everybody),
                   "waiting": sum(one.waits for one in everybody), "double": len(double)}})


def _message(one: Participant, workshop: Workshop, text: str) -> str:
    if one.phone:
        return whatsapp_link(one.phone, text)
    return f"mailto:{one.email}?subject={quote(workshop.title)}&body={quote(text)}"


@workshop_page
def person_new(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = OfficePersonForm(request.POST or None, workshop=workshop)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = form.attempt(lambda: name_participant(
            workshop=workshop, library=told["library"], name=told["name"], phone=told["phone"], role=told["role"],
            sex=told["sex"], by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done is not None:
            say(request, _("Named. Send her the link to confirm."))
            return redirect(at(workshop, "people"))
    return form_page(request, form, heading=_("Name somebody"), button=_("Name her"), back=at(workshop, "people"),
                     lead=workshop.title)


@workshop_page
def replace(request: HttpRequest, workshop: Workshop, participant: UUID) -> HttpResponse:
    return substitute(request, participant_of(workshop, participant), at(workshop, "people"))


def substitute(request: HttpRequest, row: Participant, back: str) -> HttpResponse:
    """Somebody else in her place; the office's and the library's page."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "phone", "role", "sex")}
        done = form.attempt(lambda: substitute_participant(
            participant=row, by=request.actor, at=clock.now(), id=form.change_id, **told))  # type: ignore[attr-defined]
        if done is not None:
            say(request, _("Replaced. The place is kept."))
            return redirect(back)
    return form_page(request, form, heading=_("Somebody else for %(name)s") % {"name": row.name}, button=_("Replace"),
                     back=back, lead=_("The place stays with the library, before anybody who waits."))


def _one(action: str) -> object:
    return {"confirm": confirm_participant, "decline": decline_participant, "told": mark_participant_told,
            "home": go_home, "back": come_back}[action]


@require_POST
@workshop_page
def person_do(request: HttpRequest, workshop: Workshop, participant: UUID, action: str) -> HttpResponse:
    """One tap about one participant."""
    row = participant_of(workshop, participant)
    said = {"confirm": _("Confirmed."), "decline": _("Written down: she does not come."), "told": _("Marked as told."),
            "home": _("Written down: she went home."), "back": _("Written down: she is back.")}[action]
    return do(request, lambda: _one(action)(  # type: ignore[operator]
        participant=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), said,  # type: ignore[attr-defined]
        at(workshop, "people"))
