"""What every page knows: where the reader may go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from simpul.core.actor import Actor
from simpul.libraries.models import Library

#: pages that stand under "More" for who serves the whole city
OF_THE_CITY = {"web:city_journal", "libraries:city_staff", "libraries:new", "libraries:sheet", "people:counts",
               "stories:city", "stories:round_new", "stories:city_round", "stories:compare"}


@dataclass(frozen=True)
class Place:
    """A noun of the bar or rail."""

    name: str
    icon: str
    url: str
    is_here: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """`places`: the four or five nouns of the reader's role; `desk_library`: the library whose desk she is at.

    Both are lazy: a page that shows no bar asks no database.
    """
    return {
        "places": SimpleLazyObject(lambda: places(request)),
        "desk_library": SimpleLazyObject(lambda: desk_library(request)),
    }


def desk_library(request: HttpRequest) -> Library | None:
    """The library of the address if the reader works there, else the first one she works at."""
    actor: Actor = getattr(request, "actor", None)  # type: ignore[assignment]
    if actor is None or not actor.staff_of:
        return None
    here = getattr(request, "library", None)
    if here is not None and here.pk in actor.staff_of:
        return here
    if not hasattr(request, "own_library"):
        request.own_library = Library.objects.filter(  # type: ignore[attr-defined]
            pk__in=actor.staff_of).order_by("name").first()
    return getattr(request, "own_library")  # noqa: B009 mypy does not know it


def places(request: HttpRequest) -> list[Place]:
    actor: Actor = getattr(request, "actor", None)  # type: ignore[assignment]
    library = desk_library(request)
    if library is not None:
        wanted = [
            (_("Today"), "today", "web:library_today", [library.code]),
            (_("Visits"), "visits", "visits:book", [library.code]),
            (_("Lend"), "lend", "circulation:desk", [library.code]),
            (_("Activities"), "calendar", "activities:list", [library.code]),
            (_("More"), "more", "web:more", [library.code]),
        ]
    elif actor is not None and (actor.is_coordinator or actor.is_administrator or actor.mentor_of):
        serves_city = actor.is_coordinator or actor.is_administrator
        wanted = [
            (_("Today"), "today", "web:city_today" if serves_city else "replication:mentoring", []),
            (_("Libraries"), "libraries", "libraries:list", []),
            (_("Catalogue"), "catalogue", "catalogue:search", []),
            (_("More"), "more", "web:city_more", []),
        ]
    else:
        wanted = [
            (_("Catalogue"), "catalogue", "catalogue:search", []),
            (_("Activities"), "calendar", "activities:near", []),
            (_("Stories"), "heart", "stories:public_list", []),
            (_("Libraries"), "libraries", "libraries:list", []),
        ]
    under = _under(request, library)
    found = []
    for name, icon, url_name, args in wanted:
        url = reverse(url_name, args=args)
        here = request.path == url or (request.path.startswith(url) and url.count("/") > 2) or url_name == under
        found.append(Place(name, icon, url, here))
    return found


def _under(request: HttpRequest, library: Library | None) -> str:
    """The place under which a page of the reader's own library stands, where its address does not tell."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.view_name == "web:figure":
        return "web:library_today" if library else "web:city_today"
    if library is None:
        return "web:city_more" if match.view_name in OF_THE_CITY else ""
    if match.kwargs.get("code") != library.code:
        return ""
    if match.app_name == "circulation":
        return {"rules": "web:more", "member": "", "receipt": ""}.get(match.url_name or "", "circulation:desk")
    if match.app_name in ("visits", "people") or match.view_name in ("web:library_today", "libraries:detail"):
        return ""
    return "web:more"
