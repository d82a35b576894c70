"""What everybody sees: the learning paths near me, one path, its paper and its picture."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from simpul.catalogue.digital.counting import browser_number, is_counted, remember_browser, use_id
from simpul.catalogue.digital.words import verb_of
from simpul.catalogue.views.public import where
from simpul.core import clock
from simpul.core.phones import whatsapp_link
from simpul.core.refusal import Refusal
from simpul.core.secrets import fingerprint
from simpul.files.papers import pdf_response
from simpul.learning.actions import count_opening
from simpul.learning.models import Path, Step
from simpul.learning.permissions import can_build
from simpul.learning.printing import path_picture, path_sheet
from simpul.learning.queries import StepShown, public_paths, regions_of_paths, steps_of, with_counts
from simpul.libraries.models import City
from simpul.surveys import themes

log = logging.getLogger(__name__)


@require_safe
def paths(request: HttpRequest) -> HttpResponse:
    """Filters live in the address: `tema` a theme's key, `di` a region's code."""
    theme = request.GET.get("tema", "")
    theme = theme if theme in themes.BY_KEY else ""
    region = request.GET.get("di", "")[:13].replace("\x00", "")
    page = Paginator(public_paths(theme=theme, region=region), 20).get_page(request.GET.get("page"))
    return render(request, "learning/paths.html", {
        "page": page, "theme": theme, "region": region, "themes": themes.choices(), "regions": regions_of_paths(),
        "is_filtered": bool(theme or region)})


@dataclass(frozen=True)
class Shown:
    """A step as the page shows it."""

    step: StepShown
    where: str
    opens: list[tuple[Any, str]]  # resource and the verb of its button


def _published(request: HttpRequest, slug: str) -> Path:
    """A published path; a draft for those who build it."""
    path = with_counts(Path.objects.filter(slug=slug)).first()
    if path is None or not (path.is_published or can_build(request.actor, path.library_id)):
        raise Http404
    return path


@require_safe
def path(request: HttpRequest, slug: str) -> HttpResponse:
    """One path: what I can do afterwards, and the steps, each with one tap to what it needs."""
    found = _published(request, slug)
    day = clock.local_date(clock.now(), found.library.time_zone)
    steps = [Shown(one, where(one.shelves) if one.step.kind == Step.Kind.BOOK else "",
                   [(resource, verb_of(resource)) for resource in one.resources])
             for one in steps_of(found, day, is_public=True)]
    link = request.build_absolute_uri(found.get_absolute_url())
    response = render(request, "learning/path.html", {
        "path": found, "steps": steps, "link": link, "picture": f"{link}gambar.png",
        "owner": owner_of(found), "whatsapp": whatsapp_link(None, share_text(found, link)),
        "can_build": can_build(request.actor, found.library_id)})
    if found.is_published and is_counted(request):
        number, now = browser_number(request), clock.now()
        try:
            with suppress(Refusal):
                count_opening(path=found, by=request.actor, at=now, id=use_id(number, found.pk, "path", now))
        except DatabaseError:  # that it could not be counted keeps nobody from learning
            log.warning("an opening of a learning path was not counted", exc_info=True)
        remember_browser(response, number)
    return response


def owner_of(path: Path) -> str:
    """Whose path it is: the city's, or a library's."""
    city = City.objects.first() if path.is_city else None
    return city.name if city else path.library.name


def share_text(path: Path, link: str) -> str:
    """What is sent on by WhatsApp."""
    steps = ngettext("%(n)d step, free of charge", "%(n)d steps, free of charge", path.n_steps) % {"n": path.n_steps}
    first = _("Learn: %(title)s") % {"title": path.title}
    return "\n".join(part for part in (f"*{first}*", path.outcome, f"{steps} – {owner_of(path)}", link) if part)


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet of paper for the wall: the steps and a QR code that opens the page."""
    found = _published(request, slug)
    day = clock.local_date(clock.now(), found.library.time_zone)
    link = request.build_absolute_uri(found.get_absolute_url())
    return pdf_response(path_sheet(found, steps_of(found, day, is_public=True), link, owner_of(found)), found.slug)


@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that WhatsApp shows beside the link."""
    found = _published(request, slug)
    told = (found.cover or found.title, found.theme_name, owner_of(found), str(found.n_steps))
    key = f"path-picture-{fingerprint(chr(31).join(told))}"
    content = cache.get(key)
    if content is None:
        content = path_picture(*told)
        cache.set(key, content, 24 * 60 * 60)
    response = HttpResponse(content, content_type="image/png")
    patch_cache_control(response, public=found.is_published, private=not found.is_published, max_age=3600)
    return response
