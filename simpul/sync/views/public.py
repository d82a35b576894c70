"""Where anybody hands in what a phone holds: `/telepon/terima/`."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache

from simpul.sync.views.pages import rescue_page

FILES_PER_MINUTE = 10


@never_cache
def receive_file(request: HttpRequest) -> HttpResponse:
    """Each record proves itself, so it does not matter who brings it; the receipts tell nothing but their state."""
    if request.method == "POST" and import_string(settings.REQUEST_COUNTER)(request, "rescue", FILES_PER_MINUTE):
        answer = render(request, "sync/too_many.html", status=429)
        answer["Retry-After"] = "60"
        return answer
    return rescue_page(request, {})
