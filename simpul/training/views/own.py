"""A participant's own page by her link: come, be present, test, plan, certificate. No account."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.certificates.models import Certificate
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.core.secrets import fingerprint, new_token
from simpul.plans.actions import add_step, hand_in_plan, remove_step
from simpul.plans.forms import StepForm
from simpul.surveys.forms import FillForm
from simpul.training.actions import (
    answer_test,
    be_present,
    begin_plan,
    confirm_participant,
    decline_participant,
    give_feedback,
    is_test_open,
    need_earned,
)
from simpul.training.forms import FlipChartForm
from simpul.training.models import Lesson, Participant, Sheet
from simpul.training.permissions import own_link
from simpul.training.queries import (
    lessons_of,
    participant_by_token,
    plans_of,
    present_lessons,
    standings,
)
from simpul.training.results import newest, version_of
from simpul.training.tokens import entrance, is_fresh, participant_token
from simpul.training.views.pages import do, form_page
from simpul.training.wording import days_words

KNOWN, BROWSER = "bimtek_peserta", "bimtek_peramban"
A_MONTH = 31 * 24 * 3600
ASKED = timedelta(days=14)  # after that nobody remembers a lesson


def own_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turns the address's secret into `participant`; guessed ones find nothing."""

    @wraps(view)
    def page(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        row = participant_by_token(token)
        if row is None or row.state == Participant.State.REPLACED:
            raise Http404
        response = view(request, participant=row, token=token, **rest)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "same-origin"
        return response

    return page


@require_safe
@own_page
def own(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Everything of hers, the next thing first."""
    workshop, now = participant.workshop, clock.now()
    today = clock.local_date(now, workshop.library.time_zone)
    lessons, marks = lessons_of(workshop), present_lessons(participant)
    (standing,) = standings(workshop, [participant])
    plan = plans_of(workshop).get(participant.library_id)
    version = version_of(workshop)
    certificate = Certificate.objects.given().filter(source=participant.reference).exclude(name="").first()
    is_coming = participant.state == Participant.State.CONFIRMED
    tests = [(moment, label, sheet, is_coming and version is not None and is_test_open(workshop, moment, now))
             for moment, label, sheet in ((Sheet.Moment.BEFORE.value, _("Pre-test"), standing.before),
                                          (Sheet.Moment.AFTER.value, _("Post-test"), standing.after))]
    last = workshop.gathering.last_on
    asks = workshop.feedback_id is not None and last is not None and today <= last + ASKED
    days: dict[Any, list[Any]] = {}
    for one in lessons:
        days.setdefault(one.day.local_date, []).append(
            (one, marks.get(one.pk), asks and one.counts and one.pk in marks))
    response = render(request, "training/own.html", {
        "participant": participant, "workshop": workshop, "gathering": workshop.gathering, "token": token, "days": days.items(),
        "dates": days_words(workshop), "standing": standing, "plan": plan, "tests": tests if version else [],
        "certificate": certificate, "is_coming": is_coming, "has_begun": bool(lessons) and now >= lessons[0].starts_at,
        "is_late": bool(last and today >= last)})
    remember(request, response, participant)
    return response


def remember(request: HttpRequest, response: HttpResponse, participant: Participant) -> None:
    """This browser is hers from now on: the code on the screen finds her, and one browser is one person."""
    safe = {"httponly": True, "samesite": "Lax", "secure": request.is_secure(), "max_age": A_MONTH}
    response.set_signed_cookie(KNOWN, str(participant.pk), salt=KNOWN, **safe)  # type: ignore[arg-type]
    if not browser_of(request):
        response.set_signed_cookie(BROWSER, new_token(), salt=BROWSER, **safe)  # type: ignore[arg-type]


def browser_of(request: HttpRequest) -> str:
    found = request.get_signed_cookie(BROWSER, default="", salt=BROWSER, max_age=A_MONTH)
    return fingerprint(found) if found else ""


def known(request: HttpRequest) -> Participant | None:
    """Who opened her own link in this browser."""
    found = request.get_signed_cookie(KNOWN, default="", salt=KNOWN, max_age=A_MONTH)
    return participant_by_token(participant_token(UUID(found))) if found else None


@require_POST
@own_page
def comes(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    return do(request, lambda: confirm_participant(
        participant=participant, by=own_link(participant), at=clock.now(), id=change_id_of(request.POST)),
        _("Thank you. It is written down that you come."), reverse("training:own", args=[token]))


@require_POST
@own_page
def cannot(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    return do(request, lambda: decline_participant(
        participant=participant, by=own_link(participant), at=clock.now(), id=change_id_of(request.POST)),
        _("Thank you for telling. Your place goes to somebody who waits."), reverse("training:own", args=[token]))


@require_safe
def scan(request: HttpRequest, lesson: UUID, shown: str) -> HttpResponse:
    """Where the code on the screen leads: fresh, it lets whoever opened her own link here say that she is present."""
    row = Lesson.objects.select_related("workshop__gathering", "day__library").filter(pk=lesson, removed_at__isnull=True).first()
    if row is None:
        raise Http404
    now, who, browser = clock.now(), known(request), browser_of(request)
    fresh = is_fresh(row.pk, shown, now)
    is_hers = who is not None and who.workshop_id == row.workshop_id and bool(browser)
    told = {"lesson": row, "workshop": row.workshop, "is_fresh": fresh, "participant": who if is_hers else None}
    if fresh and is_hers and who is not None:
        told |= {"entrance": entrance(row.pk, who.pk, browser, now), "token": participant_token(who.pk)}
    response = render(request, "training/scan.html", told, status=200 if fresh else 410)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@own_page
def present(request: HttpRequest, participant: Participant, token: str, lesson: UUID) -> HttpResponse:
    row = participant.workshop.lessons.select_related("day__library", "workshop__gathering", "workshop__library").filter(
        pk=lesson).first()
    if row is None:
        raise Http404
    return do(request, lambda: be_present(
        lesson=row, participant=participant, entrance=request.POST.get("masuk", "")[:400], browser=browser_of(request),
        by=own_link(participant), at=clock.now(), id=change_id_of(request.POST)),
        _("You are present."), reverse("training:own", args=[token]))


@own_page
def feedback(request: HttpRequest, participant: Participant, token: str, lesson: UUID) -> HttpResponse:
    """How a lesson was. Once, and not told to be hers."""
    row = participant.workshop.lessons.select_related("workshop__gathering").filter(pk=lesson, removed_at__isnull=True).first()
    version = newest(participant.workshop.feedback_id) if row else None
    if row is None or version is None:
        raise Http404
    form = FillForm(request.POST or None, questions=list(version.questions.all()))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: give_feedback(
            lesson=row, participant=participant, answers=form.answers, by=own_link(participant), at=clock.now(),
            id=form.change_id))
        if done is not None:
            say(request, _("Thank you. Your answer was put among the others, without your name."))
            return redirect("training:own", token)
    return form_page(request, form, heading=row.title, lead=_(
        "Half a minute. Nobody can see which answer is yours; you answer once."), button=_("Send"),
        back=reverse("training:own", args=[token]))


@own_page
def test(request: HttpRequest, participant: Participant, token: str, moment: str) -> HttpResponse:
    version = version_of(participant.workshop)
    if version is None or moment not in Sheet.Moment.values:
        raise Http404
    back = reverse("training:own", args=[token])
    if not is_test_open(participant.workshop, moment, clock.now()) or participant.sheets.filter(
            moment=moment, voided_at__isnull=True).exists():
        say(request, _("This test is not open, or you filled it already."), level=30)
        return redirect(back)
    form = FillForm(request.POST or None, questions=list(version.questions.all()))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: answer_test(
            participant=participant, moment=moment, answers=form.answers, by=own_link(participant), at=clock.now(),
            id=form.change_id))
        if done is not None:
            say(request, _("Thank you: %(points)s of %(items)s.") % {"points": done.points, "items": done.items})
            return redirect(back)
    return form_page(request, form, heading=str(Sheet.Moment(moment).label).capitalize(), lead=version.intro_label,
                     button=_("Send"), back=back)


@own_page
def plan(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """The library's plan, row by row on a phone; the rows of the whole team."""
    workshop, writer = participant.workshop, own_link(participant)
    found = plans_of(workshop).get(participant.library_id)
    if found is None:
        return render(request, "training/plan_begin.html", {
            "participant": participant, "workshop": workshop, "token": token, "form": FlipChartForm()})
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: add_step(
            plan=found, given=form.given, by=writer, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Added."))
            return redirect("training:own_plan", token)
    return render(request, "training/plan.html", {
        "participant": participant, "workshop": workshop, "token": token, "plan": found, "form": form,
        "steps": list(found.steps.standing())}, status=422 if form.errors else 200)  # type: ignore[attr-defined]


@require_POST
@own_page
def plan_begin(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Begin it, or add the photo of what stands on the wall."""
    picture = None
    if request.FILES:
        form = FlipChartForm(request.POST, request.FILES)
        if not form.is_valid():
            return render(request, "training/plan_begin.html", {
                "participant": participant, "workshop": participant.workshop, "token": token, "form": form}, status=422)
        picture = form.cleaned_data["picture"]
    return do(request, lambda: begin_plan(
        participant=participant, flip_chart=picture, by=own_link(participant), at=clock.now(),
        id=change_id_of(request.POST)), _("The photo is attached.") if picture else _("Begun. Now add the first row."),
        reverse("training:own_plan", args=[token]))


@require_POST
@own_page
def plan_hand_in(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    found = plans_of(participant.workshop).get(participant.library_id)
    if found is None:
        raise Http404
    return do(request, lambda: hand_in_plan(
        plan=found, by=own_link(participant), at=clock.now(), id=change_id_of(request.POST)),
        _("Handed in. Your library sees it among its plans, with its days."), reverse("training:own_plan", args=[token]))


@require_POST
@own_page
def plan_remove(request: HttpRequest, participant: Participant, token: str, step: UUID) -> HttpResponse:
    found = plans_of(participant.workshop).get(participant.library_id)
    row = found.steps.standing().select_related("plan").filter(pk=step).first() if found else None  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    return do(request, lambda: remove_step(
        step=row, by=own_link(participant), at=clock.now(), id=change_id_of(request.POST)), _("Taken out."),
        reverse("training:own_plan", args=[token]))


@require_safe
@own_page
def certificate(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Her certificate where it was issued; otherwise what is missing."""
    row = Certificate.objects.given().filter(source=participant.reference).exclude(name="").first()
    if row is not None:
        return redirect("certificates:own", token=row.own_token)
    (standing,) = standings(participant.workshop, [participant])
    try:
        need_earned(standing)
        text = _("You have earned it. It appears here as soon as the office has issued it.")
    except Refusal as refusal:
        text = str(refusal)
    say(request, text, level=30)
    return redirect("training:own", token)
