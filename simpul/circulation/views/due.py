"""What falls due, by member: to remind, renew, take back, take along."""

import csv

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from simpul.circulation.queries import WINDOWS, due_loans, due_member_ids, due_members, window_counts
from simpul.core import clock
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.people.queries import shortened

PER_PAGE = 20


def _window(request: HttpRequest) -> str:
    window = request.GET.get("kapan", "")
    return window if window in WINDOWS else "overdue"


@library_page(works_at)
def due(request: HttpRequest, library: Library) -> HttpResponse:
    day = clock.local_date(clock.now(), library.time_zone)
    window = _window(request)
    page = Paginator(due_member_ids(library, day, window), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "circulation/due.html", {
        "library": library, "day": day, "window": window, "page": page, "counts": window_counts(library, day),
        "members": due_members(library, day, window, list(page.object_list)), "here": request.get_full_path(),
    })


@library_page(works_at)
def due_sheet(request: HttpRequest, library: Library) -> HttpResponse:
    """The list as CSV, with a mark that makes spreadsheets read it as UTF-8."""
    day = clock.local_date(clock.now(), library.time_zone)
    window = _window(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="jatuh-tempo-{library.code}-{day.isoformat()}.csv"'
    sheet = csv.writer(response)
    sheet.writerow([_("Member number"), _("Name"), _("Title"), _("Copy"), _("Lent on"), _("Due on"), _("Days late")])
    rows = due_loans(library, day, window).select_related("copy__title", "member__person").order_by("due_on")
    for loan in rows.iterator(chunk_size=500):
        assert loan.member is not None
        is_own = loan.member.library_id == library.pk
        name = loan.member.person.name if is_own else shortened(loan.member.person.name)
        sheet.writerow([_plain(text) for text in (
            loan.member.number, name, loan.copy.title.title, loan.copy.code)] + [
                loan.local_date.isoformat(), loan.due_on.isoformat(), loan.days_late(day)])
    return response


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
