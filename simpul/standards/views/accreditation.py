"""Evidence for accreditation, the own assessment, the folder."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.files.papers import pdf_response
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.replication.views.pages import do, today_at
from simpul.standards.actions import assess, take_assessment_back
from simpul.standards.folder import folder_zip, index_pdf
from simpul.standards.forms import AssessmentForm
from simpul.standards.models import Assessment
from simpul.standards.permissions import can_assess, can_bring, can_read
from simpul.standards.queries.evidence import Evidence, evidence_of, self_assessment


def _found(library: Library) -> tuple[tuple[Evidence, ...], Period]:
    day = today_at(library)
    period = Period.of_year(day.year)
    return evidence_of(library, period, day), period


@require_safe
@library_page(can_read)
def accreditation(request: HttpRequest, library: Library) -> HttpResponse:
    found, period = _found(library)
    actor = request.actor
    return render(request, "standards/accreditation.html", {
        "library": library, "found": found, "period": period, "own": self_assessment(library, today_at(library)),
        "known": sum(one.known for one in found), "wanted": sum(one.wanted for one in found), "day": today_at(library),
        "can_assess": can_assess(actor, library.pk), "can_bring": can_bring(actor, library.pk),
        "is_own": actor.works_at(library.pk)})


@library_page(can_assess)
def assess_own(request: HttpRequest, library: Library) -> HttpResponse:
    here, own = reverse("standards:accreditation", args=[library.code]), self_assessment(library, today_at(library))
    form = AssessmentForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: assess(library=library, fulfilled=form.fulfilled, by=request.actor, at=clock.now(),
                                           id=form.change_id))
        if made is not None:
            say(request, _("The assessment is kept."),
                undo=reverse("standards:assessment_back", args=[library.code, form.change_id]))
            return redirect(here)
    return render(request, "standards/assess.html", {"library": library, "form": form, "own": own, "back": here},
                  status=422 if form.errors else 200)


@require_POST
@library_page(can_assess)
def assessment_back(request: HttpRequest, library: Library, together: UUID) -> HttpResponse:
    get_list_or_404(Assessment, library=library, together=together)
    return do(request, lambda: take_assessment_back(library=library, together=together, by=request.actor, at=clock.now(),
                                                    id=change_id_of(request.POST)),
              _("The assessment is taken back."), reverse("standards:accreditation", args=[library.code]))


@require_safe
@library_page(can_read)
def index_paper(request: HttpRequest, library: Library) -> HttpResponse:
    found, period = _found(library)
    return pdf_response(index_pdf(library, found, period.label, today_at(library)), f"akreditasi-{library.code}")


@require_safe
@library_page(works_at)
def folder(request: HttpRequest, library: Library) -> HttpResponse:
    """Papers and pictures of the library: for its own staff."""
    found, period = _found(library)
    if not any(one.known for one in found):
        raise Http404
    content = folder_zip(library, found, index_pdf(library, found, period.label, today_at(library)))
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="akreditasi-{library.code}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
