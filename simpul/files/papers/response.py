"""A paper for the browser."""

from django.http import HttpResponse


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF to open or keep, under a plain file name without ending. It may hold names: no shared cache keeps it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
