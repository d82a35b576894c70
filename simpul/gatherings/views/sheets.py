"""The attendance list: printed to be signed, entered afterwards with its photo, taken along as a sheet."""

from pathlib import Path
from uuid import UUID

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.files.papers import pdf, pdf_response
from simpul.files.responses import file_response
from simpul.gatherings.actions import enter_sheet, remove_sheet
from simpul.gatherings.forms import SignedSheetForm
from simpul.gatherings.letters import day_in_words
from simpul.gatherings.models import Session, SignedSheet
from simpul.gatherings.queries import PaperLine, paper_lines, paper_page, sheet_rows
from simpul.gatherings.views.pages import session_of
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.transfers.sheets import sheet_response, workbook

PAPER = Path(__file__).parents[1] / "papers" / "attendance.typ"
EMPTY_LINES = 12  # for those who walk in
PER_PAGE = 100     # names to tick on one page: four sheets of paper


@library_page(works_at)
def enter(request: HttpRequest, library: Library, session: UUID) -> HttpResponse:
    """Tick who signed; the photo of the sheet goes along."""
    row = session_of(library, session)
    page, lines = paper_page(row, request.GET.get("page"), PER_PAGE)
    form = SignedSheetForm(request.POST or None, request.FILES or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = form.attempt(lambda: enter_sheet(
            session=row, present=form.present, walk_ins=form.walk_ins, photo=told["photo"],
            others_absent=told["others_absent"], among=form.shown, by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Entered: %(n)s present.") % {"n": done})
            return redirect(_next(request, library, row, page))
    return render(request, "gatherings/sheet.html", {
        "library": library, "session": row, "gathering": row.gathering, "form": form, "lines": form.ticks(),
        "page": page,
        "sheets": list(row.sheets.all())}, status=422 if form.errors else 200)


def _next(request: HttpRequest, library: Library, session: Session, page: Page) -> str:
    """The following page of a long list, as one turns the paper; else the same page."""
    here = reverse("gatherings:sheet", args=[library.code, session.pk])
    number = page.next_page_number() if page.has_next() else page.number
    return f"{here}?page={number}" if page.has_other_pages() else here


@require_safe
@library_page(works_at)
def paper(request: HttpRequest, library: Library, session: UUID) -> HttpResponse:
    """The list to be signed, as PDF."""
    row = session_of(library, session)
    return pdf_response(pdf(PAPER, _values(library, row, paper_lines(row))), f"daftar-hadir-{row.local_date}")


def _values(library: Library, session: Session, lines: list[PaperLine]) -> dict[str, object]:
    place = library.region.full_name if hasattr(library.region, "full_name") else library.region.name
    return {
        "language": get_language() or "id", "library": library.name, "address": library.address or place,
        "heading": _("Attendance list"), "title": session.gathering.title, "foot": f"{library.name} · {session.gathering.title}",
        "facts": [[_("Day"), day_in_words(session)], [_("Place"), session.where]],
        "head": [_("No."), _("Name"), _("M/F"), _("Age"), _("Signature")],
        "rows": [[str(n), line.name, line.sex, line.age, ""] for n, line in enumerate(lines, 1)],
        "empty": EMPTY_LINES, "walked_in": _("Walked in"),
        "place_and_day": f"{library.region.name}, {formats.date_format(session.local_date, 'j F Y')}",
        "signs": _("Head of the library")}


@require_safe
@library_page(works_at)
def export(request: HttpRequest, library: Library, session: UUID) -> HttpResponse:
    """Who was there, as XLSX."""
    row = session_of(library, session)
    heading = [_("No."), _("Name"), _("M/F"), _("Age"), _("How"), _("Mark"), _("People"), _("Signature")]
    return sheet_response(workbook(_("Attendance list"), heading, sheet_rows(row), widths=(5, 30, 6, 10, 16, 12, 8, 24)),
                          f"daftar-hadir-{row.local_date}")


def _sheet(library: Library, session: UUID, id: UUID) -> SignedSheet:
    found = SignedSheet.objects.select_related("file", "session").filter(
        library=library, session=session, pk=id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@library_page(works_at)
def photo(request: HttpRequest, library: Library, session: UUID, signed: UUID) -> HttpResponse:
    return file_response(_sheet(library, session, signed).file)  # type: ignore[return-value]


@require_POST
@library_page(works_at)
def photo_off(request: HttpRequest, library: Library, session: UUID, signed: UUID) -> HttpResponse:
    try:
        remove_sheet(sheet=_sheet(library, session, signed), by=request.actor, at=clock.now(),
                     id=change_id_of(request.POST))
        say(request, _("The photo is deleted. The marks stay."))
    except Refusal as refusal:
        say(request, str(refusal))
    return redirect("gatherings:sheet", library.code, session)
