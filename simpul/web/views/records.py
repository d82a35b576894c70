"""The journal as sentences, and the reader's other places."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from simpul.core.journal import sentences
from simpul.core.models import JournalLine
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page, counts, library_page
from simpul.web.menu import city_menu, library_menu


@library_page(counts)
def library_journal(request: HttpRequest, library: Library) -> HttpResponse:
    lines = JournalLine.objects.readable_by(request.actor).filter(library_id=library.pk)
    return _journal(request, lines, zone=library.time_zone, library=library)


@city_page
def city_journal(request: HttpRequest) -> HttpResponse:
    lines = JournalLine.objects.readable_by(request.actor)
    libraries = Library.objects.counted_by(request.actor).order_by("name")
    chosen = libraries.filter(code=request.GET.get("perpustakaan", "")).first()
    if chosen is not None:
        lines = lines.filter(library_id=chosen.pk)
    return _journal(request, lines, zone=chosen.time_zone if chosen else "Asia/Jakarta",
                    libraries=libraries.only("code", "name"), chosen=chosen)


def _journal(request: HttpRequest, lines: QuerySet[JournalLine], *, zone: str, **more: Any) -> HttpResponse:
    """Lines that were written down on the chosen day, of every day if none is chosen; newest first."""
    day = _day(request.GET.get("hari", ""))
    if day is not None:
        begins = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
        lines = lines.filter(recorded_at__gte=begins, recorded_at__lt=begins + timedelta(days=1))
    page = Paginator(lines.order_by("-recorded_at"), 20).get_page(request.GET.get("page"))
    return render(request, "web/journal.html", {
        "page": page, "sentences": sentences(page, reader=request.actor), "day": day, **more})


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 9000 else None


@library_page(counts)
def more(request: HttpRequest, library: Library) -> HttpResponse:
    return render(request, "web/more.html", {"library": library, "menu": library_menu(request.actor, library)})


@city_page
def city_more(request: HttpRequest) -> HttpResponse:
    return render(request, "web/more.html", {"menu": city_menu(request.actor)})
