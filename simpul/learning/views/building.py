"""A library's paths: the list, a new one, building it, publishing, copying another library's."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.catalogue.queries import find_for_desk, resources_of
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.learning.actions import copy_path, create_path, describe_path, publish_path, unpublish_path
from simpul.learning.forms import ActivityStepForm, PathForm, WordsForm
from simpul.learning.models import Path
from simpul.learning.permissions import can_build, can_offer_to_city
from simpul.learning.queries import coming_activities, own_paths, paths_to_copy, steps_of
from simpul.learning.views.pages import do, path_page
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page


@library_page(can_build)
@require_safe
def paths(request: HttpRequest, library: Library) -> HttpResponse:
    """Its own paths; `dari=lain` those of others, to copy."""
    is_others = request.GET.get("dari") == "lain"
    rows = paths_to_copy(library) if is_others else own_paths(library)
    return render(request, "learning/list.html", {
        "library": library, "page": Paginator(rows, 20).get_page(request.GET.get("page")), "is_others": is_others})


@library_page(can_build)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, library: Library) -> HttpResponse:
    """Its title and theme are enough to begin."""
    form = PathForm(request.POST or None, may_be_city=can_offer_to_city(request.actor, library))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: create_path(
            library=library, words=form.words(), by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("The draft is there. Add its steps."))
            return redirect("learning:build", library.code, made.pk)
    return render(request, "learning/words.html", {"library": library, "form": form, "path": None},
                  status=422 if form.errors else 200)


@path_page
@require_safe
def path(request: HttpRequest, library: Library, path: Path) -> HttpResponse:
    """The steps in order, and below them what can be added; `cari` looks into the catalogue."""
    return build_page(request, library, path)


def build_page(request: HttpRequest, library: Library, path: Path, **forms: Any) -> HttpResponse:
    """The building page; a form that came back wrong is given with its name."""
    day = clock.local_date(clock.now(), library.time_zone)
    sought = request.GET.get("cari", "").replace("\x00", "")[:120].strip()
    hits = [hit for hit in find_for_desk(sought, library) if not hit.title.is_provisional] if sought else []
    opened = resources_of([hit.title.pk for hit in hits]) if hits else {}
    return render(request, "learning/build.html", {
        "library": library, "path": path, "steps": steps_of(path, day, is_public=False), "sought": sought,
        "hits": [(hit, opened[hit.title.pk]) for hit in hits],
        "words_form": WordsForm(), "activity_form": ActivityStepForm(coming=coming_activities(library, day)),
        **forms}, status=422 if forms else 200)


@path_page
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, library: Library, path: Path) -> HttpResponse:
    form = PathForm(request.POST or None, may_be_city=can_offer_to_city(request.actor, library),
                    initial=PathForm.initial_of(path))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: describe_path(
            path=path, words=form.words(path), by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Saved."))
            return redirect("learning:build", library.code, path.pk)
    return render(request, "learning/words.html", {"library": library, "form": form, "path": path},
                  status=422 if form.errors else 200)


@path_page
@require_POST
def publish(request: HttpRequest, library: Library, path: Path) -> HttpResponse:
    return do(request, path, lambda **who: publish_path(path=path, **who), _("It is published. Send it on."),
              undo=reverse("learning:unpublish", args=[library.code, path.pk]))


@path_page
@require_POST
def unpublish(request: HttpRequest, library: Library, path: Path) -> HttpResponse:
    return do(request, path, lambda **who: unpublish_path(path=path, **who), _("It is a draft again; only you see it."),
              undo=reverse("learning:publish", args=[library.code, path.pk]))


@library_page(can_build)
@require_POST
def copy(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """A published path of any library, or an own one, becomes a draft here."""
    path = Path.objects.filter(Q(state=Path.State.PUBLISHED) | Q(library=library), pk=id).first()
    if path is None:
        raise Http404
    made = copy_path(path=path, library=library, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    say(request, _("Copied as a draft. Change what is different at your library."))
    return redirect("learning:build", library.code, made.pk)
