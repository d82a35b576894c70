"""The journal as sentences, and the reader's other places."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from simpul.core.journal import sentences
from simpul.core.models import JournalLine
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page, counts, library_page
from simpul.web.menu import city_menu, library_menu


@library_page(counts)
def library_journal(request: HttpRequest, library: Library) -> HttpResponse:
    lines = JournalLine.objects.readable_by(request.actor).filter(library_id=library.pk).order_by("-recorded_at")
    page = Paginator(lines, 20).get_page(request.GET.get("page"))
    return render(request, "web/journal.html", {
        "library": library, "page": page, "sentences": sentences(page, reader=request.actor)})


@city_page
def city_journal(request: HttpRequest) -> HttpResponse:
    lines = JournalLine.objects.readable_by(request.actor).order_by("-recorded_at")
    page = Paginator(lines, 20).get_page(request.GET.get("page"))
    return render(request, "web/journal.html", {
        "page": page, "sentences": sentences(page, reader=request.actor)})


@library_page(counts)
def more(request: HttpRequest, library: Library) -> HttpResponse:
    return render(request, "web/more.html", {"library": library, "menu": library_menu(request.actor, library)})


@city_page
def city_more(request: HttpRequest) -> HttpResponse:
    return render(request, "web/more.html", {"menu": city_menu(request.actor)})
