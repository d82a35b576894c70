"""Poster, page for meetings, annual report: of a library and of the city."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.core import clock
from simpul.core.say import say
from simpul.files.papers import pdf_response
from simpul.indicators.periods import Kind, Period
from simpul.indicators.receipts import place_of
from simpul.indicators.rollups.once import asked_once
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page, counts, library_page, runs
from simpul.overview.actions import write_preface
from simpul.overview.forms import PrefaceForm
from simpul.overview.models import Preface
from simpul.overview.pictures import effect_rows, trends
from simpul.overview.printing.annual import annual_pdf
from simpul.overview.printing.meeting import meeting_of, meeting_pdf
from simpul.overview.printing.poster import poster, square
from simpul.overview.printing.shared import Subject, subject_of
from simpul.overview.queries.programme import PUBLIC, pictures_of, stories_of
from simpul.overview.queries.reached import reach_of
from simpul.overview.views.city import kelurahan_of
from simpul.overview.views.periods import asked


def _subject(request: HttpRequest, library: Library | None, *, is_year: bool = False) -> Subject:
    now = clock.now()
    today = clock.local_date(now, library.time_zone if library else "Asia/Jakarta")
    period = asked(request, today)
    if is_year and not (period.kind == Kind.YEAR and request.GET.get("periode")):
        period = Period.of_year(period.first.year)
    return subject_of(library, period, base=request.build_absolute_uri("/").rstrip("/"), now=now)


def _whole_city(request: HttpRequest) -> None:
    """Papers of the city are made by who sees all of it."""
    place = place_of(request.actor, "kota")  # type: ignore[attr-defined]
    if place is None or not place.is_whole:
        raise Http404


def _png(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="image/png")
    response["Content-Disposition"] = f'inline; filename="{name}.png"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _poster(request: HttpRequest, library: Library | None) -> HttpResponse:
    subject = _subject(request, library)
    made = poster(subject, "a3" if request.GET.get("ukuran") == "a3" else "a4")
    return pdf_response(made, f"poster-{library.code if library else 'kota'}-{subject.period.code}")


def _square(request: HttpRequest, library: Library | None) -> HttpResponse:
    subject = _subject(request, library)
    return _png(square(subject), f"gambaran-{library.code if library else 'kota'}-{subject.period.code}")


def _meeting(request: HttpRequest, library: Library | None) -> HttpResponse:
    subject = _subject(request, library, is_year=True)
    meeting = meeting_of(subject, subject.ground.receipt)
    return render(request, "overview/meeting.html", {
        "library": library, "name": subject.name, "year": str(subject.period.first.year), "meeting": meeting,
        "effect_rows": effect_rows(meeting.effects), "trends": trends(subject.ground, subject.ground.receipt, ("visits",)),
        "paper": _address(library, "meeting_pdf", subject.period), "back": _address(library, "", subject.period),
        "earlier": str(subject.period.first.year - 1)})


def _meeting_pdf(request: HttpRequest, library: Library | None) -> HttpResponse:
    subject = _subject(request, library, is_year=True)
    return pdf_response(meeting_pdf(subject), f"rembug-{library.code if library else 'kota'}-{subject.period.code}")


def _address(library: Library | None, name: str, period: Period) -> str:
    made = reverse(f"overview:library_{name}" if name else "overview:library", args=[library.code]) if library \
        else reverse(f"overview:city_{name}" if name else "overview:city")
    return f"{made}?periode={period.code}"


def _year(request: HttpRequest, library: Library | None) -> HttpResponse:
    """The annual report's page: its foreword, what will stand in it, the PDF."""
    subject = _subject(request, library, is_year=True)
    year = subject.period.first.year
    kept = Preface.objects.filter(library=library, year=year).first()
    form = PrefaceForm(request.POST or None, initial={} if kept is None else {
        "text": kept.text, "signer": kept.signer, "signs_as": kept.signs_as})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("text", "signer", "signs_as")}
        form.attempt(lambda: write_preface(library=library, year=year, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                           id=form.change_id, **given))
        if not form.errors:
            say(request, _("The foreword is kept."))
            return redirect(_address(library, "year", subject.period))
    first, last = date(year, 1, 1), date(year, 12, 31)
    return render(request, "overview/year.html", {
        "library": library, "name": subject.name, "year": str(year), "form": form, "kept": kept,
        "photos": len(pictures_of(subject.libraries, first, last, most=7)),
        "stories": len(stories_of(subject.libraries, PUBLIC, subject.today)),
        "paper": _address(library, "year_pdf", subject.period), "back": _address(library, "", subject.period),
        "is_running": subject.ground.is_running, "earlier": str(year - 1),
        "today": subject.today})


def _year_pdf(request: HttpRequest, library: Library | None) -> HttpResponse:
    subject = _subject(request, library, is_year=True)
    districts: list[Any] = [] if library else reach_of(subject.ground, kelurahan_of(subject.place, ""))
    name = f"laporan-tahunan-{library.code if library else 'kota'}-{subject.period.code}"
    return pdf_response(annual_pdf(subject, districts), name)


@require_safe
@library_page(counts)
@asked_once()
def library_poster(request: HttpRequest, library: Library) -> HttpResponse:
    return _poster(request, library)


@require_safe
@library_page(counts)
@asked_once()
def library_square(request: HttpRequest, library: Library) -> HttpResponse:
    return _square(request, library)


@require_safe
@library_page(counts)
@asked_once()
def library_meeting(request: HttpRequest, library: Library) -> HttpResponse:
    return _meeting(request, library)


@require_safe
@library_page(counts)
@asked_once()
def library_meeting_pdf(request: HttpRequest, library: Library) -> HttpResponse:
    return _meeting_pdf(request, library)


@require_http_methods(["GET", "HEAD", "POST"])
@library_page(runs)
def library_year(request: HttpRequest, library: Library) -> HttpResponse:
    return _year(request, library)


@require_safe
@library_page(counts)
@asked_once()
def library_year_pdf(request: HttpRequest, library: Library) -> HttpResponse:
    return _year_pdf(request, library)


@require_safe
@city_page
@asked_once()
def city_poster(request: HttpRequest) -> HttpResponse:
    _whole_city(request)
    return _poster(request, None)


@require_safe
@city_page
@asked_once()
def city_square(request: HttpRequest) -> HttpResponse:
    _whole_city(request)
    return _square(request, None)


@require_safe
@city_page
@asked_once()
def city_meeting(request: HttpRequest) -> HttpResponse:
    _whole_city(request)
    return _meeting(request, None)


@require_safe
@city_page
@asked_once()
def city_meeting_pdf(request: HttpRequest) -> HttpResponse:
    _whole_city(request)
    return _meeting_pdf(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@city_page
def city_year(request: HttpRequest) -> HttpResponse:
    _whole_city(request)
    return _year(request, None)


@require_safe
@city_page
@asked_once()
def city_year_pdf(request: HttpRequest) -> HttpResponse:
    _whole_city(request)
    return _year_pdf(request, None)
