"""When the disk is full: writing is refused with a page that says so, reading goes on.

Transactions see to it that nothing is half-written; this only turns the error into an answer. Errors reach Django
in many places (a view, saving the session), so the signal that all of them send is listened to, and the middleware
around everything changes the answer.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from simpul.operations.problems import is_disk_full

INSUFFICIENT_STORAGE = 507


@receiver(got_request_exception)
def mark_full_disk(sender: Any, request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """Remember on the request that its error was a full disk."""
    if request is not None and is_disk_full(sys.exc_info()[1]):
        request._is_disk_full = True  # type: ignore[attr-defined]


class FullDiskMiddleware:
    """Stands around all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "_is_disk_full", False):
            with translation.override(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)):
                say_full(request, response)
        return response


def say_full(request: HttpRequest, response: HttpResponse) -> None:
    """Turn the answer into a 507 without touching database or session; its security headers stay."""
    if request.path.startswith("/api/"):
        response.content = json.dumps({
            "code": "disk_full", "is_policy": False, "field": None, "facts": {},
            "message": _("The disk of the server is full. Nothing was recorded; try again later.")}).encode()
        response["Content-Type"] = "application/json"
    else:
        response.content = render_to_string("operations/storage_full.html").encode()
    response.status_code = INSUFFICIENT_STORAGE
    response["Content-Length"] = str(len(response.content))
