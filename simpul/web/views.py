"""Pages that cross domains."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest) -> HttpResponse:
    return render(request, "web/start.html")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in words that help; also what a stranger with a guessed address gets."""
    return render(request, "web/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/forbidden.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without touching the database or the session."""
    return render(request, "web/server_error.html", status=500)
