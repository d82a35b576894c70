"""Steps are added by one tap, worded, moved up and down, taken out and put back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from simpul.catalogue.models import DigitalResource, Title
from simpul.core import clock
from simpul.core.say import say
from simpul.learning.actions import add_step, change_step, move_step, remove_step, restore_step
from simpul.learning.forms import ActivityStepForm, WordsForm
from simpul.learning.models import Path, Step
from simpul.learning.queries import coming_activities
from simpul.learning.views.building import build_page
from simpul.learning.views.pages import do, path_page, step_page
from simpul.libraries.models import Library


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@path_page
@require_POST
def add(request: HttpRequest, library: Library, path: Path) -> HttpResponse:
    """A hit of the search: `title` or `resource`."""
    title = Title.objects.filter(pk=_id(request.POST.get("title", "")), withdrawn_at=None, is_provisional=False).first()
    resource = DigitalResource.objects.shown(clock.local_date(clock.now(), library.time_zone)).filter(
        pk=_id(request.POST.get("resource", ""))).first()
    if title is None and resource is None:
        raise Http404
    return do(request, path, lambda **who: add_step(path=path, title=None if resource else title, resource=resource, **who),
              _("Added as the last step."))


@path_page
@require_POST
def add_activity(request: HttpRequest, library: Library, path: Path) -> HttpResponse:
    day = clock.local_date(clock.now(), library.time_zone)
    form = ActivityStepForm(request.POST, coming=coming_activities(library, day))
    if form.is_valid() and form.attempt(lambda: add_step(
            path=path, activity=form.by_id.get(form.cleaned_data["activity"]),
            activity_kind=form.cleaned_data["activity_kind"], by=request.actor, at=clock.now(),
            id=form.change_id)) is not None:
        say(request, _("Added as the last step."))
        return redirect("learning:build", library.code, path.pk)
    return build_page(request, library, path, activity_form=form)


@path_page
@require_POST
def add_words(request: HttpRequest, library: Library, path: Path) -> HttpResponse:
    form = WordsForm(request.POST)
    if form.is_valid() and form.attempt(lambda: add_step(
            path=path, heading=form.cleaned_data["heading"], text=form.cleaned_data["text"], by=request.actor,
            at=clock.now(), id=form.change_id)) is not None:
        say(request, _("Added as the last step."))
        return redirect("learning:build", library.code, path.pk)
    return build_page(request, library, path, words_form=form)


@step_page
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, library: Library, path: Path, step: Step) -> HttpResponse:
    form = WordsForm(request.POST or None, initial={"heading": step.heading, "text": step.text})
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: change_step(
            step=step, heading=form.cleaned_data["heading"], text=form.cleaned_data["text"], by=request.actor,
            at=clock.now(), id=form.change_id)) is not None:
        say(request, _("Saved."))
        return redirect("learning:build", library.code, path.pk)
    return render(request, "learning/step.html", {"library": library, "path": path, "step": step, "form": form},
                  status=422 if form.errors else 200)


@step_page
@require_POST
def up(request: HttpRequest, library: Library, path: Path, step: Step) -> HttpResponse:
    return do(request, path, lambda **who: move_step(step=step, up=True, **who), _("Moved up."),
              undo=reverse("learning:step_down", args=[library.code, path.pk, step.pk]))


@step_page
@require_POST
def down(request: HttpRequest, library: Library, path: Path, step: Step) -> HttpResponse:
    return do(request, path, lambda **who: move_step(step=step, up=False, **who), _("Moved down."),
              undo=reverse("learning:step_up", args=[library.code, path.pk, step.pk]))


@step_page
@require_POST
def remove(request: HttpRequest, library: Library, path: Path, step: Step) -> HttpResponse:
    return do(request, path, lambda **who: remove_step(step=step, **who), _("Taken out of the path."),
              undo=reverse("learning:step_restore", args=[library.code, path.pk, step.pk]))


@step_page
@require_POST
def restore(request: HttpRequest, library: Library, path: Path, step: Step) -> HttpResponse:
    return do(request, path, lambda **who: restore_step(step=step, **who), _("The step is back."))
