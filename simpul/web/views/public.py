"""The start page, help, privacy, language, and the pages for when something is not there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from simpul.activities.queries import lines, near_me
from simpul.core import clock
from simpul.learning.queries import public_paths
from simpul.libraries.models import City, Library
from simpul.stories.queries import newest_public
from simpul.web.shelf import newest_books


def start(request: HttpRequest) -> HttpResponse:
    city = City.objects.first()
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    response = render(request, "web/start.html", {
        "city": city, "libraries": Library.objects.open_on(today).count(), "stories": newest_public(today),
        "coming": lines(near_me(first=today)[:6], today), "books": newest_books(8), "paths": public_paths()[:6]})
    response["Cache-Control"] = "no-store"  # a story on it may be withdrawn meanwhile
    return response


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/help.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html", {"city": City.objects.first()})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in words that help; also what a stranger with a guessed address gets."""
    return render(request, "web/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    return render(request, "web/forbidden.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without touching the database or the session."""
    return render(request, "web/server_error.html", status=500)
