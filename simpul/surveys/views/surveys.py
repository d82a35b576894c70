"""A library's surveys: the list, what they say, on paper and from paper."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page, works_at
from simpul.surveys.actions import answer_survey, pass_answer_on, void_response
from simpul.surveys.forms import KeyForm
from simpul.surveys.models import Invitation, Response, Survey, Version
from simpul.surveys.permissions import can_ask, can_enter
from simpul.surveys.queries import SMALL
from simpul.surveys.results import csv_of_counts, csv_of_rows, outcomes_of, results_of
from simpul.surveys.views.fill import about_of
from simpul.surveys.views.pages import outside, qr, today

PAGE = 20


@require_safe
@library_page(counts)
def surveys(request: HttpRequest, library: Library) -> HttpResponse:
    """All surveys, those that are open first."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Survey.objects.filter(library=library).annotate(
        n=Count("versions__responses", filter=Q(versions__responses__voided_at__isnull=True), distinct=True),
        published=Count("versions", filter=Q(versions__published_at__isnull=False), distinct=True))
    page = Paginator(rows.order_by("closed_at", "-recorded_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    is_own, day = can_enter(actor, library.pk), today(library)
    return render(request, "surveys/list.html", {
        "library": library, "page": page, "is_own": is_own, "can_ask": can_ask(actor, library.pk),
        "rows": [(row, row.n if is_own or row.n >= SMALL else None, _state(row, day)) for row in page],
        "due": Invitation.objects.visible_to(actor).filter(survey__library=library).due_by(day).count() if is_own else 0})


def _state(survey: Survey, day: object) -> str:
    if not survey.published:  # type: ignore[attr-defined]
        return "draft"
    return "open" if survey.is_open(day) else "closed"  # type: ignore[arg-type]


def survey_of(library: Library, id: UUID) -> Survey:
    row = Survey.objects.filter(library=library, pk=id).first()
    if row is None:
        raise Http404
    row.library = library
    return row


def version_of(request: HttpRequest, survey: Survey) -> Version | None:
    """The version in the address (`?versi=2`), or the newest that is published."""
    rows = survey.versions.filter(published_at__isnull=False).order_by("-number")
    asked = request.GET.get("versi", "")
    found = rows.filter(number=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 5 else rows.first()
    if found is not None:
        found.survey = survey
    return found


@require_safe
@library_page(counts)
def survey(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """What the answers say. A survey that was never published is opened in the builder."""
    row, actor = survey_of(library, id), request.actor  # type: ignore[attr-defined]
    version = version_of(request, row)
    if version is None:
        if can_ask(actor, library.pk):
            return redirect("surveys:build", code=library.code, id=row.pk)
        raise Http404
    is_own, address = can_enter(actor, library.pk), outside(request, reverse("surveys:fill", args=[row.code]))
    return render(request, "surveys/results.html", {
        "library": library, "survey": row, "version": version, "is_own": is_own, "can_ask": can_ask(actor, library.pk),
        "results": results_of(version, is_outsider=not is_own),
        "outcomes": outcomes_of(row, is_outsider=not is_own), "address": address, "is_open": row.is_open(today(library)),
        "versions": list(row.versions.filter(published_at__isnull=False)),
        "has_draft": row.versions.filter(published_at__isnull=True).exists()})


@require_safe
@library_page(counts)
def export(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """CSV: every sheet for own staff; for everybody else counts without free text and without small groups."""
    row = survey_of(library, id)
    version = version_of(request, row)
    if version is None:
        raise Http404
    is_own = can_enter(request.actor, library.pk)  # type: ignore[attr-defined]
    text = csv_of_rows(version) if is_own else csv_of_counts(results_of(version, is_outsider=True))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="survei-{version.code}.csv"'
    return response


@require_safe
@library_page(works_at)
def paper(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """The sheet to print, A4, with the code of its version."""
    row = survey_of(library, id)
    version = version_of(request, row)
    if version is None:
        raise Http404
    address = outside(request, reverse("surveys:fill", args=[row.code]))
    return render(request, "surveys/paper.html", {
        "library": library, "survey": row, "version": version, "questions": version.questions.all(), "code": qr(address),
        "address": address})


@require_safe
@library_page(works_at)
def poster(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = survey_of(library, id)
    if version_of(request, row) is None or row.is_by_invitation:
        raise Http404
    address = outside(request, reverse("surveys:fill", args=[row.code]))
    return render(request, "surveys/poster.html", {
        "library": library, "survey": row, "address": address, "code": qr(address)})


@library_page(works_at)
def enter(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Sheets from paper, one after another: numbers, tabulator, Enter."""
    row = survey_of(library, id)
    version = version_of(request, row)
    if version is None:
        raise Http404
    form = KeyForm(request.POST or None, questions=list(version.questions.all()))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: answer_survey(
            version=version, answers=form.answers, channel=Response.Channel.PAPER, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
            about_id=about_of(request.GET.get("tentang", "")), id=form.change_id))
        if done:
            say(request, _("Entered. The next sheet."), undo=reverse("surveys:void", args=[library.code, row.pk, done.pk]))
            about = about_of(request.GET.get("tentang", ""))
            rest = f"&tentang={about}" if about else ""
            return redirect(f"{reverse('surveys:enter', args=[library.code, row.pk])}?versi={version.number}{rest}")
    return render(request, "surveys/enter.html", {
        "library": library, "survey": row, "version": version, "form": form,
        "n": Response.objects.filter(version=version, channel=Response.Channel.PAPER, voided_at__isnull=True).count()},
        status=422 if form.errors else 200)


@require_POST
@library_page(works_at)
def void(request: HttpRequest, library: Library, id: UUID, response: UUID) -> HttpResponse:
    """Undo: the sheet just entered no longer counts."""
    row = Response.objects.select_related("version__survey").filter(
        library=library, version__survey=id, pk=response).first()
    if row is None:
        raise Http404
    void_response(response=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST))  # type: ignore[attr-defined]
    say(request, _("Taken out."))
    return redirect(f"{reverse('surveys:enter', args=[library.code, id])}?versi={row.version.number}")


@require_POST
@library_page(works_at)
def answer_safety(request: HttpRequest, library: Library, id: UUID, response: UUID) -> HttpResponse:
    """Hand words that disclose harm to the safeguarding person; they leave the answers for good."""
    row = Response.objects.filter(library=library, version__survey=id, pk=response).first()
    if row is None:
        raise Http404
    try:
        pass_answer_on(response_id=row.pk, key=request.POST.get("key", "")[:40], by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                       id=change_id_of(request.POST))
    except Refusal as refusal:
        say(request, refusal, level=40)
    else:
        say(request, _("Passed on. Only the safeguarding person reads it now."))
    return redirect("surveys:survey", code=library.code, id=id)
