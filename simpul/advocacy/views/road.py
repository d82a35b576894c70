"""The yearly road of a library and its two-page proposal."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.advocacy.actions import begin_proposal, date_step, mark_step, open_step, take_evidence, write_proposal
from simpul.advocacy.figures import receipt
from simpul.advocacy.forms import EvidenceForm, ProposalForm, StepForm
from simpul.advocacy.models import Approach, Proposal
from simpul.advocacy.needs import needs_told
from simpul.advocacy.papers import proposal_pdf
from simpul.advocacy.permissions import can_keep
from simpul.advocacy.queries.road import road_of
from simpul.advocacy.road import BY_KEY, FIRST, LAST, current_year
from simpul.advocacy.views.pages import form_page, today, who
from simpul.core.say import say
from simpul.files.papers import pdf_response
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page, works_at


@require_safe
@library_page(counts)
def now(request: HttpRequest, library: Library) -> HttpResponse:
    """The road that one works on today."""
    return redirect("advocacy:road", code=library.code, year=current_year(today(library)))


def checked(year: int) -> int:
    if not FIRST <= year <= LAST:
        raise Http404
    return year


@require_safe
@library_page(counts)
def road(request: HttpRequest, library: Library, year: int) -> HttpResponse:
    """The steps of a year by their days, the proposal, the approaches that belong to it."""
    steps = road_of(library.pk, checked(year), today(library))
    return render(request, "advocacy/road.html", {
        "library": library, "year": year, "steps": steps, "done": sum(one.done_on is not None for one in steps),
        "next": next((one for one in steps if one.done_on is None and one.days_left >= -60), None),
        "is_own": can_keep(request.actor, library.pk),  # type: ignore[attr-defined]
        "proposal": Proposal.objects.filter(library=library, year=year).first(), "earlier": year - 1 if year > FIRST else None,
        "later": year + 1 if year < LAST else None,
        "approaches": Approach.objects.filter(library=library, road_year=year).order_by("-moved_at")[:20]})


def _step(key: str) -> str:
    if key not in BY_KEY:
        raise Http404
    return key


@require_POST
@library_page(works_at)
def done(request: HttpRequest, library: Library, year: int, step: str) -> HttpResponse:
    mark_step(library=library, year=checked(year), step=_step(step), on=today(library), **who(request))
    say(request, _("Done: %(step)s.") % {"step": BY_KEY[step].label},
        undo=reverse("advocacy:step_open", args=[library.code, year, step]))
    return redirect("advocacy:road", code=library.code, year=year)


@require_POST
@library_page(works_at)
def open_again(request: HttpRequest, library: Library, year: int, step: str) -> HttpResponse:
    open_step(library=library, year=checked(year), step=_step(step), **who(request))
    say(request, _("Open again."))
    return redirect("advocacy:road", code=library.code, year=year)


@library_page(works_at)
def dated(request: HttpRequest, library: Library, year: int, step: str) -> HttpResponse:
    """This library's own day for a step; empty: the city's."""
    here = next(one for one in road_of(library.pk, checked(year), today(library)) if one.milestone.key == _step(step))
    form = StepForm(request.POST or None, initial={"on": here.due_on})
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: date_step(
            library=library, year=year, step=step, on=form.cleaned_data["on"], **who(request, form.change_id))):
        say(request, _("The day is set."))
        return redirect("advocacy:road", code=library.code, year=year)
    return form_page(request, form, title=here.milestone.label, library=library, button=_("Keep"),
                     lead=_("Invited for another day? Write it here; empty means the city's day."),
                     back=reverse("advocacy:road", args=[library.code, year]))


@require_POST
@library_page(works_at)
def begin(request: HttpRequest, library: Library, year: int) -> HttpResponse:
    """A first draft from the library's own records."""
    begin_proposal(library=library, year=checked(year), **who(request))
    say(request, _("A draft from your own figures. Read it, rewrite it, print it."))
    return redirect("advocacy:proposal", code=library.code, year=year)


def proposal_of(library: Library, year: int) -> Proposal:
    row = Proposal.objects.filter(library=library, year=checked(year)).first()
    if row is None:
        raise Http404
    row.library = library
    return row


@library_page(works_at)
def proposal(request: HttpRequest, library: Library, year: int) -> HttpResponse:
    """Write the texts and the budget; figures are taken from the records beside it."""
    row, day = proposal_of(library, year), today(library)
    form = ProposalForm(request.POST or None, proposal=row)
    if request.method == "POST" and form.is_valid() and form.attempt(
            lambda: write_proposal(proposal=row, texts=form.texts, budget=form.budget, **who(request, form.change_id))):
        say(request, _("Kept. It is ready to be printed."))
        return redirect("advocacy:proposal", code=library.code, year=year)
    first = day - timedelta(days=364)
    return render(request, "advocacy/proposal.html", {
        "library": library, "year": year, "proposal": row, "form": form,
        "evidence": [(one, receipt(library, one.measure, one.from_on, one.until_on)) for one in row.evidence.all()],
        "needs": needs_told(library, first, day), "evidence_form": EvidenceForm(initial={"first": first, "last": day}),
    }, status=422 if form.errors else 200)


@library_page(works_at)
def evidence(request: HttpRequest, library: Library, year: int) -> HttpResponse:
    row, day = proposal_of(library, year), today(library)
    form = EvidenceForm(request.POST or None, initial={"first": day - timedelta(days=364), "last": day})
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        if form.attempt(lambda: take_evidence(proposal=row, **told, **who(request, form.change_id))):
            say(request, _("Written down."))
            return redirect("advocacy:proposal", code=library.code, year=year)
    return form_page(request, form, title=_("A figure as evidence"), library=library, button=_("Write down"),
                     lead=_("Counted now from your own records, and kept as it is today."),
                     back=reverse("advocacy:proposal", args=[library.code, year]))


@require_safe
@library_page(works_at)
def paper(request: HttpRequest, library: Library, year: int) -> HttpResponse:
    """Two pages, to sign and to hand over."""
    row = proposal_of(library, year)
    return pdf_response(proposal_pdf(row, today(library)), f"proposal-{library.code}-{year}")
