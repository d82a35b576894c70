"""The months of a library, one month, its older versions, its paper."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from simpul.core import clock
from simpul.core.journal import Sentence
from simpul.files.papers import pdf_response
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page
from simpul.months.checks import first_month
from simpul.months.forms import AnswerForm, ScanForm
from simpul.months.models import Answer
from simpul.months.papers import paper_of
from simpul.months.permissions import can_prepare, can_sign
from simpul.months.queries.month import Month, month
from simpul.months.queries.restating import corrections, since_when, why_of
from simpul.months.queries.states import OPEN, lines_of
from simpul.months.signed import signed_version
from simpul.months.views.pages import period_of, signature_of, today


@require_safe
@library_page(counts)
def months(request: HttpRequest, library: Library) -> HttpResponse:
    """The months of a year with their state, the latest first."""
    day = today(library)
    year = _year(request.GET.get("tahun", ""), day)
    first = first_month(library, day)
    asked = [date(year, n, 1) for n in range(12, 0, -1) if first <= date(year, n, 1) <= day]
    lines = lines_of([library], asked, day)
    return render(request, "months/list.html", {
        "library": library, "year": year, "lines": lines, "waiting": [one for one in lines if one.state in OPEN],
        "earlier": year - 1 if first.year < year else None, "later": year + 1 if year < day.year else None})


def _year(text: str, day: date) -> int:
    if not text:
        return day.year
    if not (text.isascii() and text.isdigit() and 2000 <= int(text[:5]) <= day.year):
        raise Http404
    return int(text)


@require_safe
@library_page(counts)
def one(request: HttpRequest, library: Library, month: str) -> HttpResponse:
    return render(request, "months/month.html", page_of(request, library, month))


def page_of(request: HttpRequest, library: Library, text: str) -> dict[str, Any]:
    """Everything that the page of a month shows to this reader."""
    actor = request.actor  # type: ignore[attr-defined]
    period = period_of(library, text)
    now = month(library, period, clock.now())
    found: list[Sentence] = []
    if now.signature and now.differs:
        found = corrections(now.signature, now.differs, actor)
    return {
        "library": library, "period": period, "month": now, "code": period.code, "reasons": Answer.Reason.choices,
        "is_own": can_prepare(actor, library.pk), "can_sign": can_sign(actor, library.pk),
        "corrections": found, "why": why_of(now.differs) if now.differs else "",
        "since": since_when(now.signature, now.differs) if now.signature and now.differs else None,
        "answer_form": AnswerForm(), "scan_form": ScanForm(), "is_open": now.state in OPEN,
        "steps": _steps(now)}


def _steps(now: Month) -> int:
    """Minutes that checking takes: half a minute a finding that waits, one for reading, one for telling."""
    return min(5, 2 + sum(one.is_open for one in now.findings) // 2)


@require_safe
@library_page(counts)
def version(request: HttpRequest, library: Library, month: str, version: int) -> HttpResponse:
    """A signed version as it was signed."""
    period = period_of(library, month)
    row = signature_of(library, period, version)
    return render(request, "months/version.html", {
        "library": library, "period": period, "signature": row, "signed": signed_version(row), "code": period.code,
        "address": request.build_absolute_uri(reverse("months:verify", args=[row.code]))})


@require_safe
@library_page(counts)
def paper(request: HttpRequest, library: Library, month: str) -> HttpResponse:
    """The monthly report on paper: `?versi=2` a signed version, else the standing one, else a draft marked as such."""
    period = period_of(library, month)
    text = request.GET.get("versi", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 5):
        raise Http404
    content = paper_of(request, library, period, version=int(text) if text else None)
    return pdf_response(content, f"laporan-bulanan-{library.code}-{period.code}")
