"""What makes the pages an app on the phone's home screen: manifest, service worker, an honest offline page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control


@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    return JsonResponse({
        "name": "Simpul", "short_name": "Simpul", "lang": request.LANGUAGE_CODE,
        "description": _("A library's day, recorded once"),
        "start_url": "/hari-ini/", "scope": "/", "display": "standalone", "id": "/",
        "background_color": "#faf6ee", "theme_color": "#1d6a4d",
        # a picture of the phone's gallery goes into an activity: Android shows the installed site among those to share to
        "share_target": {"action": "/bagikan/", "method": "POST", "enctype": "multipart/form-data", "params": {
            "title": "title", "text": "text",
            "files": [{"name": "photo", "accept": ["image/jpeg", "image/png", "image/webp", ".jpg", ".png", ".webp"]}]}},
        "icons": [
            {"src": static("simpul/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("simpul/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {"src": static("simpul/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }, content_type="application/manifest+json")


@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from the root so that it may answer for every page; never cached by proxies."""
    return render(request, "web/sw.js", content_type="text/javascript")


def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "web/offline.html")
