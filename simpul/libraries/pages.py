"""What every page of a library shares: the library in the address, and who may open it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from simpul.core.actor import Actor
from simpul.core.prepared import Prepared
from simpul.libraries.models import Library

_by_code: Prepared[Library] = Prepared(lambda code: Library.objects.select_related("region").filter(code=code))

View = Callable[..., HttpResponse]


def works_at(actor: Actor, library_id: UUID) -> bool:
    """Its own staff: names and loans."""
    return actor.works_at(library_id)


def runs(actor: Actor, library_id: UUID) -> bool:
    """Its librarian, or the coordinator: profile, staff, rules, imports."""
    return actor.runs(library_id)


def counts(actor: Actor, library_id: UUID) -> bool:
    """Its staff, mentor, coordinator: figures without names."""
    return actor.counts(library_id)


def library_page(allowed: Callable[[Actor, UUID], bool]) -> Callable[[View], View]:
    """Turn the address's `code` into `library`; visitors are asked to sign in, strangers get 404.

        @library_page(works_at)
        def desk(request, library): ...
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, code: str, **rest: Any) -> HttpResponse:
            actor: Actor = request.actor
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            library = _by_code.first(code=code.replace("\x00", ""))
            if library is None or not allowed(actor, library.pk):
                raise Http404
            request.library = library
            return view(request, library=library, **rest)

        return page

    return decorate


def city_page(view: View) -> View:
    """Pages of the whole city: coordinator and administrator; mentors where they have libraries."""

    @wraps(view)
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        actor: Actor = request.actor
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not (actor.is_coordinator or actor.is_administrator or actor.mentor_of):
            raise Http404
        return view(request, **rest)

    return page
