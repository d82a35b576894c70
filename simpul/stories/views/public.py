"""What everybody reads. Every one of these asks `published_for(PUBLIC)`, and nothing of it is kept by a browser."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from simpul.core.phones import whatsapp_link
from simpul.files.responses import file_response
from simpul.gatherings.views import qr
from simpul.stories.kinds import Theme
from simpul.stories.models import Story
from simpul.stories.queries import public_evidence, public_stories, public_story, regions_with_stories
from simpul.stories.views.pages import share_text, today, unkept

PAGE = 12


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """Filters live in the address: `tema` a theme, `di` a region's code, `q` words."""
    day = today()
    theme, region = request.GET.get("tema", ""), request.GET.get("di", "")[:13].replace("\x00", "")
    text = request.GET.get("q", "")[:80].replace("\x00", "")
    page = Paginator(public_stories(day, theme=theme, region=region, text=text), PAGE).get_page(request.GET.get("page"))
    return unkept(render(request, "stories/public_list.html", {
        "page": page, "rows": list(page.object_list), "theme": theme if theme in Theme.values else "", "region": region,
        "text": text, "themes": Theme.choices, "regions": regions_with_stories(day),
        "is_filtered": bool(theme in Theme.values or region or text)}))


def _published(code: str) -> Story:
    story = public_story(code, today())
    if story is None:
        raise Http404
    return story


@require_safe
def story(request: HttpRequest, story: str) -> HttpResponse:
    row = _published(story)
    address = request.build_absolute_uri(reverse("stories:public", args=[row.code]))
    activities, titles = public_evidence(row)
    pictures = row.shown_pictures
    picture = request.build_absolute_uri(reverse("stories:public_photo", args=[row.code, pictures[0].pk])) if pictures else ""
    others = [one for one in public_stories(today(), theme=row.theme)[:4] if one.pk != row.pk][:3]
    return unkept(render(request, "stories/public.html", {
        "story": row, "pictures": pictures, "address": address, "picture": picture, "activities": activities,
        "titles": titles, "others": others, "whatsapp": whatsapp_link(None, share_text(row, address))}))


@require_safe
def sheet(request: HttpRequest, story: str) -> HttpResponse:
    """One sheet of paper for the wall, with a QR code to the page."""
    row = _published(story)
    address = request.build_absolute_uri(reverse("stories:public", args=[row.code]))
    return unkept(render(request, "stories/print.html", {
        "story": row, "pictures": row.shown_pictures[:1], "address": address, "qr": qr(address)}))


@require_safe
def photo(request: HttpRequest, story: str, photo: UUID) -> HttpResponse:
    for one in _published(story).shown_pictures:
        if one.pk == photo:
            return file_response(one.file)  # type: ignore[return-value]
    raise Http404
