"""A library's page: its invitations, whom it names, its plan."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page
from simpul.training.actions import decline_invitation, decline_participant, name_participant
from simpul.training.forms import DeclineForm, PersonForm
from simpul.training.models import Invitation, Participant
from simpul.training.permissions import can_name
from simpul.training.queries import baseline_told, plans_of, trained
from simpul.training.views.coming import _message as message_of
from simpul.training.views.coming import baseline_address, substitute
from simpul.training.views.pages import do, form_page, outside
from simpul.training.wording import days_words, participant_text

SHOWN = 10  # the latest workshops


@require_safe
@library_page(can_name)
def nominate(request: HttpRequest, library: Library) -> HttpResponse:
    """Every workshop this library was asked to, the newest first."""
    rows = list(Invitation.objects.filter(library=library).exclude(workshop__gathering__state="draft").select_related(
        "workshop__gathering", "workshop__library", "workshop__baseline", "library").order_by(
        "-workshop__gathering__first_on")[:SHOWN])
    people: dict[UUID, list[Participant]] = {}
    for one in Participant.objects.filter(library=library, workshop__in=[row.workshop_id for row in rows]).exclude(
            state=Participant.State.REPLACED).select_related(
            "registration", "library", "workshop__gathering", "workshop__library"):
        people.setdefault(one.workshop_id, []).append(one)
    now = clock.now()
    lines = []
    for row in rows:
        workshop = row.workshop
        told = bool(baseline_told(workshop, [row.pk]))
        team = [(one, message_of(one, workshop, participant_text(one, workshop, outside(request, one.get_absolute_url()))))
                for one in people.get(workshop.pk, [])]
        first = workshop.gathering.first_on
        lines.append({
            "invitation": row, "workshop": workshop, "days": days_words(workshop), "team": team,
            "baseline": "" if told else baseline_address(request, workshop, row), "told": told,
            "plan": plans_of(workshop).get(library.pk),
            "is_ahead": bool(first and clock.local_date(now, library.time_zone) <= first) and not workshop.gathering.is_cancelled,
            "free": max(0, row.quota - sum(one.is_current for one, _link in team))})
    done = trained(libraries=[library.pk])
    return render(request, "training/nominate.html", {
        "library": library, "lines": lines, "people": len(done), "jp": sum(one.jp for one in done)})


def _invitation(library: Library, id: UUID) -> Invitation:
    row = Invitation.objects.select_related("workshop__gathering", "workshop__library", "library").filter(
        library=library, pk=id).exclude(workshop__gathering__state="draft").first()
    if row is None:
        raise Http404
    return row


@library_page(can_name)
def name(request: HttpRequest, library: Library, invitation: UUID) -> HttpResponse:
    row, form = _invitation(library, invitation), PersonForm(request.POST or None)
    back = reverse("training:nominate", args=[library.code])
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "phone", "role", "sex")}
        done = form.attempt(lambda: name_participant(
            workshop=row.workshop, library=library, by=request.actor, at=clock.now(), id=form.change_id, **told))  # type: ignore[attr-defined]
        if done is not None:
            say(request, _("Named. Send her the link to confirm."))
            return redirect(back)
    return form_page(request, form, heading=_("Name somebody"), button=_("Name her"), back=back, lead=row.workshop.title)


@library_page(can_name)
def decline(request: HttpRequest, library: Library, invitation: UUID) -> HttpResponse:
    row, form = _invitation(library, invitation), DeclineForm(request.POST or None)
    back = reverse("training:nominate", args=[library.code])
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: decline_invitation(
            workshop=row.workshop, library=library, because=form.cleaned_data["because"], by=request.actor,  # type: ignore[attr-defined]
            at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Written down. You may still name somebody while there is time."))
            return redirect(back)
    return form_page(request, form, heading=_("Nobody comes this time"), button=_("Write down"), back=back,
                     lead=row.workshop.title)


def _participant(library: Library, id: UUID) -> Participant:
    row = Participant.objects.select_related("workshop__gathering", "workshop__library", "library", "registration").filter(
        library=library, pk=id).first()
    if row is None:
        raise Http404
    return row


@library_page(can_name)
def replace(request: HttpRequest, library: Library, participant: UUID) -> HttpResponse:
    return substitute(request, _participant(library, participant), reverse("training:nominate", args=[library.code]))


@require_POST
@library_page(can_name)
def take_back(request: HttpRequest, library: Library, participant: UUID) -> HttpResponse:
    row = _participant(library, participant)
    return do(request, lambda: decline_participant(
        participant=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
        _("Written down: she does not come."), reverse("training:nominate", args=[library.code]))
