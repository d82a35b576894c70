"""The shell, its manifest and its service worker. No account is asked: the page holds nothing but words."""

import hashlib
import re
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from simpul.people.models import Consent, Sex
from simpul.pocket.words import words
from simpul.visits.labels import AGE_WORDS, AGES, SEXES
from simpul.visits.models import Visit

FILES = Path(__file__).parent / "static" / "pocket"
#: modules import each other by name: they keep their names, the service worker keeps them together by version
MODULES = sorted(path.relative_to(FILES).as_posix() for path in FILES.rglob("*.js"))
LOOKS = ("simpul/house.css", "pocket/pocket.css", "simpul/icons.svg", "simpul/icon.svg")


def _shell() -> str:
    ages = [{"code": age.value, "label": age.label, "word": AGE_WORDS[age]} for age in AGES]
    sexes = [{"code": sex.value, "label": sex.label} for sex in SEXES]
    page = render_to_string("pocket/shell.html", {
        "language": get_language(), "words": words(), "ages": ages, "sexes": sexes,
        "buttons": [{"sex": sex, "age": age} for age in ages for sex in sexes],
        "purposes": [(code, label) for code, label in Visit.Purpose.choices if code],
        "all_sexes": [(sex.value, sex.label) for sex in (*SEXES, Sex.UNKNOWN)],
        "consents": [(purpose.value, label) for purpose, label in (
            (Consent.Purpose.CHILD_MEMBERSHIP, _("The parent or guardian agrees: the child is a member by name and borrows")),
            (Consent.Purpose.CONTACT, _("May be written to by WhatsApp about loans and activities")))],
    })
    return re.sub(r"\n\s+", "\n", page)  # the indentation is for who reads the template, not for the phone


@cache
def _kept(language: str) -> tuple[str, list[str]]:
    """What the phone keeps of the app in `language`: a version that changes with any byte of it, and the addresses."""
    looks = [static(look) for look in LOOKS]
    parts = [_shell().encode(), *((FILES / name).read_bytes() for name in (*MODULES, "pocket.css")), " ".join(looks).encode()]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16], [*looks, *(static("pocket/") + module for module in MODULES)]


@cache_control(no_cache=True)
def shell(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_shell())


@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Its bytes change with the app and with the reader's language, so the browser notices a new version."""
    version, kept = _kept(request.LANGUAGE_CODE)
    return render(request, "pocket/sw.js", {"version": version, "kept": kept}, content_type="text/javascript")


@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [{"src": static(f"simpul/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
             for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))]
    return JsonResponse({
        "name": _("Simpul on the phone"), "short_name": "Simpul", "lang": request.LANGUAGE_CODE,
        "description": _("Visits, loans and activities, recorded without a signal"),
        "id": "/telepon/", "start_url": "/telepon/", "scope": "/telepon/", "display": "standalone",
        "orientation": "any", "background_color": "#faf6ee", "theme_color": "#1d6a4d", "icons": icons,
        "shortcuts": [{"name": name, "url": f"/telepon/#/{place}"} for name, place in (
            (_("Visitor"), "pengunjung"), (_("Lend"), "pinjam"), (_("Return"), "kembali"))],
    }, content_type="application/manifest+json")
