"""What it brought: tests, feedback, plans, certificates."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.certificates.models import Batch
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.surveys.forms import KeyForm as SheetForm
from simpul.training.actions import answer_test, set_test_key, settle, unwaive, void_sheet, waive
from simpul.training.forms import KeyForm, ReasonForm
from simpul.training.models import Participant, Sheet, Workshop
from simpul.training.queries import lessons_of, plans_of, standings
from simpul.training.results import feedback_of, gains_of, items_of, version_of
from simpul.training.views.pages import at, do, form_page, helper_page, participant_of, workshop_page
from simpul.training.wording import missing_words

PAGE = 20


def _everybody(workshop: Workshop) -> list[Participant]:
    rows = list(workshop.participants.filter(state=Participant.State.CONFIRMED).select_related("library").order_by(
        "name_key", "pk"))
    for one in rows:
        one.workshop = workshop
    return rows


@require_safe
@helper_page
def tests(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Before and after: all, item by item, person by person; then what was said of each lesson."""
    found = standings(workshop, _everybody(workshop))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "training/tests.html", {
        "workshop": workshop, "gains": gains_of(found), "items": items_of(workshop), "page": page,
        "lines": [(one, _percent(one.gain)) for one in page], "feedback": feedback_of(workshop, lessons_of(workshop)),
        "gain_percent": _percent(gains_of(found).gain)})


def _percent(gain: float | None) -> int | None:
    return None if gain is None else round(100 * gain)


@helper_page
def sheet(request: HttpRequest, workshop: Workshop, participant: UUID, moment: str) -> HttpResponse:
    """Somebody's paper sheet, typed: numbers, tabulator, Enter."""
    row, version = participant_of(workshop, participant), version_of(workshop)
    if version is None or moment not in Sheet.Moment.values:
        raise Http404
    form = SheetForm(request.POST or None, questions=list(version.questions.all()))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: answer_test(
            participant=row, moment=moment, answers=form.answers, from_paper=True, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
            id=form.change_id))
        if done is not None:
            say(request, _("Entered: %(points)s of %(items)s.") % {"points": done.points, "items": done.items},
                undo=at(workshop, "sheet_void", row.pk, moment))
            return redirect(at(workshop, "tests"))
    return render(request, "training/sheet.html", {
        "workshop": workshop, "participant": row, "moment": Sheet.Moment(moment).label, "form": form},
        status=422 if form.errors else 200)


@require_POST
@workshop_page
def sheet_void(request: HttpRequest, workshop: Workshop, participant: UUID, moment: str) -> HttpResponse:
    row = participant_of(workshop, participant)
    return do(request, lambda: void_sheet(
        participant=row, moment=moment[:6], by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
        _("Taken out."), at(workshop, "tests"))


@workshop_page
def key(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    version = version_of(workshop)
    if version is None:
        raise Http404
    form = KeyForm(request.POST or None, questions=list(version.questions.all()), key=workshop.test_key)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: set_test_key(
            workshop=workshop, key=form.key, by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done is not None:
            say(request, _("Saved. Sheets are marked anew."))
            return redirect(at(workshop, "tests"))
    return form_page(request, form, heading=_("Right answers"), button=_("Save"), back=at(workshop, "tests"), lead=_(
        "The items themselves are changed in the survey builder of the host; here only which answer is right."))


@require_safe
@helper_page
def plans(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Each library that came, with its plan or without."""
    found = plans_of(workshop)
    libraries = {one.library_id: one.library for one in _everybody(workshop)}
    lines = sorted(((library, found.get(key)) for key, library in libraries.items()), key=lambda line: (
        line[1] is not None and not line[1].is_draft, line[0].name))
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    return render(request, "training/plans.html", {
        "workshop": workshop, "page": page, "all": len(lines), "handed_in": sum(not one.is_draft for one in found.values())})


@require_safe
@workshop_page
def certificates(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """By the rule: who has earned what, and what is missing."""
    found = standings(workshop, _everybody(workshop))
    order = {"attendance": 0, "absent": 1, "certificate": 2}
    found.sort(key=lambda one: (order[one.outcome], one.participant.name_key))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    counts = {name: sum(one.outcome == name for one in found) for name in order}
    today = clock.local_date(clock.now(), workshop.library.time_zone)
    return render(request, "training/certificates.html", {
        "workshop": workshop, "page": page, "lines": [(one, missing_words(one)) for one in page], "counts": counts,
        "all": len(found), "batch": Batch.objects.filter(source=workshop.origin).first(),
        "may_settle": bool(workshop.gathering.last_on and today >= workshop.gathering.last_on) and bool(found)})


@require_POST
@workshop_page
def settle_now(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    done: list[Batch] = []
    answer = do(request, lambda: done.append(settle(
        workshop=workshop, by=request.actor, at=clock.now(), id=change_id_of(request.POST))),  # type: ignore[attr-defined]
        _("Prepared. Look at the names, then issue them."), at(workshop, "certificates"))
    return redirect("certificates:batch", done[0].pk) if done else answer


@workshop_page
def waive_one(request: HttpRequest, workshop: Workshop, participant: UUID) -> HttpResponse:
    row = participant_of(workshop, participant)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: waive(
            participant=row, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done is not None:
            say(request, _("Waived; the reason stays readable."), undo=at(workshop, "unwaive", row.pk))
            return redirect(at(workshop, "certificates"))
    (standing,) = standings(workshop, [row])
    return form_page(request, form, heading=_("Waive the rule for %(name)s") % {"name": row.name}, button=_("Waive"),
                     back=at(workshop, "certificates"), lead=_("Missing: %(what)s.") % {"what": missing_words(standing) or "–"})


@require_POST
@workshop_page
def unwaive_one(request: HttpRequest, workshop: Workshop, participant: UUID) -> HttpResponse:
    row = participant_of(workshop, participant)
    return do(request, lambda: unwaive(participant=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
              _("Taken back."), at(workshop, "certificates"))
